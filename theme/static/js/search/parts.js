/**
 * Copies of the templates of the page, and how texts get into them: as texts, never as markup.
 */

export const pageLang = document.documentElement.lang;

/** A copy of a template of the page. */
export const copyOf = (name) =>
  document.importNode(document.querySelector(`template[data-part=${name}]`).content.firstElementChild, true);

/** Write a text into a part of a copy; a part with nothing to say is taken out, with its label. */
export function put(node, part, text, lang) {
  const at = node.querySelector(part);
  if (text) {
    at.textContent = text;
    if (lang && lang !== pageLang) Object.assign(at, { lang, dir: "auto" });
  } else (at.closest("dl > div") ?? at).remove();
  return at;
}

/** Write a text into a part of a copy that is a link. */
export function putLink(node, part, href, text, lang) {
  const at = put(node, part, text, lang);
  at.href = href;
  return at;
}

/** "3 experts" of "{n} expert|{n} experts". */
export const counted = (forms, count) =>
  forms.split("|")[count === 1 ? 0 : 1].replace("{n}", count.toLocaleString(pageLang));

/** A day in the words of the page's language. */
export const dayOf = (iso) =>
  new Intl.DateTimeFormat(pageLang, { dateStyle: "long", timeZone: "UTC" }).format(new Date(iso.slice(0, 10)));
