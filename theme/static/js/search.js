/**
 * The search, loaded by field.js: suggestions below the field, and the results on the search page.
 */

import { open } from "./search/engine.js";
import { findIn } from "./search/finder.js";
import { counted, pageLang } from "./search/parts.js";

/** How long nothing may have changed before screen readers hear about it. */
const QUIET = 700;
/** How long somebody has stopped typing before suggestions are loaded. */
const PAUSE = 120;

/** Bring a search field to life; `manifest` is the answer that has been asked for already. */
export function start(form, manifest, sent) {
  const base = new URL(form.dataset.index, location.href).href;
  const results = document.querySelector("[data-results]");
  const status = form.querySelector("[role=status]");
  const site = {
    page: (path) => new URL(`../${path}`, form.action).href,
    file: (path) => new URL(`../../${encodeURI(path)}`, base).href,
    /** The page of a person, a story or a news event. */
    home: ({ k, s }) => site.page(`${k === 1 ? "hooks" : k ? "stories" : "experts"}/${s}/`),
    /** What stands there. */
    textOf: async (card) => (await import("./pages.js")).readPage(site.home(card)),
    say: results && JSON.parse(results.dataset.words),
  };
  // The answer that is there is used once.
  const get = async (url, options) => {
    const ready = url.endsWith("manifest.json") && (await manifest);
    manifest = undefined;
    return ready || fetch(url, options);
  };
  let opening;
  const engine = () =>
    (opening ??= open({ base, lang: pageLang, fetch: get, textOf: site.textOf }).catch((error) => {
      opening = undefined;
      throw error;
    }));
  let timer;
  const tell = (text) => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      status.textContent = text;
    }, QUIET);
  };
  // Suggestions are for those who stop typing: a bundle of its own, which nobody waits for.
  const field = form.elements.q;
  const forms = JSON.parse(status.dataset.forms);
  // On the search page the results are said, not the suggestions beside them.
  const say = (count) => results || tell(count && counted(forms, count));
  let suggesting;
  const suggest = () => {
    suggesting ??= import("./combobox.js").then(
      ({ offerAt }) => offerAt(form, engine, site, say),
      () => {
        suggesting = undefined;
      },
    );
  };
  let pause;
  const wait = () => {
    clearTimeout(pause);
    pause = setTimeout(suggest, PAUSE);
  };
  field.addEventListener("input", wait);
  form.addEventListener("submit", () => clearTimeout(pause));
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-expanded", "false");
  if (!results) return suggest();
  findIn(results, form, engine, site, tell, sent);
  if (document.activeElement === field && !sent) wait(); // something may have been typed already
}
