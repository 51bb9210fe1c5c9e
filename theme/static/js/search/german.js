/**
 * Stems of German words: the algorithm of Snowball 2, for words without marks.
 */

/** Where the part of a word begins that follows the first consonant after a vowel. */
export const regionAfter = (word, from) => {
  const at = word.slice(from).search(/[aeiouy][^aeiouy]/);
  return at < 0 ? word.length : from + at + 2;
};

/** The word without the ending that a pattern finds, if that lies in a region. */
export const cutEnding = (word, region, pattern) => {
  const at = word.search(pattern);
  return at < region ? word : word.slice(0, at);
};

export const stemGerman = (word) => {
  // Between vowels u and y are consonants.
  let stem = word.replace(/([aeiouy])([uy])(?=[aeiouy])/g, (_, before, between) => before + between.toUpperCase());
  const start = regionAfter(stem, 0);
  const second = regionAfter(stem, start);
  const first = Math.max(3, start);
  stem = cutEnding(stem, first, /(ern|e[mr]|(?<=nis)se[ns]?|e[ns]?|(?<=[bdfghklmnrt])s)$/);
  stem = cutEnding(stem, first, /(e[nr]|est|(?<=...[bdfghklmnt])st)$/);
  const bare = cutEnding(stem, second, /(end|ung|(?<!e)(i[gk]|isch)|[hk]eit|lich)$/);
  const before = { e: /(?<!e)ig$/, h: /e[nr]$/, k: /(lich|ig)$/ };
  before.l = before.h;
  before.u = before.e;
  const ending = stem[bare.length];
  stem = before[ending] ? cutEnding(bare, /[hl]/.test(ending) ? first : second, before[ending]) : bare;
  return stem.toLowerCase();
};
