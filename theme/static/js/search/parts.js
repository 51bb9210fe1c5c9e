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

/** The page's language as the server writes in it: the world's English, and European digits and months everywhere. */
const locale = pageLang === "en" ? "en-001" : pageLang;
const way = { numberingSystem: "latn", calendar: "gregory" };

/** A number with the separators of the page's language. */
export const numbered = (count) => count.toLocaleString(locale, way);

/** "3 experts": `forms` are those of all plural categories of the page's language. */
export const counted = (forms, count) =>
  (forms[new Intl.PluralRules(locale).select(count)] ?? forms.other).replace("{n}", numbered(count));

/** A day in the words of the page's language. */
export const dayOf = (iso) =>
  new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "UTC", ...way }).format(new Date(iso.slice(0, 10)));

/** Write a list of nodes into a part, as a sentence lists them. */
export function putList(at, nodes) {
  const left = [...nodes];
  for (const { type, value } of new Intl.ListFormat(locale).formatToParts(nodes.map(() => "-"))) {
    at.append(type === "element" ? left.shift() : value);
  }
}
