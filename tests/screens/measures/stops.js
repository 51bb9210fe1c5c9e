// Numbers all stops of the Tab key in the order of the page, and notes where the focus goes and whether one sees it.
() => {
    const all = [...document.querySelectorAll("a[href], button, input, select, textarea, [tabindex='0'], summary")].filter(
        (element) => element.checkVisibility({ visibilityProperty: true }) && !element.disabled
            && !(element.matches("[tabindex='-1']")) && !element.closest("[inert]"));
    const framed = (element, pseudo) => {
        const { outlineStyle, outlineWidth } = getComputedStyle(element, pseudo);
        return outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
    };
    window.visited = [];
    document.addEventListener("focusin", ({ target }) => {
        const box = target.getBoundingClientRect();
        const seen = framed(target) || framed(target, "::after") || framed(target.parentElement);
        const there = box.bottom > 0 && box.top < innerHeight && box.width > 1;
        window.visited.push(seen && there ? all.indexOf(target) : `not seen: ${target.outerHTML.slice(0, 120)}`);
    });
    return all.length;
}
