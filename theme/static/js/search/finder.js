/**
 * The search page: answers while somebody types, and keeps what is searched for in the address.
 */

import { addressOf, readAddress, toggled } from "./address.js";
import { counted } from "./parts.js";
import { personItem } from "./person.js";

const PAGE = 10;
/** The first people of a page do not wait for the cards of the others. */
const FIRST = 3;
/** After so many milliseconds without an answer it is said that something is on its way. */
const SLOW = 400;
/** So long results must have stayed before more is loaded than what decides whom to ask. */
const SETTLED = 150;

/** Make the search page answer the form; `tell` speaks to screen readers, `sent` says that somebody has pressed the button already. */
export function findIn(root, form, engine, site, tell, sent) {
  const field = form.elements.q;
  const part = (name) => root.querySelector(`.results-${name}`);
  const [list, failed, corrected] = ["people", "failed", "corrected"].map(part);
  const heading = root.querySelector("h2");
  const index = document.querySelector("[data-idle]");
  const { say } = site;
  const { title } = document;
  let state = readAddress();
  let entry = location.search; // what the current entry of the history stood for before somebody typed
  let stop = new AbortController();
  let timer;
  let settling;
  let slow;
  let latest; // the answer that is shown
  let wanted = false; // somebody has opened a filter

  const filtered = () => Object.values(state.filters).some((values) => values.length);
  const head = (text) => {
    heading.textContent = text;
    tell(text);
  };
  const idle = () => {
    root.hidden = true;
    index.hidden = false;
    tell("");
  };

  // What stands around the people, and the filters once somebody wants them, come in bundles of their own.
  const extras = () => import("./extras.js").then(({ addTo }) => addTo(latest));
  const facets = () => import("./facets.js").then(({ offer }) => offer(latest));
  const later = (load) => load().catch(() => latest.signal.aborted || (failed.hidden = false));

  function paint(found, cards, signal) {
    const { people, stories, hooks } = found;
    const q = state.q.trim();
    failed.hidden = !found.failed;
    corrected.hidden = !found.corrected.length;
    corrected.querySelector("strong").textContent = found.corrected.map(([, used]) => used).join(", ");
    const items = cards.map((card) => personItem(card, found.topics, site));
    list.replaceChildren(...items);
    const nothing = stories.length || hooks.length ? say.nobody : say.none;
    if (people.length) head(counted(say.people, people.length));
    else head(found.failed ? "" : nothing.replace("{q}", () => q));
    if (found.failed) tell(failed.firstElementChild.textContent);
    index.hidden = true;
    root.hidden = false;
    latest = { root, site, state, found, cards, items, signal, engine };
    wanted ||= filtered();
    if (wanted) later(facets);
  }

  /** Add the other people of the page, and then what may come later. */
  function complete(cards) {
    const items = cards.map((card) => personItem(card, latest.found.topics, site));
    list.append(...items);
    latest.cards.push(...cards);
    latest.items.push(...items);
    failed.hidden = !latest.found.failed;
    settling = setTimeout(() => {
      root.dataset.settled = ""; // fonts that only the results use do not hold them up
      later(extras);
    }, SETTLED);
  }

  async function show(typing) {
    for (const waiting of [timer, settling, slow]) clearTimeout(waiting);
    stop.abort();
    const { signal } = (stop = new AbortController());
    const { q, filters } = state;
    document.title = q ? `${q} – ${title}` : title;
    if (q.trim().length < (typing ? 2 : 1) && !filtered()) return idle();
    slow = setTimeout(() => {
      if (root.hidden) list.replaceChildren();
      head(say.busy);
      root.hidden = false;
      index.hidden = true;
    }, SLOW);
    try {
      const source = await engine();
      const found = await source.search(q, { typing, signal, filters });
      const last = Math.max(1, Math.ceil(found.people.length / PAGE));
      state.page = Math.min(state.page, last);
      const from = (state.page - 1) * PAGE;
      const asked = found.people.slice(from, from + PAGE).map((slot) =>
        source.cards([slot]).then(
          ([card]) => ({ ...card, slot }),
          () => {
            found.failed = true;
          },
        ),
      );
      const some = async (...range) => (await Promise.all(asked.slice(...range))).filter(Boolean);
      const first = await some(0, FIRST);
      if (signal.aborted) return;
      clearTimeout(slow);
      paint(found, first, signal);
      const others = await some(FIRST);
      if (!signal.aborted) complete(others);
    } catch {
      if (signal.aborted) return;
      clearTimeout(slow);
      list.replaceChildren();
      head("");
      root.hidden = failed.hidden = false;
      tell(failed.firstElementChild.textContent);
    }
  }

  /** Take over a state as an entry of its own in the history. */
  function go(next) {
    state = next;
    const address = addressOf(state);
    // Typing has changed the address of this entry; it goes back to what it was before the new one comes.
    if (address !== entry) {
      history.replaceState(null, "", entry || location.pathname);
      history.pushState(null, "", address);
    }
    entry = address;
    show();
  }

  field.addEventListener("input", () => {
    state = { ...state, q: field.value, page: 1 };
    history.replaceState(null, "", addressOf(state));
    clearTimeout(timer);
    timer = setTimeout(show, 0, true); // who pastes and presses Enter asks once
  });
  form.addEventListener("submit", () => go({ ...state, q: field.value, page: 1 }));
  addEventListener("popstate", () => {
    if (location.search === entry) return; // within the page
    state = readAddress();
    entry = location.search;
    field.value = state.q;
    show();
  });
  // All links to other states of this page are made of its own query.
  root.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="?"]');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    history.replaceState(null, "", link.href);
    const next = readAddress();
    history.replaceState(null, "", entry || location.pathname);
    go(next);
    heading.focus();
  });
  root.addEventListener("change", ({ target }) => go({ ...state, page: 1, filters: toggled(state.filters, target.name, target.value) }));
  root.addEventListener(
    "toggle",
    ({ target }) => {
      if (wanted || !target.open || !target.dataset.facet) return;
      wanted = true;
      if (latest) later(facets);
    },
    true, // it does not bubble
  );
  root.querySelector(".filters").open = matchMedia("(min-width: 48rem)").matches;
  failed.querySelector("button").onclick = () => show();

  if (sent) go({ ...state, q: field.value });
  else {
    const typed = field.value !== state.q;
    state.q = field.value;
    show(typed);
  }
}
