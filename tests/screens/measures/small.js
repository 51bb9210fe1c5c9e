// Targets smaller than 24 CSS px without enough space around them (WCAG 2.2, SC 2.5.8); those in sentences are excepted.
() => {
    const size = 24, targets = [];
    const inSentence = (element) => {
        if (getComputedStyle(element).display !== "inline") return false;
        const block = element.closest("p, li, dd, td, address, figcaption, blockquote, div");
        const other = [...block.querySelectorAll("a, button")].reduce(
            (text, each) => text.replace(each.textContent, ""), block.textContent);
        return other.replace(/[\s·,;:–]/g, "") !== "";
    };
    for (const element of document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")) {
        if (!element.checkVisibility({ visibilityProperty: true }) || element.closest(".skip, .visually-hidden")) continue;
        const label = element.matches("[type=checkbox], [type=radio]") ? element.closest("label") : null;
        const boxes = label ? [label.getBoundingClientRect()] : [...element.getClientRects()];
        const box = boxes.reduce((one, other) => (one.width * one.height > other.width * other.height ? one : other), boxes[0]);
        if (!box || box.width < 1 || box.height < 1) continue;
        targets.push({ element, box, x: box.left + box.width / 2, y: box.top + box.height / 2,
            small: box.width < size - 0.5 || box.height < size - 0.5 });
    }
    const reaches = ({ x, y }, { box, small, x: otherX, y: otherY }) => small
        ? Math.hypot(x - otherX, y - otherY) < size - 0.5
        : Math.hypot(x - Math.max(box.left, Math.min(x, box.right)), y - Math.max(box.top, Math.min(y, box.bottom))) < size / 2 - 0.5;
    return targets
        .filter((one) => one.small && !inSentence(one.element) && targets.some(
            (other) => other !== one && !other.element.contains(one.element) && reaches(one, other)))
        .map(({ element, box }) => `${Math.round(box.width)}×${Math.round(box.height)} ${element.outerHTML.slice(0, 100)}`);
}
