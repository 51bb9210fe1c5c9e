/**
 * Text as the search sees it, the same as plugins/expert_search/text.py: folded, cut into words, stemmed.
 */

import { stemEnglish } from "./english.js";
import { stemGerman } from "./german.js";

const LETTERS = { ß: "ss", ø: "o", ł: "l", đ: "d", ı: "i", æ: "ae", œ: "oe", þ: "th", ð: "d", ς: "σ" };

/** Text without case and marks. */
const toPlain = (text) =>
  text
    .normalize("NFKD")
    .toLowerCase()
    .replace(/\p{M}/gu, "")
    .replace(/[ßøłđıæœþðς]/g, (letter) => LETTERS[letter]);

/** The German ways to write an umlaut; the e of Quelle, Steuer, neue and Bauer is none of them. */
const joinUmlauts = (plain) => plain.replace(/([ao]|(?<![aeiouq])u)e/g, "$1");

/** Text for comparing: without case and marks, Jörg like Joerg like Jorg. */
export const fold = (text) => joinUmlauts(toPlain(text));

/** The words of a text as written: O'Brien as OBrien, at most 40 characters of each. */
export const words = (text) =>
  (
    text
      .replace(/[\xad\u200c\u200d\u2060\ufeff]/g, "")
      .replace(/[’‘ʼ´`]/g, "'")
      .normalize("NFKC")
      .match(/[\p{L}\p{N}]([\p{L}\p{M}\p{N}]|'(?=[\p{L}\p{N}]))*/gu) ?? []
  ).map((word) => [...word.replaceAll("'", "")].slice(0, 40).join(""));

/** The stem of a word, if all of its letters are plain. */
const stemPlain = (plain, stem) => (/[^a-z\d]/.test(plain) ? plain : stem(plain));

/** The term of the index for a word: folded and, in German and English, stemmed. */
export const keys = (word, lang) => {
  // English endings belong to the word as it is written: value and values would part.
  if (lang === "en") return joinUmlauts(stemPlain(toPlain(word), stemEnglish));
  return lang === "de" ? stemPlain(fold(word), stemGerman) : fold(word);
};
