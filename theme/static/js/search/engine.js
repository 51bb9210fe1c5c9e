/**
 * The search: opens an index and answers queries about it.  It knows no page.
 */

import { fold, keys, words } from "./text.js";
import { cover, parse, said, sequences, stopper, token } from "./query.js";
import { order, outsiders } from "./rank.js";
import { openFiles, openTerms } from "./shards.js";

/** What longer words are worth: those that a word may become, and those that a known one begins. */
const LONGER = [0.9, 0.5];
/** Most loose links of a word that are followed: each may cost a file. */
const LOOSE = 6;

/**
 * Open the index below an address; loads its manifest only.
 * `textOf` gives the text of a card's page, for phrases in quotation marks.
 */
export async function open({ base, lang, textOf, fetch: get = (...request) => fetch(...request) }) {
  const file = openFiles(base, get);
  const manifest = await file("manifest.json", undefined, { cache: "no-cache" });
  const { stride, experts, size } = manifest;
  const terms = openTerms(manifest, file);
  const isStop = stopper(manifest.stop);
  const owners = new Map(manifest.wide);
  const slotOf = (ref) => {
    const slot = Math.floor(ref / stride);
    return owners.get(slot) ?? slot;
  };
  const isProfile = (ref) => ref % stride === 0 && !owners.has(ref / stride);
  const places = { ...manifest, slotOf, isProfile };
  const asked = new WeakMap();

  /** The cards with some numbers: "cards" of people and hooks, one to a slot, or "stories". */
  const cardsOf = (kind, numbers) =>
    Promise.all(
      numbers.map(async (number) => {
        const stories = kind === "stories";
        const at = Math.floor(number / size / (stories ? stride : 1));
        const row = 4 * Math.floor(at / manifest.row);
        const cards = await file(`${stories ? "w" : "d"}${at}.${lang}.${manifest[kind][lang].slice(row, row + 4)}.json`);
        return cards[stories ? number : number % size];
      }),
    );

  /** The groups of a run: labels and words that are known, and what others may become or may have been. */
  const groupsOf = async (run, typing, state) => {
    const look = async ({ tokens }, completed) => {
      const parts = sequences(tokens, isStop);
      const found = await terms.get(parts.flatMap((part) => part.terms), state);
      return cover({ ...run, tokens }, parts, found, completed, isStop);
    };
    let covered = await look(run);
    // Words of texts only, neither topics nor names; a longer one may name a topic: football, football research.
    const plain = covered.groups.filter(({ known, spare }) => !spare && !known.some(({ links, postings }) => links.length || postings[0]?.[0] === 0));
    const vague = [...covered.unknown, ...plain.map(({ tokens }) => tokens[0])];
    if (!vague.length || run.quoted || run.sign === "-") return covered;
    const { complete } = await import("./suggest.js");
    covered = await look(run, await complete(run.tokens, vague, typing, tools, state));
    if (!covered.unknown.length || state.failed) return covered;
    const { mend } = await import("./typos.js");
    return look({ tokens: await mend(run.tokens, covered.unknown, tools, state) });
  };

  /** Give each group its alternatives: its own terms and what they are linked to, with weights. */
  const follow = async (groups, state) => {
    const wanted = [];
    for (const group of groups) {
      const { known, more, not } = group;
      const worth = LONGER[Math.sign(known.length)];
      const links = [...known.flatMap((record) => record.links), ...more.flatMap(({ links }) => links.map(([term, weight]) => [term, weight * worth]))];
      group.links = links.sort((one, other) => other[1] - one[1]).filter(([, weight], at) => weight === 1 || (at < LOOSE && !not));
      group.alternatives = [...known.map((record) => [record, 1]), ...more.map((record) => [record, worth])];
      wanted.push(...group.links.map(([term]) => term));
    }
    const found = await terms.get(wanted, state);
    for (const { links, alternatives } of groups) {
      for (const [term, weight] of links) if (found.has(term)) alternatives.push([found.get(term), weight]);
    }
  };

  const search = async (query, { typing, signal, filters = {} } = {}) => {
    const state = { signal, failed: false, corrected: [] };
    const filtered = Object.values(filters).flat().length;
    const runs = parse(query);
    const covered = await Promise.all(runs.map((run, at) => groupsOf(run, typing && run.plain && at === runs.length - 1 && /\S$/.test(query), state)));
    let groups = covered.flatMap((part) => part.groups);
    const telling = groups.filter((group) => !group.spare);
    if (telling.some((group) => !group.not)) groups = telling;
    await follow(groups, state);
    const out = outsiders(groups, places);
    let found = { people: [], stories: [], hooks: [], best: new Map() };
    if (groups.some((group) => !group.not)) {
      if (!covered.some(({ unknown, must }) => must && unknown.length)) found = order(groups, out, places);
      const plain = groups.filter((group) => !group.not);
      const unnamed = plain.filter(({ known }) => !known.some(({ postings }) => postings.some(([field]) => field === 0)));
      if (found.people.length && unnamed.length && !plain.some((group) => group.links.length)) {
        const { relate } = await import("./relate.js");
        if (await relate(unnamed, found.people, tools, engine, state)) found = order(groups, out, places);
      }
      const quotes = runs.filter((run) => run.quoted && run.sign !== "-");
      if (quotes.length && textOf) found = await (await import("./phrase.js")).confirm(found, quotes, engine, textOf, tools, state);
    } else if (runs.length ? groups.length : filtered) {
      found.people = [...Array(experts).keys()].filter((slot) => !owners.has(slot) && !out.has(slot * stride));
    }
    const topics = new Set();
    const marks = new Set();
    for (const { not, spare, tokens, alternatives } of groups) {
      if (not) continue;
      if (!spare) for (const { forms } of tokens) for (const form of forms) marks.add(form);
      for (const [{ term }, weight] of alternatives) {
        const [label, slug] = term.split(" #");
        if (slug && weight > 0.4) topics.add(slug);
        if (weight > 0.8) for (const word of label.split(" ")) marks.add(word);
      }
    }
    const all = found.people;
    if (filtered) found.people = await (await import("./columns.js")).narrow(all, filters, tools, state);
    signal?.throwIfAborted();
    asked.set(found.people, [all, filters]);
    for (const mark of marks) if (isStop({ raw: mark, forms: [mark] })) marks.delete(mark);
    const matches = (word) => token(word).forms.some((form) => marks.has(form));
    return { ...found, ...state, unfiltered: all.length, topics, words: { matches } };
  };

  const tools = { lang, manifest, file, terms, slotOf, fold, keys, words, token, said };
  const engine = {
    stride,
    search,
    cards: (slots) => cardsOf("cards", slots),
    storyCards: (refs) => cardsOf("stories", refs),
    counts: async (people) => (await import("./columns.js")).counts(asked.get(people), tools),
    suggest: async (query) => (await import("./suggest.js")).suggest(parse(query), tools, engine),
    nearest: async (query) => (await import("./typos.js")).nearest(parse(query), tools),
  };
  return engine;
}
