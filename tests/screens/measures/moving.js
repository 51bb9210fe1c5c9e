// What moves, or would, although somebody wants less motion.
() => {
    const found = document.getAnimations().map((animation) => `runs: ${animation.animationName ?? animation.transitionProperty}`);
    const seconds = (text) => Math.max(...text.split(",").map((part) => parseFloat(part) * (part.includes("ms") ? 0.001 : 1)));
    for (const element of document.querySelectorAll("*")) {
        for (const pseudo of [undefined, "::before", "::after"]) {
            const style = getComputedStyle(element, pseudo);
            if (seconds(style.transitionDuration) > 0.01 || (style.animationName !== "none" && seconds(style.animationDuration) > 0.01))
                found.push(`would move: ${element.tagName}.${element.className}${pseudo ?? ""}`);
        }
        if (getComputedStyle(element).scrollBehavior === "smooth") found.push(`scrolls smoothly: ${element.tagName}`);
    }
    const visit = (rules) => [...rules].forEach((rule) => {
        if (rule.media && !matchMedia(rule.media.mediaText).matches) return;
        if (rule.constructor.name === "CSSViewTransitionRule" && rule.navigation === "auto") found.push("view transitions");
        if (rule.cssRules) visit(rule.cssRules);
    });
    [...document.styleSheets].forEach((sheet) => visit(sheet.cssRules));
    return [...new Set(found)];
}
