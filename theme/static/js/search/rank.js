/**
 * From records to an order: lunr's own index over just the terms of a query, and how strongly a person stands for each part of it.
 */

import { lunr } from "lunr";

/** What a field says about a document: one of its subjects, a mention; words of the headline, of the text; a compound's part, the place. */
const STRENGTH = { s: 0.62, m: 0.25, h: 0.4, t: 0.2, c: 0.3, l: 0.4 };
/** Where the impact tells: family and given names; the first of all subjects and the second (so people of one subject, who lie in one file, come first). */
const FULL = { n: 100, p: 120 };
/** What a person is for what a story is about or mentions. */
const TOLD = 0.25;
/** What remains of the strength of somebody who matches one of very many parts of the query. */
const PART = 0.6;
/** Who reaches less than this share of the best is left out. */
const LEAST = 0.2;
const NOTHING = {};

/**
 * A lunr.Index of some records: about their terms it answers what the index of all records does.
 * lunr divides by the length of the query only, so that a document needs no other components than those of the query's terms.
 */
export function assemble(records, { fields, n }, wanted = () => true) {
  const sorted = [...records].sort((one, other) => (one.term < other.term ? -1 : 1));
  const invertedIndex = Object.create(null);
  const fieldVectors = Object.create(null);
  sorted.forEach(({ term, df, postings }, index) => {
    const idf = Math.log(1 + Math.abs((n - df + 0.5) / (df + 0.5)));
    const posting = (invertedIndex[term] = { _index: index });
    for (const name of fields) posting[name] = {};
    for (const [field, refs, impacts] of postings) {
      const name = fields[field];
      refs.forEach((ref, at) => {
        if (!wanted(ref)) return;
        posting[name][ref] = NOTHING;
        (fieldVectors[`${name}/${ref}`] ??= new lunr.Vector()).elements.push(index, ((impacts[at] ?? impacts) / 10) * idf);
      });
    }
  });
  const tokenSet = lunr.TokenSet.fromArray(sorted.map(({ term }) => term));
  return new lunr.Index({ fields, invertedIndex, fieldVectors, tokenSet });
}

/** Raise the number that is kept for a key. */
const raise = (map, key, value) => {
  if (!(map.get(key) >= value)) map.set(key, value);
};

/**
 * How strongly documents and people stand for a group: the most of its alternatives.
 * A story's topics are a mention for its authors, and its words count half.
 */
function weigh(group, { fields, slotOf, isProfile }) {
  const [people, docs, texts] = [new Map(), new Map(), new Map()];
  for (const [{ postings }, weight] of group.alternatives) {
    for (const [field, refs, impacts] of postings) {
      const name = fields[field];
      const told = "psm".includes(name);
      refs.forEach((ref, at) => {
        const value = weight * (STRENGTH[name] ?? (impacts[at] ?? impacts) / FULL[name]);
        raise(docs, ref, value);
        if (name === "h" || name === "t") raise(texts, ref, value);
        raise(people, slotOf(ref), isProfile(ref) ? value : told ? weight * TOLD : value / 2);
      });
    }
  }
  return [people, docs, texts];
}

/** The documents of the groups that nobody wants. */
export const outsiders = (groups, places) => new Set(groups.flatMap((group) => (group.not ? [...weigh(group, places)[1].keys()] : [])));

/**
 * People, stories and hooks in their order: the sum of what they are for each group, then lunr's score; and each person's best document.
 * `places` knows which document belongs to whom.
 */
export function order(groups, out, places) {
  const { isProfile, slotOf, stride, experts } = places;
  const hooks = experts * stride;
  const wants = groups.filter((group) => !group.not);
  const musts = wants.filter((group) => group.must).length;
  const sums = [new Map(), new Map(), new Map()];
  for (const group of wants) {
    weigh(group, places).forEach((found, at) => {
      for (const [key, value] of found) {
        const row = sums[at].get(key) ?? { key, value: 0, groups: 0, musts: 0, score: 0 };
        sums[at].set(key, row);
        row.value += value;
        row.groups += 1;
        row.musts += group.must ? 1 : 0;
      }
    });
  }
  const chosen = (rows, belongs) => {
    const list = [...rows.values()].filter((row) => row.musts === musts && belongs(row.key));
    for (const row of list) row.value *= PART + ((1 - PART) * row.groups) / wants.length;
    const least = LEAST * list.reduce((most, row) => Math.max(most, row.value), 0);
    return list.filter((row) => row.value >= least);
  };
  const people = chosen(sums[0], (slot) => slot < experts && !out.has(slot * stride));
  const docs = chosen(sums[1], (ref) => !out.has(ref) && !(ref < hooks && isProfile(ref)));
  const persons = new Map(people.map((row) => [row.key, row]));
  const shown = new Map(docs.map((row) => [row.key, row]));
  const boosts = new Map();
  for (const [record, weight] of wants.flatMap((group) => group.alternatives)) raise(boosts, record, weight);
  const index = assemble(boosts.keys(), places, (ref) => shown.has(ref) || persons.has(slotOf(ref)));
  const answers = index.query((query) => {
    for (const [{ term }, boost] of boosts) query.term(term, { boost, usePipeline: false });
  });
  for (const { ref, score } of answers) {
    const number = Number(ref);
    const person = persons.get(slotOf(number));
    if (person) person.score += isProfile(number) ? score : score / 2;
    if (shown.has(number)) shown.get(number).score = score;
  }
  // What a person says best: where most of the words stand, the profile first.
  const best = new Map(people.map(({ key }) => [key, key * stride]));
  for (const { key, value } of sums[2].values()) {
    const now = best.get(slotOf(key));
    if (value > (sums[2].get(now)?.value ?? 0)) best.set(slotOf(key), key);
  }
  const ranked = (rows) => rows.sort((a, b) => b.value - a.value || b.score - a.score || a.key - b.key).map((row) => row.key);
  return {
    people: ranked(people),
    stories: ranked(docs.filter((row) => row.key < hooks)),
    hooks: ranked(docs.filter((row) => row.key >= hooks)).map((ref) => ref / stride),
    best,
  };
}
