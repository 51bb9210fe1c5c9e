/**
 * Names the face that stays while one page gives way to the next (CSS View Transitions 2).
 *
 * On a person's own page it is the portrait, by the style sheet; in a list it is that of the person whom the way leads to or comes from.
 */

const NAME = "viewTransitionName";

/** @returns the portrait beside the first link to an address that can be seen, if there is one. */
function faceBeside(address) {
  for (const link of document.querySelectorAll(".person a, .byline a")) {
    if (link.href !== address) continue;
    const face = link.closest("li").querySelector(".portrait");
    const { top, bottom } = face?.getBoundingClientRect() ?? {};
    if (bottom > 0 && top < innerHeight) return face;
  }
}

/** Let the face beside an address, if any, be the one that stays, and the page's own not, until all is over. */
function stay(transition, address = "") {
  transition.ready.catch(() => {}); // visitors may go on before it begins
  const face = faceBeside(address.replace(/#.*/, ""));
  if (!face) return;
  const own = document.querySelector(".expert-face .portrait");
  if (own) own.style[NAME] = "none";
  face.style[NAME] = "face";
  transition.finished.catch(() => {}).then(() => {
    face.style[NAME] = "";
    if (own) own.style[NAME] = "";
  });
}

addEventListener("pageswap", ({ viewTransition, activation }) => {
  if (!viewTransition) return;
  const address = activation?.entry?.url ?? "";
  if (/\/([?#]|$)/.test(address)) stay(viewTransition, address);
  else viewTransition.skipTransition(); // feeds, pictures and data take no part in it; Chromium would call that an error
});
addEventListener("pagereveal", ({ viewTransition }) => {
  if (viewTransition) stay(viewTransition, globalThis.navigation?.activation?.from?.url);
});
