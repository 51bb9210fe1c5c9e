// Our adapter for the search bench: the corpus as a site of ours, built with the real build, searched with the real scripts.
//   node run.mjs --corpus DIR --peers project --project PATH/TO/THIS/FILE
// It reads corpus.jsonl and taxonomy_given.tsv beside it; never the bench's own taxonomy.
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

const HERE = path.dirname(new URL(import.meta.url).pathname);
const ROOT = path.resolve(HERE, "../../..");
const PYTHON = process.env.EXPERTS_PYTHON ?? path.join(ROOT, ".venv/bin/python");
const SETTINGS = `SITENAME = "Bench"
TIMEZONE = "Europe/Berlin"
DEFAULT_LANG = "de"
LANGUAGES = ["de", "en"]
CONSENT = "elsewhere"
`;
const FORMATS = { Fernsehen: "tv", television: "tv", Radio: "radio", radio: "radio", Podcast: "podcast", podcast: "podcast", Print: "print", print: "print" };

export const name = "project";

const write = (folder, file, head, body = "") => {
  const target = path.join(folder, file);
  fs.mkdirSync(path.dirname(target), { recursive: true });
  const lines = Object.entries(head).map(([key, value]) => `${key}: ${JSON.stringify(value)}\n`);
  fs.writeFileSync(target, `---\n${lines.join("")}---\n${body}\n`);
};

const list = (cell) => (cell ?? "").split(";").filter(Boolean);

/** The corpus as a site: what an author and a communications team would write. */
export function writeSite(docs, taxonomy, site) {
  fs.mkdirSync(site, { recursive: true });
  fs.writeFileSync(path.join(site, "pelicanconf.py"), SETTINGS);
  fs.mkdirSync(path.join(site, "content"), { recursive: true });
  for (const line of fs.readFileSync(taxonomy, "utf8").split("\n").filter((row) => row && !row.startsWith("#"))) {
    const [id, de, en, , german, english, abbreviations] = line.split("\t");
    const synonyms = { de: [...list(german), ...list(abbreviations)], en: [...list(english), ...list(abbreviations)] };
    write(site, `content/topics/${slugOf(id)}.md`, { label: { de, en }, synonyms });
  }
  for (const doc of docs) {
    write(
      site,
      `profiles/${doc.slug}/profile.md`,
      {
        name: doc.name,
        lang: doc.lang,
        headline: doc.role.slice(0, 140),
        role: doc.role.slice(0, 120),
        location: doc.location,
        languages: [doc.lang],
        topics: doc.topics.map((topic) => slugOf(topic.id)),
        formats: [...new Set(doc.media.map((format) => FORMATS[format]))],
      },
      doc.bio,
    );
    doc.stories.forEach((story, at) => {
      const head = { title: story.title, date: `2026-0${at + 1}-15`, authors: [doc.slug], lang: doc.lang };
      write(site, `content/stories/2026/${doc.slug}-${at + 1}.md`, { ...head, topics: [slugOf(story.topic)] }, story.text);
    });
  }
}

export const slugOf = (id) => id.toLowerCase().replace(/[^a-z0-9]+/g, "-");

export async function build(docs, dir, { corpus }) {
  const site = path.join(dir, "site");
  writeSite(docs, path.join(path.dirname(corpus), "taxonomy_given.tsv"), site);
  execFileSync(
    PYTHON,
    ["-X", "prepared", path.join(ROOT, "tasks.py"), "build", "--site", site, "--output", path.join(dir, "output"), "--today", "2026-11-23"],
    { stdio: ["ignore", "ignore", "inherit"] },
  );
}

/** The search's own scripts, bundled as the build does it, with its parts in sight. */
export async function scripts(dir) {
  const target = path.join(dir, "scripts");
  execFileSync(PYTHON, [path.join(ROOT, "tests/search/scripts.py"), target], { stdio: "inherit" });
  const { parts } = await import(pathToFileURL(path.join(target, "parts.js")).href);
  return parts;
}

/** `fetch` from a folder; `log` gets the name and the bytes of each file. */
export const fetchFrom = (folder, log) => async (url) => {
  const body = await fs.promises.readFile(path.join(folder, url));
  log?.push([url, body.length]);
  return new Response(body);
};

export async function open(dir) {
  const { open: openSearch } = await scripts(dir);
  const engine = await openSearch({ base: "", lang: "de", fetch: fetchFrom(path.join(dir, "output/search/index")) });
  const search = async (query) => {
    const { people } = await engine.search(query);
    const cards = await engine.cards(people.slice(0, 50));
    return cards.map((card) => card.s);
  };
  search.engine = engine;
  return search;
}
