/**
 * Stems of English words: the algorithm of Snowball 2 (Porter2), for words without marks and apostrophes.
 */

import { cutEnding, regionAfter } from "./german.js";

const IRREGULAR = new Map(
  "skis:ski skies:sky dying:die lying:lie tying:tie idly:idl gently:gentl ugly:ugli early:earli only:onli singly:singl"
    .split(" ")
    .map((pair) => pair.split(":")),
);
const UNCHANGED = /^(..?|sky|news|howe|atlas|cosmos|bias|andes)$/;
const FINISHED = /^((inn|out|cann|herr|earr)ing|(pro|ex|suc)ceed)$/;

/** Endings (as patterns) and what stands in their place, longer ones before those that they end with. */
const DERIVED =
  "izer|ization:ize ational|ation|ator:ate tional:tion enci:ence anci:ance abli:able entli:ent al(ism|iti|li):al ful(li|ness):ful " +
  "ous(li|ness):ous iveness|iviti:ive biliti|bli:ble lessli:less (?<=l)ogi:og (?<=[cdeghkmnrt])li:";
const ADJECTIVES = "ational:ate tional:tion alize:al ic(ate|iti|al):ic ful|ness:";

/** The word with another ending, by the first rule whose ending it has, if that lies in the region. */
const changeEnding = (word, region, rules) => {
  for (const rule of rules.split(" ")) {
    const [ending, instead] = rule.split(":");
    const at = word.search(`(${ending})$`);
    if (at >= 0) return at < region ? word : word.slice(0, at) + instead;
  }
  return word;
};

/** Test whether a word ends in a short syllable. */
const isShort = (word) => /([^aeiouy][aeiouy][^aeiouywxY]|^[aeiouy][^aeiouy])$/.test(word);

export const stemEnglish = (word) => {
  if (UNCHANGED.test(word) || IRREGULAR.has(word)) return IRREGULAR.get(word) ?? word;
  // At the beginning and after a vowel y is a consonant.
  let stem = word.replace(/^y/, "Y").replace(/([aeiouy])y/g, "$1Y");
  const first = /^(gener|commun|arsen)/.exec(stem)?.[0].length ?? regionAfter(stem, 0);
  const second = regionAfter(stem, first);
  // Plurals.
  stem = stem.replace(/(?<=ss)es$|(?<=..i)e[ds]$|(?<=ie)[ds]$|(?<=[aeiouy].+)(?<![su])s$/, "");
  if (FINISHED.test(stem)) return stem;
  // Forms of verbs.
  if (/eed(ly)?$/.test(stem)) stem = changeEnding(stem, first, "eed(ly)?:ee");
  else {
    const bare = stem.replace(/(?<=[aeiouy].*)(ed|ing)(ly)?$/, "");
    if (bare !== stem)
      stem = /(at|bl|iz)$/.test(bare) || (bare.length === first && isShort(bare)) ? bare + "e" : bare.replace(/([bdfgmnprt])\1$/, "$1");
  }
  stem = stem.replace(/(?<=.[^aeiouy])[yY]$/, "i");
  // Endings that make words from words.
  stem = changeEnding(stem, first, DERIVED);
  const bare = cutEnding(stem, second, /ative$/);
  stem = bare === stem ? changeEnding(stem, first, ADJECTIVES) : bare;
  stem = cutEnding(stem, second, /(al|[ae]nce|er|ic|[ai]ble|ant|(e?m)?ent|ism|ate|iti|ous|i[vz]e|(?<=[st])ion)$/);
  stem = cutEnding(stem, second, /(?<=l)l$/);
  const shorter = cutEnding(stem, first, /e$/);
  if (shorter.length >= second || !isShort(shorter)) stem = shorter;
  return stem.toLowerCase();
};
