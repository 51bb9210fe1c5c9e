/**
 * From what somebody typed to groups: each is one thing that was asked for, with all the terms that say it.
 */

import { fold, keys, words } from "./text.js";

/** So many characters of a query are read: a pasted text would ask for half the index. */
const MOST = 300;
/** Longest label of a topic that is recognised, in words. */
const LONGEST = 5;

/** A word of the query with its keys: as written, in German, in English. */
export const token = (raw) => ({ raw, forms: [fold(raw), keys(raw, "de"), keys(raw, "en")] });

/** Runs of words: what stands in quotation marks, behind + or -, and the plain words between these. */
export function parse(text) {
  const runs = [];
  const parts = text.slice(0, MOST).replace(/[„“”«»]/g, '"').matchAll(/(?<!\S)([+-]?)"([^"]*)"?|[^\s"]+/g);
  for (const [part, before, quoted] of parts) {
    const sign = before ?? (part.match(/^[+-](?=.)/)?.[0] || "");
    const tokens = words(quoted ?? part).map(token);
    // It-security, Müller-Weiß: the stop words are meant.
    if (!before && !quoted && tokens.length > 1) for (const word of tokens) word.bound = true;
    const plain = !sign && quoted === undefined;
    if (plain && runs.at(-1)?.plain) runs.at(-1).tokens.push(...tokens);
    else if (tokens.length) runs.push({ sign, plain, quoted: quoted !== undefined, tokens });
  }
  return runs;
}

/** Returns a test for stop words and words of a question to a search; an abbreviation in capitals and a part of a hyphenated word are none. */
export function stopper(stop) {
  const all = new Set(Object.values(stop).flat());
  return ({ raw, forms, bound }) => !bound && all.has(forms[0]) && !/^\p{Lu}{2,}$/u.test(raw);
}

/** Some words as one term: as written, in German, in English. */
export const said = (tokens) => [...new Set([0, 1, 2].map((lang) => tokens.map(({ forms }) => forms[lang]).join(" ")))];

/** All sequences of words that may be a label, the longest first, with their terms. */
export function sequences(tokens, isStop) {
  const found = [];
  for (let size = Math.min(LONGEST, tokens.length); size; size -= 1) {
    for (let from = 0; from + size <= tokens.length; from += 1) {
      // Few labels begin with a stop word ("it security"), and in a sentence each of them would cost a shard.
      if (tokens.length < 4 || !isStop(tokens[from])) found.push({ from, size, terms: said(tokens.slice(from, from + size)) });
    }
  }
  return found;
}

/**
 * Cover a run with groups, the longest label first: several words are one thing only if they are a label.
 * `found` has the records of the terms, `completed` those of terms that begin like some words, by the last of these and their number.
 */
export function cover({ tokens, sign, quoted }, parts, found, completed, isStop) {
  const must = quoted || sign === "+";
  const groups = [];
  let free = tokens;
  for (const { from, size, terms } of parts) {
    const part = tokens.slice(from, from + size);
    if (!part.every((word) => free.includes(word))) continue;
    const linked = ({ links }) => links.length;
    const known = terms.map((term) => found.get(term)).filter((record) => record && (size < 2 || linked(record)));
    const longer = completed?.get(part.at(-1))?.[size] ?? [];
    const more = known.some(linked) ? [] : known.length || size > 1 ? longer.filter(linked) : longer;
    if (!known.length && !more.length) continue;
    free = free.filter((word) => !part.includes(word));
    groups.push({ known, more, must, tokens: part, not: sign === "-", spare: size < 2 && isStop(part[0]) });
  }
  const unknown = free.filter((word) => tokens.length < 2 || !isStop(word));
  return { groups, must, unknown };
}
