/**
 * The files by first letter: words of the index, for misspelt ones ("words"), and names of topics ("suggest").
 */

/** The file in which a folded word stands; nothing if there is none. */
export async function dictionary({ manifest, file }, kind, word, signal) {
  const letter = word.match(/^[a-z]/)?.[0] ?? (/^\d/.test(word) ? "0" : "_");
  const hash = manifest[kind].match(`^(?:.{5})*?${letter}(.{4})`)?.[1];
  return hash && file(`${kind === "words" ? "t" : "k"}${letter}.${hash}.json`, signal);
}
