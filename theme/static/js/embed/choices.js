/**
 * Whose players somebody wants to be loaded by themselves: origin -> name, in this browser only, and nothing as long as there is no such wish.
 */

const keyOf = (site) => `embeds ${site}`;

/** All choices made on a site, by origin; none where the browser keeps nothing. */
function choices(site) {
  try {
    return new Map(Object.entries(JSON.parse(localStorage.getItem(keyOf(site)) ?? "{}")));
  } catch {
    return new Map();
  }
}

function keep(site, chosen) {
  try {
    if (chosen.size) localStorage.setItem(keyOf(site), JSON.stringify(Object.fromEntries(chosen)));
    else localStorage.removeItem(keyOf(site));
    return true;
  } catch {
    return false;
  }
}

export const isChosen = (site, origin) => choices(site).has(origin);

/** Whether the browser will remember it. */
export const remember = (site, origin, name) => keep(site, choices(site).set(origin, name));

export function forget(site, origin) {
  const chosen = choices(site);
  chosen.delete(origin);
  keep(site, chosen);
}

/** List what was chosen, each with a button that takes it back. */
export function listChoices(root) {
  const { site } = root.dataset;
  const list = document.createElement("ul");
  root.querySelector(".embed-none").after(list);
  const said = root.querySelector("[role=status]");
  const show = () => {
    const chosen = [...choices(site)];
    const items = chosen.map(([origin, name]) => {
      const item = root.querySelector("template").content.firstElementChild.cloneNode(true);
      item.querySelector("span").textContent = String(name);
      item.querySelector("button").addEventListener("click", () => {
        forget(site, origin);
        show();
        said.textContent = said.dataset.closed.replace("{name}", name);
        (list.querySelector("button") ?? root.querySelector("h2")).focus();
      });
      return item;
    });
    list.replaceChildren(...items);
    list.hidden = !items.length; // an empty one would be read out
    root.querySelector(".embed-none").hidden = items.length > 0;
  };
  root.hidden = false;
  show();
}
