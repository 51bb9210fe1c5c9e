// How long queries take once their files are there, and what a keypress costs: node warm.mjs CORPUS (after a relevance run)
import fs from "node:fs";
import path from "node:path";
import zlib from "node:zlib";
import { fetchFrom, scripts, slugOf } from "./project.mjs";

const corpus = process.argv[2];
const dir = path.join(corpus, "ix/project");
const index = path.join(dir, "output/search/index");
const { open } = await scripts(dir);
const log = [];
const fresh = () => open({ base: "", lang: "de", fetch: fetchFrom(index, log) });

const at = (list, share) => [...list].sort((one, other) => one - other)[Math.floor(share * (list.length - 1))];
const show = (what, list, unit) => {
  const max = Math.max(...list).toFixed(1);
  console.log(`${what}: median ${at(list, 0.5).toFixed(1)} ${unit}, 95 % ${at(list, 0.95).toFixed(1)} ${unit}, most ${max} ${unit}`);
};
const sizes = new Map();
const sent = (file) => {
  if (!sizes.has(file)) sizes.set(file, zlib.brotliCompressSync(fs.readFileSync(path.join(index, file))).length + 180);
  return sizes.get(file);
};

const engine = await fresh();
const queries = fs.readFileSync(path.join(corpus, "queries.jsonl"), "utf8").trim().split("\n").map((line) => JSON.parse(line).q);
for (const round of ["first", "again"]) {
  const times = [];
  for (const query of queries) {
    const start = performance.now();
    await engine.search(query);
    times.push(performance.now() - start);
  }
  show(`${queries.length} queries, ${round}`, times, "ms");
}

const [times, bytes, none, missed] = [[], [], [], []];
for (const line of fs.readFileSync(path.join(corpus, "taxonomy_given.tsv"), "utf8").trim().split("\n")) {
  const [id, label] = line.split("\t");
  const typing = await fresh();
  for (let end = 2; end <= label.length; end += 1) {
    log.length = 0;
    const start = performance.now();
    const found = await typing.search(label.slice(0, end), { typing: true });
    times.push(performance.now() - start);
    await typing.cards(found.people.slice(0, 10));
    bytes.push(log.reduce((sum, [file]) => sum + sent(file), 0) / 1024);
    if (!found.people.length) none.push(label.slice(0, end));
    if (end > 3 && !found.topics.has(slugOf(id))) missed.push(label.slice(0, end));
  }
}
show(`${times.length} keypresses on the way to a topic's name`, times, "ms");
show("files of the index for each", bytes, "KB");
console.log(`without any result: ${none.join(", ") || "none"}`);
console.log(`without the topic, from four letters on: ${missed.join(", ") || "none"}`);
