// An entry as its page will show it: the markup of the theme's templates, in the site's own style.
import { nameOf } from "./names.js";

export function add(CMS, about) {
  const { h } = window;
  CMS.registerPreviewStyle(about.style);
  CMS.registerPreviewStyle(about.preview);

  const texts = (list) => (list?.toJS ? list.toJS() : []).filter(Boolean);
  const chips = (slugs) => slugs.length > 0 && h("ul", { className: "chips" }, slugs.map((slug) =>
    h("li", { key: slug }, h("span", { className: "chip" }, nameOf("topics", slug)))));
  const prose = (body) => body && h("div", { className: "prose" }, body);
  const initials = (name) => name.split(/\s+/).map((word) => word.charAt(0)).filter(Boolean).slice(0, 2).join("").toUpperCase();

  function page({ document }, lang, ...content) {
    document.documentElement.lang = lang || about.lang;
    return h("main", { className: "wrap" }, ...content);
  }

  function Face({ props, name }) {
    const portrait = props.entry.getIn(["data", "portrait"]);
    const file = portrait?.get?.("file");
    const field = props.fields.find((one) => one.get("name") === "portrait")?.get("fields")?.find((one) => one.get("name") === "file");
    if (!file || !field) return h("span", { className: "portrait monogram tone-1" }, h("span", null, initials(name)));
    const credit = portrait.get("credit");
    return h("div", null,
      h("img", { className: "portrait", src: String(props.getAsset(file, field)), alt: portrait.get("alt") ?? "" }),
      credit && h("p", { className: "credit" }, about.texts.credit.replace("{credit}", () => credit)));
  }

  function Profile(props) {
    const get = (name) => props.entry.getIn(["data", name]);
    const of = get("translation_of");
    const name = get("name") || (of ? nameOf("profiles", of) : about.texts.missing);
    const place = [get("role"), get("department"), get("location")].filter(Boolean).join(" · ");
    const asked = texts(get("contact_for"));
    return page(props, get("lang"), h("article", { className: "expert" },
      h("header", { className: "expert-intro" },
        h("h1", null, name),
        (get("pronouns") || get("pronunciation")) && h("p", { className: "expert-name-notes" },
          get("pronunciation") && h("span", null, `[${get("pronunciation")}] `), get("pronouns") && h("span", null, get("pronouns"))),
        h("p", { className: "expert-headline" }, get("headline")),
        place && h("p", { className: "expert-place" }, place),
        h("section", { className: "expert-ask" }, chips(texts(get("topics"))), asked.length > 0 && h("p", null, asked.join(", ")))),
      h("div", { className: "expert-face" }, h(Face, { props, name })),
      h("div", { className: "expert-body" },
        get("summary") && h("p", { className: "lead" }, get("summary")),
        h("section", { className: "biography" }, prose(props.widgetFor("body"))))));
  }

  function Article(props, above, lead, below) {
    const get = (name) => props.entry.getIn(["data", name]);
    return page(props, get("lang"), h("article", { className: "article" },
      h("header", { className: "article-head" },
        h("p", { className: "story-meta" }, above),
        h("h1", null, get("title")),
        lead && h("p", { className: "lead" }, lead)),
      h("div", { className: "article-body" },
        prose(props.widgetFor("body")),
        h("footer", { className: "article-foot" }, below, chips(texts(get("topics")))))));
  }

  // "2026-10-01" or a moment, as people write it; what is neither stays.
  function day(value) {
    const [, date] = /^(\d{4}-\d\d-\d\d)/.exec(value ?? "") ?? [];
    const found = new Date(`${date}T12:00:00`);
    return Number.isNaN(found.getTime()) ? value : new Intl.DateTimeFormat(about.lang, { dateStyle: "long" }).format(found);
  }

  const people = (slugs) => slugs.map((slug) => nameOf("profiles", slug)).join(", ");

  function Story(props) {
    const get = (name) => props.entry.getIn(["data", name]);
    return Article(props, [day(get("date")), people(texts(get("authors")))].filter(Boolean).join(" · "), get("summary"));
  }

  function Hook(props) {
    const get = (name) => props.entry.getIn(["data", name]);
    const experts = (get("experts")?.toJS?.() ?? []).filter((one) => one?.expert);
    return Article(props, day(get("date")), "", experts.length > 0 && h("ul", null, experts.map(({ expert, angle }) =>
      h("li", { key: expert }, h("strong", null, nameOf("profiles", expert)), angle && ` ${angle}`))));
  }

  function Event(props) {
    const get = (name) => props.entry.getIn(["data", name]);
    return Article(props, [day(get("start")), get("place")].filter(Boolean).join(" · "), "", people(texts(get("experts"))));
  }

  function Topic(props) {
    const said = (name) => props.entry.getIn(["data", name]);
    const label = said("label");
    const lang = label?.get?.(about.lang) ? about.lang : label?.keySeq?.().first();
    return page(props, lang, h("h1", null, label?.get?.(lang)), h("p", { className: "lead" }, said("description")?.get?.(lang)),
      h("p", null, texts(said("synonyms")?.get?.(lang)).join(", ")));
  }

  CMS.registerPreviewTemplate("profiles", Profile);
  for (const tag of about.languages) CMS.registerPreviewTemplate(`profiles_${tag}`, Profile);
  CMS.registerPreviewTemplate("stories", Story);
  CMS.registerPreviewTemplate("hooks", Hook);
  CMS.registerPreviewTemplate("events", Event);
  CMS.registerPreviewTemplate("topics", Topic);
}
