/**
 * What stands on a page of this site, for the best sentence and for phrases in quotation marks.
 * The page itself is read, so that it is there at once when somebody goes on to it, and no second copy of the text lies anywhere.
 */

const BLOCKS = "p, li, h2, h3, h4, blockquote, td";
const read = new Map();

/** The texts of a page, each with its language: `[[lang, [block, …]], …]`. */
function textsOf(page) {
  return [...page.querySelectorAll("[data-module=text]")].map((text) => [
    text.closest("[lang]").lang,
    [text, ...text.querySelectorAll(BLOCKS)]
      .filter((block) => block.matches(BLOCKS) && !block.querySelector(BLOCKS))
      .map((block) => block.textContent.replace(/\s+/g, " ").trim())
      .filter(Boolean),
  ]);
}

/** The document at an address. XMLHttpRequest parses it itself: nothing makes markup of a string, which Trusted Types forbid. */
const fetchPage = (address) =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const fail = () => reject(new Error(`${request.status} ${address}`));
    request.onload = () => (request.status === 200 && request.response ? resolve(request.response) : fail());
    request.onerror = request.ontimeout = fail;
    request.open("GET", address);
    request.responseType = "document";
    request.timeout = 20_000;
    request.send();
  });

/** The texts of the page at an address, which is fetched once. */
export function readPage(address) {
  if (!read.has(address)) {
    const texts = fetchPage(address).then(textsOf);
    texts.catch(() => read.delete(address));
    read.set(address, texts);
  }
  return read.get(address);
}
