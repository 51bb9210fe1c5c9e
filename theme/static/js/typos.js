/**
 * Words that the index does not know: misspelt ones, compounds of known words, and topics with letters in common.
 */

import { dictionary } from "./search/dictionary.js";

/** What joins the parts of a German compound. */
const JOINTS = ["", "s", "es", "n", "en", "er", "e"];
/** Shortest word that is mended, and from which length on two mistakes are. */
const SHORT = 4;
const TWO = 8;
/** Share of the letters with which two words must begin alike to be kin. */
const KIN = 0.7;

/** Optimal string alignment distance (Levenshtein's, and swapped neighbours count one); more than `most` is infinite. */
export function distance(one, other, most) {
  if (Math.abs(one.length - other.length) > most) return Infinity;
  let before;
  let above = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let row = 1; row <= one.length; row += 1) {
    const line = [row];
    for (let at = 1; at <= other.length; at += 1) {
      const same = one[row - 1] === other[at - 1];
      line[at] = Math.min(line[at - 1] + 1, above[at] + 1, above[at - 1] + !same);
      const swapped = row > 1 && at > 1 && one[row - 1] === other[at - 2] && one[row - 2] === other[at - 1];
      if (swapped) line[at] = Math.min(line[at], before[at - 2] + 1);
    }
    if (Math.min(...line) > most) return Infinity;
    [before, above] = [above, line];
  }
  return above.at(-1) <= most ? above.at(-1) : Infinity;
}

/** How many letters two words begin with alike. */
function alike(one, other) {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at += 1;
  return at;
}

/** Words of a dictionary with what it costs to take them: those of topics and places are taken first. */
const entries = (data) => [data?.k, data?.w].flatMap((list, cost) => (list ? list.split(" ") : []).map((word) => [word, cost]));

/** The value with the least cost. */
function least(rows) {
  let best = [undefined, Infinity];
  for (const row of rows) if (row[1] < best[1]) best = row;
  return best[0];
}

/** All words that are one letter, or a swap of neighbours, away (after Norvig, "How to write a spelling corrector", 2007). */
function* edits(word) {
  for (let at = 0; at <= word.length; at += 1) {
    const [left, right] = [word.slice(0, at), word.slice(at)];
    if (right) yield left + right.slice(1);
    if (right[1]) yield left + right[1] + right[0] + right.slice(2);
    for (const letter of "abcdefghijklmnopqrstuvwxyz") {
      yield left + letter + right;
      if (right) yield left + letter + right.slice(1);
    }
  }
}

/**
 * The nearest word; of equally near ones that which begins most alike.  The index knows stems: what is wrong in an ending is
 * seen only in the whole words that may have been meant.
 */
function nearby(forms, words, keys) {
  const [typed] = forms;
  const most = typed.length < TWO ? 1 : 2;
  const costs = new Map(words);
  const rows = words.flatMap(([word, cost]) => forms.map((form) => [word, distance(form, word, most) + cost - alike(form, word) / 100]));
  for (const word of edits(typed)) {
    for (const lang of ["de", "en"]) {
      const key = keys(word, lang);
      if (costs.has(key)) rows.push([key, 1 + costs.get(key) - alike(typed, word) / 100]);
    }
  }
  return least(rows);
}

/** The words of a run with others in place of unknown ones; `state.corrected` tells which. */
export async function mend(tokens, unknown, tools, state) {
  const mended = new Map();
  const mendOne = async (word) => {
    try {
      const name = await spelledOut(word, tools, state);
      const keys = name ? tools.words(name).map(tools.token) : await better(word, tools, state);
      if (!keys) return;
      mended.set(word, keys.map((key) => (key.forms ? key : { raw: key, forms: [key, key, key] })));
      const [first] = keys;
      // What is only cut into its parts was not wrong.
      if (name || !word.forms[0].startsWith(first)) state.corrected.push([word.raw, name ?? (await written(first, tools, state))]);
    } catch {
      state.failed = true;
    }
  };
  await Promise.all(unknown.map(mendOne));
  state.signal?.throwIfAborted();
  return tokens.flatMap((word) => mended.get(word) ?? word);
}

/** The name of a topic of which an unknown abbreviation has the initials. */
async function spelledOut({ raw, forms }, tools, state) {
  const { words, fold } = tools;
  const [typed] = forms;
  if (!/^\p{Lu}{2,5}$/u.test(raw)) return undefined;
  const data = await dictionary(tools, "suggest", typed, state.signal);
  const initials = (name) => words(name).map((word) => fold(word)[0]).join("");
  return data?.phrases.map(([name]) => name).find((name) => initials(name) === typed);
}

