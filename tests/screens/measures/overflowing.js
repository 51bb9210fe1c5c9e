// What is wider than the window, or than the box that it stands in, unless that one scrolls.
async () => {
    await document.fonts.ready;
    const root = document.documentElement, wide = root.scrollWidth > root.clientWidth ? ["the page scrolls sideways"] : [];
    const scrolls = (element) => element && (
        ["auto", "scroll"].includes(getComputedStyle(element).overflowX) || scrolls(element.parentElement));
    for (const element of document.body.querySelectorAll("*")) {
        const box = element.getBoundingClientRect();
        if (box.width < 2 || (box.right <= root.clientWidth + 1 && box.left >= -1) || scrolls(element)) continue;
        wide.push(`${element.tagName}.${element.className}: ${element.textContent.trim().slice(0, 40)}`);
    }
    return wide;
}
