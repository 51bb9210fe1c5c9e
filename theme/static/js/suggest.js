/**
 * What somebody who is still typing may mean: topics and people.
 */

import { dictionary } from "./search/dictionary.js";

/** Most terms that a word may become. */
const MOST = 20;
/** So many shards are looked through for terms with a beginning; a short one stands in more. */
const NEAR = 2;

/** Topics with a name in which a word begins like this, as `[name, slug, labels]`; names that begin with it come first, labels before others. */
async function named(start, tools, state) {
  const { words, fold } = tools;
  const data = await dictionary(tools, "suggest", start, state.signal).catch(() => undefined);
  const found = [];
  for (const [name, slug] of data?.phrases ?? []) {
    const at = ` ${words(name).map(fold).join(" ")}`.indexOf(` ${start}`);
    const labels = data.topics[slug];
    const other = !Object.values(labels).includes(name);
    if (at >= 0) found.push([name, slug, labels, (at ? 200 : 0) + (other ? 100 : 0) + name.length]);
  }
  return found.sort((one, other) => one[3] - other[3]);
}

/** The first of the rows of each topic. */
const once = (rows) => [...new Map([...rows].reverse().map((row) => [row[1], row])).values()].reverse();

/** A word of so many letters may be a part of a longer one. */
const LONG = 4;

/** Whether a record is another name of a topic (2), a person's name (1), or a word of a text. */
const telling = ({ links, postings }) => (links.some(([, weight]) => weight === 1) ? 2 : postings[0]?.[0] === 0 ? 1 : 0);

/** What words with the last of some words as a beginning there are, by how many of these are taken: topics, then names, then frequent words. */
async function longer(tokens, tools, state) {
  const { terms, words, token, said } = tools;
  const last = tokens.at(-1).forms[0];
  const lists = [1, 2, 3].map(async (size) => {
    const before = tokens.slice(-size, -1);
    if (before.length < size - 1) return [];
    const starts = before.length ? said(before).map((start) => `${start} ${last}`) : said(tokens.slice(-1)).filter((form) => form === last || form.length > LONG);
    const found = [...new Set((await Promise.all(starts.map((start) => terms.range(start, state, NEAR)))).flat())];
    if (!found.length) {
      // Too many terms begin like this; or the names do, and their stems are shorter than what is typed ("IT-Sicherh").
      const start = tokens.slice(-size).map(({ forms }) => forms[0]).join(" ");
      const names = once(await named(start, tools, state)).slice(0, NEAR);
      const known = await terms.get(names.flatMap(([name]) => said(words(name).map(token))), state);
      found.push(...known.values());
    }
    return found
      .filter(({ term }) => !/ [#@]/.test(term))
      .sort((one, other) => telling(other) - telling(one) || other.df - one.df)
      .slice(0, MOST);
  });
  return [[], ...(await Promise.all(lists))];
}

/** By word, what words may be the beginning of: the one that is being typed, and long ones ("Klima" where there is climate protection only). */
export async function complete(tokens, vague, typing, tools, state) {
  const found = new Map();
  const add = async (word) => {
    const at = tokens.indexOf(word) + 1;
    if (word.raw.length >= LONG || (typing && at === tokens.length)) found.set(word, await longer(tokens.slice(0, at), tools, state));
  };
  await Promise.all(vague.map(add));
  return found;
}

/** The people of a name's record, with its impact. */
const bearers = ({ postings }, slotOf) =>
  postings.flatMap(([field, refs, impacts]) => (field ? [] : refs.map((ref, at) => [slotOf(ref), impacts[at] ?? impacts])));

/** People whose names have the words, the last one as a beginning; family names come first. */
async function people(tokens, { terms, slotOf }, state) {
  const forms = tokens.map((word) => word.forms[0]);
  const last = forms.pop();
  const [range, before] = await Promise.all([terms.range(last, state, NEAR), terms.get(forms, state)]);
  const found = new Map();
  for (const [slot, impact] of range.flatMap((record) => bearers(record, slotOf))) {
    if (!(found.get(slot) >= impact)) found.set(slot, impact);
  }
  for (const record of before.values()) {
    const others = new Map(bearers(record, slotOf));
    for (const slot of found.keys()) if (others.size && !others.has(slot)) found.delete(slot);
  }
  return [...found].sort((one, other) => other[1] - one[1] || one[0] - other[0]).map(([slot]) => slot);
}

/** Up to four topics `{ slug, label, phrase }` and three people's cards for the words that are typed last. */
export async function suggest(runs, tools, engine) {
  const state = {};
  const tokens = runs.flatMap((run) => run.tokens);
  if (!tokens.length) return { topics: [], people: [] };
  const starts = [3, 2, 1].filter((size) => size <= tokens.length).map((size) => tokens.slice(-size).map(({ forms }) => forms[0]).join(" "));
  const [slots, ...lists] = await Promise.all([people(tokens, tools, state), ...starts.map((start) => named(start, tools, state))]);
  const rows = once(lists.find((list) => list.length) ?? []).slice(0, 4);
  const topics = rows.map(([phrase, slug, labels]) => ({ slug, phrase, label: labels[tools.lang] ?? Object.values(labels)[0] }));
  const cards = await engine.cards(slots.slice(0, 3)).catch(() => []);
  return { topics, people: cards.filter(Boolean) };
}