/** The keys that an unknown word may have been meant to have; one that is known, or a compound's parts. */
async function better({ forms }, tools, state) {
  const [typed] = forms;
  if (typed.length < SHORT) return undefined;
  const known = entries(await dictionary(tools, "words", typed, state.signal));
  const near = nearby(forms, known, tools.keys);
  if (known.some(([word, cost]) => word === near && !cost)) return [near];
  // Two known words written together are a compound rather than another word misspelt.
  const parts = await split(typed, known, tools, state);
  if (near && !(parts?.length > 1)) return [near];
  if (parts) return parts;
  const kin = least(
    known.flatMap(([word, cost]) => {
      const same = alike(typed, word);
      return same >= SHORT && same >= KIN * Math.max(typed.length, word.length) ? [[word, cost - same]] : [];
    }),
  );
  if (kin) return [kin];
  const swapped = typed[1] + typed[0] + typed.slice(2);
  const other = nearby(tools.token(swapped).forms, entries(await dictionary(tools, "words", swapped, state.signal)), tools.keys);
  return other ? [other] : ending(typed, tools, state);
}

/** The longest ending of a compound that has to do with topics. */
async function ending(typed, { terms, token }, state) {
  const rests = Array.from({ length: Math.max(0, typed.length - 2 * SHORT) }, (_, at) => token(typed.slice(at + SHORT)));
  const found = await terms.get(rests.flatMap(({ forms }) => forms), state);
  const rest = rests.find(({ forms }) => forms.some((form) => found.get(form)?.links.length));
  return rest && [rest];
}

/** A compound by its longest known beginning, and its rest if that is known too; alone, the beginning must be a topic's or most of the word. */
async function split(typed, known, { terms, token }, state) {
  const starts = known.filter(([word]) => word.length >= SHORT && typed.startsWith(word));
  const first = least(starts.map(([word]) => [word, -word.length]));
  if (!first) return undefined;
  const rest = typed.slice(first.length);
  const joints = JOINTS.filter((joint) => rest.startsWith(joint) && rest.length - joint.length > 2);
  const rests = joints.map((joint) => token(rest.slice(joint.length)));
  const found = await terms.get(rests.flatMap(({ forms }) => forms), state);
  const second = rests.find(({ forms }) => forms.some((form) => found.has(form)));
  if (second) return [first, second];
  const topic = least(starts.map(([word, cost]) => [word, cost || (word.length <= SHORT && rest.length < SHORT) ? Infinity : -word.length]));
  return first.length < KIN * typed.length ? topic && [topic] : [first];
}

/** A key as a topic's name writes it, else with a capital. */
async function written(found, tools, state) {
  const { words, token } = tools;
  const key = found.raw ?? found;
  const data = await dictionary(tools, "suggest", key, state.signal).catch(() => undefined);
  const names = (data?.phrases ?? []).flatMap(([phrase]) => words(phrase));
  return names.find((name) => token(name).forms.includes(key)) ?? key[0].toUpperCase() + key.slice(1);
}

/** Pairs of neighbouring letters. */
const pairs = (word) => new Set(Array.from({ length: word.length - 1 }, (_, at) => word.slice(at, at + 2)));

/** How many of their pairs of letters two words have in common, from 0 to 1 (Dice's coefficient). */
function likeness(one, other) {
  const [left, right] = [pairs(one), pairs(other)];
  let both = 0;
  for (const pair of left) both += right.has(pair);
  return (2 * both) / (left.size + right.size || 1);
}

/** The topics whose names have most letters in common with a query: never none, if there are topics. */
export async function nearest(runs, tools) {
  const { manifest, fold, words, lang } = tools;
  const typed = runs.flatMap(({ tokens }) => tokens.map(({ forms }) => forms[0]));
  const letters = [...manifest.suggest].filter((_, at) => at % 5 === 0);
  const own = letters.filter((letter) => typed.some((word) => word.startsWith(letter)));
  const found = new Map();
  for (const data of await Promise.all((own.length ? own : letters.slice(0, 1)).map((letter) => dictionary(tools, "suggest", letter)))) {
    for (const [phrase, slug] of data.phrases) {
      const like = Math.max(0, ...words(phrase).map(fold).flatMap((word) => typed.map((other) => likeness(word, other))));
      const labels = data.topics[slug];
      if (!(found.get(slug)?.like >= like)) found.set(slug, { slug, label: labels[lang] ?? Object.values(labels)[0], like });
    }
  }
  const best = [...found.values()].sort((one, other) => other.like - one.like).slice(0, 4);
  return best.map(({ slug, label }) => ({ slug, label }));
}
