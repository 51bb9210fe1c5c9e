/**
 * A person among the results: what journalists decide by.
 */

import { copyOf, dayOf, pageLang, put, putLink } from "./parts.js";

/** Keys by their names, as a sentence lists them. */
const listed = (keys = [], names) => new Intl.ListFormat(pageLang).format(keys.map((key) => names[key] ?? key));

/** "4 hours" in the language of the page, whichever of two it was written in; anything else as it is. */
function promised(text) {
  const [, number, hour] = /^(\d+) (?:(hours?|stunden?)|days?|tage?)$/i.exec(text) ?? [];
  if (!number) return text;
  return new Intl.NumberFormat(pageLang, { style: "unit", unit: hour ? "hour" : "day", unitDisplay: "long" }).format(number);
}

function face(card, site) {
  const node = copyOf(card.p ? "portrait" : "monogram");
  if (card.p) {
    const [key, width, tone] = card.p;
    const [source, image] = node.children;
    const name = site.file(`experts/${card.s}/portrait-${width}-${key}`);
    source.srcset = `${name}.avif`;
    image.classList.add(`c-${tone}`);
    image.src = `${name}.webp`;
  } else {
    const [letters, tone] = card.m ?? [card.n[0], 0];
    node.classList.add(`tone-${tone}`);
    node.firstElementChild.textContent = letters;
  }
  return node;
}

/** The topics as links, those that were searched for first and marked. */
function topicChips(card, matched, site) {
  const rank = ([slug]) => (matched.has(slug) ? 0 : 1);
  return (card.t ?? [])
    .toSorted((one, other) => rank(one) - rank(other))
    .map((topic) => {
      const item = copyOf("topic");
      const link = putLink(item, "a", site.page(`topics/${topic[0]}/`), topic[1], topic[2]);
      if (!rank(topic)) {
        const mark = document.createElement("mark");
        mark.append(...link.childNodes);
        link.append(mark);
      }
      return item;
    });
}

/** The list item of a person. */
export function personItem(card, matched, site) {
  const { say } = site;
  const node = copyOf("person");
  putLink(node, ".result-name a", site.home(card), card.n);
  node.querySelector(".result-face").append(face(card, site));
  put(node, ".result-headline", card.h, card.hl);
  put(node, ".result-place", [card.r, card.l].filter(Boolean).join("\u00a0· "));
  node.querySelector(".result-topics").append(...topicChips(card, matched, site));
  put(node, ".result-languages", listed(card.g, say.languages));
  put(node, ".result-formats", listed(card.o, say.formats));
  put(node, ".result-response", card.e && promised(card.e), card.el);
  const away = node.querySelector(".result-away");
  if (card.a) {
    const [until, slug, name] = card.a;
    put(away, "p", until ? say.until.replace("{date}", dayOf(until)) : say.away);
    if (slug) putLink(away, "a", site.page(`experts/${slug}/`), name);
    else away.lastElementChild.remove();
  } else away.remove();
  if (!card.d) node.querySelector(".tag").remove();
  return node;
}
