// Texts that are cut off by a box, or that lie over another text.
() => {
    const name = (element) => `${element.tagName}.${element.className}: ${element.textContent.trim().slice(0, 40)}`;
    const found = [];
    const hidden = (style) => style.clipPath !== "none" || style.clip !== "auto";
    for (const element of document.body.querySelectorAll("*")) {
        const style = getComputedStyle(element);
        if (!["hidden", "clip"].includes(style.overflowX) && !["hidden", "clip"].includes(style.overflowY)) continue;
        if (!element.checkVisibility() || hidden(style) || !element.textContent.trim() || element.clientWidth < 2) continue;
        const wide = style.overflowX !== "visible" && element.scrollWidth > element.clientWidth + 1;
        const high = ["hidden", "clip"].includes(style.overflowY) && element.scrollHeight > element.clientHeight + 1;
        if (wide || high) found.push(`cut off: ${name(element)}`);
    }
    // A line's box is higher than its letters, so only its middle half counts.
    const clip = (rect, element) => {
        for (; element && element !== document.body; element = element.parentElement) {
            const style = getComputedStyle(element);
            if (style.overflowX === "visible" && style.overflowY === "visible") continue;
            const box = element.getBoundingClientRect();
            rect = { left: Math.max(rect.left, box.left), right: Math.min(rect.right, box.right),
                top: Math.max(rect.top, box.top), bottom: Math.min(rect.bottom, box.bottom) };
        }
        return rect;
    };
    const lines = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), range = document.createRange();
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const parent = node.parentElement;
        if (!node.data.trim() || !parent.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
        if (parent.closest(".visually-hidden, .skip, [aria-hidden=true]")) continue;
        range.selectNodeContents(node);
        for (const rect of range.getClientRects()) {
            const { left, right, top, bottom } = clip(rect, parent), height = bottom - top;
            if (right - left > 2 && height > 2)
                lines.push({ node, left, right, top: top + height / 4, bottom: bottom - height / 4 });
        }
    }
    lines.sort((one, other) => one.top - other.top);
    lines.forEach((one, at) => {
        for (let next = at + 1; next < lines.length && lines[next].top < one.bottom - 2; next += 1) {
            const other = lines[next];
            if (other.node !== one.node && other.left < one.right - 2 && one.left < other.right - 2)
                found.push(`overlap: ${one.node.data.trim().slice(0, 30)} | ${other.node.data.trim().slice(0, 30)}`);
        }
    });
    return [...new Set(found)];
}
