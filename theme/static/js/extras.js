/**
 * What stands below and beside the people: pages, stories, news events, nearby topics, and the sentences that match best.
 */

import { addressOf } from "./search/address.js";
import { copyOf, dayOf, pageLang, put, putLink, putList } from "./search/parts.js";

const PAGE = 10;
const STORIES = 6;
const HOOKS = 5;
/** The sentences cost a file each: they wait a little longer. */
const LATER = 150;

/** The numbers of the pages around one, with 0 for those left out. */
const around = (number, last) =>
  Array.from({ length: last }, (_, at) => at + 1)
    .map((page) => {
      const far = Math.abs(page - number);
      return page === 1 || page === last || far < 2 ? page : far === 2 ? 0 : -1;
    })
    .filter((page) => page >= 0);

function pager({ found, state, site }) {
  const last = Math.ceil(found.people.length / PAGE);
  if (last < 2) return undefined;
  const { say } = site;
  const node = copyOf("pager");
  const step = (page, text, label, more) => {
    const item = document.createElement("li");
    if (page) {
      const link = document.createElement("a");
      link.href = addressOf({ ...state, page });
      link.textContent = text;
      if (label) link.ariaLabel = label;
      if (more) link.setAttribute(...more);
      item.append(link);
    } else {
      item.textContent = "…";
      item.ariaHidden = "true";
    }
    node.firstElementChild.append(item);
  };
  if (state.page > 1) step(state.page - 1, say.previous, "", ["rel", "prev"]);
  for (const page of around(state.page, last)) {
    step(page, page, `${say.page} ${page}`, page === state.page && ["aria-current", "page"]);
  }
  if (state.page < last) step(state.page + 1, say.next, "", ["rel", "next"]);
  return node;
}

function storyItem(card, { say, page, home }) {
  const node = copyOf("story");
  put(node, ".story-kind", say.kinds[card.k] ?? card.k);
  put(node, "time", dayOf(card.b)).dateTime = card.b;
  putLink(node, "a", home(card), card.n, card.hl);
  const authors = card.a.map(([slug, name]) =>
    Object.assign(document.createElement("a"), { href: page(`experts/${slug}/`), textContent: name }),
  );
  putList(node.querySelector(".story-authors"), authors);
  return node;
}

function hookItem(card, { home }) {
  const node = copyOf("hook");
  putLink(node, "a", home(card), card.n, card.hl);
  put(node, "time", dayOf(card.b)).dateTime = card.b;
  return node;
}

async function stories({ found, site }, source) {
  // A story of several people has a document with each of them.
  const seen = new Set();
  const refs = [...found.stories];
  const node = copyOf("stories");
  const list = node.querySelector("ul");
  const button = node.querySelector("button");
  const more = async () => {
    const cards = [];
    while (refs.length && cards.length < STORIES) {
      for (const card of await source.storyCards(refs.splice(0, STORIES - cards.length))) {
        if (card && !seen.has(card.s)) cards.push(card);
        if (card) seen.add(card.s);
      }
    }
    const items = cards.map((card) => storyItem(card, site));
    list.append(...items);
    button.parentNode.hidden = !refs.length;
    return items[0];
  };
  await more();
  button.onclick = async () => (await more())?.querySelector("a").focus();
  return node;
}

async function hooks({ found, site }, source) {
  const node = copyOf("hooks");
  const cards = await source.cards(found.hooks.slice(0, HOOKS));
  node.querySelector("ul").append(...cards.filter(Boolean).map((card) => hookItem(card, site)));
  return node;
}

async function nearby({ state, site }, source) {
  const topics = await source.nearest(state.q);
  const node = copyOf("nearest");
  for (const { slug, label } of topics) {
    const item = copyOf("topic");
    putLink(item, "a", site.page(`topics/${slug}/`), label);
    node.querySelector("ul").append(item);
  }
  return topics.length ? node : undefined;
}

/** The sentence of a person's best story or profile that says most about what was asked for, with the way to where it stands. */
async function quote(card, item, { found, site }, source) {
  const { mark, sentence } = await import("./snippets.js");
  const ref = found.best.get(card.slot) ;
  const profile = ref === undefined || ref === card.slot * source.stride;
  const places = profile ? [card] : [...(await source.storyCards([ref])), card];
  for (const place of places) {
    const best = sentence(await site.textOf(place), found.words, pageLang);
    if (!best) continue;
    const figure = item.querySelector(".result-quote");
    const block = figure.querySelector("blockquote");
    for (const [text, marked] of mark(best.text, found.words)) {
      if (marked) block.appendChild(document.createElement("mark")).textContent = text;
      else block.append(text);
    }
    if (best.lang !== pageLang) Object.assign(block, { lang: best.lang, dir: "auto" });
    // The browser goes on to the sentence itself, if it knows how.
    const address = `${site.home(place)}#:~:text=${encodeURIComponent(best.text).replaceAll("-", "%2D")}`;
    if (place === card) putLink(figure, "a", address, site.say.profile);
    else putLink(figure, "a", address, place.n, place.hl);
    figure.hidden = false;
    return;
  }
}

/** Quote people as soon as they are in sight: each sentence costs a page. */
async function quotes(context, source) {
  const { cards, items, signal } = context;
  await new Promise((resolve) => setTimeout(resolve, LATER));
  const seen = new IntersectionObserver(
    (entries) => {
      if (signal.aborted) seen.disconnect();
      else {
        for (const { target, isIntersecting } of entries) {
          if (!isIntersecting) continue;
          seen.unobserve(target);
          // Without it the result is whole all the same.
          quote(cards[items.indexOf(target)], target, context, source).catch(() => {});
        }
      }
    },
    { rootMargin: "300px" },
  );
  for (const item of items) seen.observe(item);
}

/** Add to the page what belongs to an answer. */
export async function addTo(context) {
  const { root, found, state, signal, engine } = context;
  const source = await engine();
  const made = [pager(context)];
  if (state.page === 1) {
    if (found.stories.length) made.push(stories(context, source));
    if (found.hooks.length) made.push(hooks(context, source));
    if (!found.people.length) made.push(nearby(context, source));
  }
  const done = await Promise.allSettled(made);
  if (signal.aborted) return;
  const shown = done.map(({ value }) => value).filter(Boolean);
  root.querySelector(".results-more").replaceChildren(...shown);
  const ways = shown.filter(({ id }) => id).map((node) => {
    const link = document.createElement("a");
    link.href = `#${node.id}`;
    link.textContent = node.querySelector("h2").textContent;
    return link;
  });
  root.querySelector(".results-also").replaceChildren(...ways);
  if (done.some(({ reason }) => reason)) root.querySelector(".results-failed").hidden = false;
  await quotes(context, source);
}
