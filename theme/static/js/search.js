/**
 * Narrows the list of topics on the search page to those whose label or synonyms contain the words of ?q=.
 * Without this script the whole list stands there.
 */

/** Case, accents and the German ways to write an umlaut do not matter. */
const fold = (text) =>
  text
    .toLowerCase()
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replaceAll("ß", "ss")
    .replace(/(?<!q)([aou])e/g, "$1");

const field = document.querySelector("#q");
const status = document.querySelector("[data-module=search-status]");
const topics = [...document.querySelectorAll("[data-module=search-topics] > li")].map((item) => ({
  item,
  words: fold(`${item.textContent} ${item.dataset.words}`),
}));

const message = (count) => {
  if (count === 0) return status.dataset.none;
  return count === 1 ? status.dataset.one : status.dataset.many.replace("{n}", count);
};

function narrow() {
  const words = fold(field.value).split(/\s+/).filter(Boolean);
  let count = 0;
  for (const topic of topics) {
    topic.item.hidden = !words.every((word) => topic.words.includes(word));
    if (!topic.item.hidden) count += 1;
  }
  status.textContent = words.length ? message(count) : "";
}

field.value = new URLSearchParams(location.search).get("q") ?? "";
field.addEventListener("input", narrow);
field.form.addEventListener("submit", (event) => {
  event.preventDefault();
  history.replaceState(null, "", `?${new URLSearchParams({ q: field.value })}`);
  narrow();
});
narrow();
