/**
 * Wakes the search when somebody turns to its field: loads the bundle and the manifest side by side.
 * Until then, and wherever that fails, the field is a plain form that leads to the search page.
 */

import "./page/passage.js";

const form = document.querySelector("form[data-search]");
const field = form.elements.q;
const results = document.querySelector("[data-results]");
let waking;
let sent = false;
let again = "";

/** Import a module whose bytes are those that the build has made, and no others. */
function load(address, integrity) {
  const link = Object.assign(document.createElement("link"), { rel: "modulepreload", href: address, integrity });
  document.head.append(link);
  return import(address);
}

/** Load the bundle, once; a failed try is forgotten, and on the search page there is a button for the next. */
function wake() {
  const { search, index, integrity } = form.dataset;
  const manifest = fetch(`${index}manifest.json`, { cache: "no-cache" }).catch(() => undefined);
  waking ??= load(search + again, integrity).then(
    (bundle) => bundle.start(form, manifest, sent),
    () => {
      waking = undefined;
      again += again ? "1" : "?1"; // some browsers remember that an address failed
      if (!results) return;
      const failed = results.querySelector(".results-failed");
      results.hidden = failed.hidden = false;
      failed.querySelector("button").onclick = begin;
    },
  );
}

/** Only the first call does something, until it has failed. */
const begin = () => waking || wake();

field.addEventListener("focus", begin);
if (results) {
  form.addEventListener("submit", (event) => {
    event.preventDefault(); // the bundle answers, as soon as it is there
    sent = true;
    begin();
  });
  const query = new URLSearchParams(location.search);
  field.value ||= query.get("q") ?? "";
  if (query.size || field.value) begin();
}
if (document.activeElement === field) begin();
