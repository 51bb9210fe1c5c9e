/**
 * What stands on a page of this site, for the best sentence and for phrases in quotation marks.
 * The page itself is read, so that it is there at once when somebody goes on to it, and no second copy of the text lies anywhere.
 */

const BLOCKS = "p, li, h2, h3, h4, blockquote, td";
const read = new Map();

/** The texts of a page, each with its language: `[[lang, [block, …]], …]`. */
export function textsOf(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  return [...page.querySelectorAll("[data-module=text]")].map((text) => [
    text.closest("[lang]").lang,
    [text, ...text.querySelectorAll(BLOCKS)]
      .filter((block) => block.matches(BLOCKS) && !block.querySelector(BLOCKS))
      .map((block) => block.textContent.replace(/\s+/g, " ").trim())
      .filter(Boolean),
  ]);
}

/** The texts of the page at an address, which is fetched once. */
export function readPage(address) {
  if (!read.has(address)) {
    const texts = fetch(address).then(async (answer) => {
      if (!answer.ok) throw new Error(`${answer.status} ${address}`);
      return textsOf(await answer.text());
    });
    texts.catch(() => read.delete(address));
    read.set(address, texts);
  }
  return read.get(address);
}
