/**
 * The filters: how many of the people found each one would leave, and the chosen ones as links that remove them.
 */

import { addressOf, FACETS, toggled } from "./search/address.js";
import { closeLikeMenus } from "./search/menus.js";
import { copyOf, numbered, pageLang } from "./search/parts.js";

/** Where the filters lie over the results instead of above them. */
const WIDE = matchMedia("(min-width: 48rem)");
const known = new Map();
let sorted;
let ready = false;

/** What a value is called. */
const nameOf = (facet, value, label, { say }) => {
  const names = { language: say.languages, format: say.formats }[facet] ?? {};
  return Object.hasOwn(names, value) ? names[value] : label || value;
};

/** The choices of a facet; while the question stays the same they keep their places, and the focus. */
function fill(group, rows, chosen, keep, site) {
  const facet = group.dataset.facet;
  const numbers = new Map(rows.map(([value, , count]) => [value, count]));
  const box = group.querySelector("fieldset");
  const choices = new Map([...box.querySelectorAll("label")].map((label) => [label.firstElementChild.value, label]));
  for (const [value, label] of rows) {
    if (choices.has(value)) continue;
    const choice = copyOf("choice");
    Object.assign(choice.firstElementChild, { name: facet, value });
    choice.querySelector("span").textContent = nameOf(facet, value, label, site);
    choices.set(value, choice);
    if (keep) box.append(choice);
  }
  for (const [value, choice] of choices) {
    const count = numbers.get(value) ?? 0;
    const box = choice.firstElementChild;
    box.checked = chosen.includes(value);
    choice.hidden = !keep && !count && !box.checked;
    choice.lastElementChild.textContent = numbered(count);
  }
  if (!keep) {
    const text = (choice) => choice.children[1].textContent;
    const order = [...choices].sort(
      ([one, a], [other, b]) =>
        (numbers.get(other) ?? 0) - (numbers.get(one) ?? 0) || text(a).localeCompare(text(b), pageLang),
    );
    box.append(...order.map(([, choice]) => choice));
  }
  group.querySelector(".filter-number").textContent = chosen.length || "";
}

/** The chosen filters, each a link to the same results without it. */
function chips(root, state, site) {
  const list = root.querySelector(".results-chosen");
  const all = FACETS.flatMap((facet) => state.filters[facet].map((value) => [facet, value]));
  const chip = (text, filters) => {
    const item = copyOf("chosen");
    item.querySelector("b").textContent = text;
    item.firstElementChild.href = addressOf({ ...state, page: 1, filters });
    return item;
  };
  list.replaceChildren(
    ...all.map(([facet, value]) =>
      chip(known.get(`${facet} ${value}`) ?? nameOf(facet, value, "", site), toggled(state.filters, facet, value)),
    ),
  );
  if (all.length > 1) {
    const item = chip(site.say.all, Object.fromEntries(FACETS.map((facet) => [facet, []])));
    item.querySelector("span").remove();
    item.firstElementChild.classList.replace("chip", "more");
    list.append(item);
  }
  list.hidden = !all.length;
}

/** Show the filters of an answer. */
export async function offer({ root, site, state, found, engine, signal }) {
  const source = await engine();
  const counts = await source.counts(found.people);
  if (signal.aborted) return;
  if (!ready) closeLikeMenus(root, ".filter", () => WIDE.matches);
  ready = true;
  for (const [facet, rows] of counts) {
    for (const [value, label] of rows) known.set(`${facet} ${value}`, nameOf(facet, value, label, site));
  }
  for (const group of root.querySelectorAll("[data-facet]")) {
    fill(group, counts.get(group.dataset.facet) ?? [], state.filters[group.dataset.facet], sorted === state.q, site);
  }
  sorted = state.q;
  const now = root.querySelector(".filter-now");
  known.set("now now", now.children[1].textContent);
  now.firstElementChild.checked = state.filters.now.length > 0;
  now.lastElementChild.textContent = numbered(counts.get("now")?.[0]?.[2] ?? 0);
  chips(root, state, site);
}
