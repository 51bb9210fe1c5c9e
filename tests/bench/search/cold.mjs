// The benchmark's cold start, on our search page: node cold.mjs BENCH SITE QUERIES [more options of BENCH/cold.mjs]
import { spawnSync } from "node:child_process";
import path from "node:path";

const [bench, site, queries, ...more] = process.argv.slice(2);
if (!queries) {
  console.error("usage: node cold.mjs BENCH SITE QUERIES [--kbit 1600 --rtt 150]");
  process.exit(2);
}
const page = ["--page", "/search/", "--input", "#q", "--result", ".results-people > li"];
const options = ["--site", path.resolve(site), "--queries", queries, ...page, ...more];
process.exit(spawnSync("node", ["cold.mjs", ...options], { cwd: bench, stdio: "inherit" }).status ?? 1);
