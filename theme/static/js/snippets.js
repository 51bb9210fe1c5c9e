/**
 * The sentence that says best why a result is one, with the words that were asked for marked.
 */

/** Longest sentence that is shown whole, in characters. */
const LONG = 240;

/** A text as `[part, marked]` pairs; `words` are those of a search's answer. */
export function mark(text, words) {
  const parts = [];
  for (const part of text.split(/([\p{L}\p{M}\p{N}]+(?:['’][\p{L}\p{M}\p{N}]+)*)/u)) {
    const marked = /[\p{L}\p{N}]/u.test(part) && words.matches(part.replace(/['’]/g, ""));
    // "artificial intelligence" is one mark: what stands between two marked words is a blank
    if (parts.at(-1)?.[1] === marked) parts.at(-1)[0] += part;
    else if (part) parts.push([part, marked]);
  }
  return parts;
}

/** The sentences of a block. */
function sentencesOf(block, lang) {
  if (!globalThis.Intl?.Segmenter) return block.split(/(?<=[.!?…])\s+/);
  return [...new Intl.Segmenter(lang, { granularity: "sentence" }).segment(block)].map(({ segment }) => segment.trim());
}

/** Of a long sentence what stands from shortly before its first marked word on. */
function shortened(text, words) {
  if (text.length <= LONG) return text;
  const [[before, marked]] = mark(text, words);
  const from = marked || before.length < LONG / 2 ? 0 : text.lastIndexOf(" ", before.length - LONG / 4) + 1;
  const end = text.lastIndexOf(" ", from + LONG);
  return text.slice(from, end > from ? end : undefined);
}

/**
 * The best sentence of a document's text as `{ text, lang }`: most different words that were asked for, in the preferred language,
 * early in the text.  Nothing if none of them stands there.
 */
export function sentence(file, words, preferred) {
  let best;
  for (const [lang, blocks] of file) {
    for (const block of blocks) {
      for (const text of sentencesOf(block, lang)) {
        const found = new Set(mark(text, words).filter(([, marked]) => marked).map(([part]) => part.toLowerCase()));
        const value = found.size && found.size + (lang === preferred ? 0.5 : 0) + (text.length > 40 ? 0.25 : 0);
        if (value > (best?.value ?? 0)) best = { text, lang, value };
      }
    }
  }
  return best && { text: shortened(best.text, words), lang: best.lang };
}
