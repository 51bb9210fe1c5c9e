/**
 * Lets `<details>` that look like menus behave like menus.
 */

/** Close those below `root` that match `selector` on Escape, and when somebody turns to something else; only `when` it applies. */
export function closeLikeMenus(root, selector, when = () => true) {
  root.addEventListener("keydown", (event) => {
    const menu = event.key === "Escape" && event.target.closest(`${selector}[open]`);
    if (!menu) return;
    menu.open = false;
    menu.firstElementChild.focus();
  });
  for (const kind of ["click", "focusin"]) {
    document.addEventListener(kind, ({ target }) => {
      if (!when()) return;
      const own = target.closest?.(selector);
      for (const menu of root.querySelectorAll(`${selector}[open]`)) if (menu !== own) menu.open = false;
    });
  }
}
