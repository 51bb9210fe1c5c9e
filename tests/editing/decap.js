// The web editor's own code that reads and writes files, for the tests: one JSON array [text, order] or [data, order] a line.
// With a text, the answer is what the editor makes of the file on saving it unchanged; with data, how it writes them.
import readline from "node:readline";
import { frontmatterYAML } from "decap-cms-core/dist/esm/formats/frontmatter.js";

const format = frontmatterYAML();
const written = (data, order) => {
  const content = format.toFile(data, order, {});
  return content.endsWith("\n") ? content : `${content}\n`; // as `entryToRaw` in backend.ts
};
const answer = ([given, order]) => {
  try {
    return typeof given === "string" ? written(format.fromFile(given), order) : written(given, order);
  } catch (error) {
    return { error: String(error) };
  }
};
readline
  .createInterface({ input: process.stdin })
  .on("line", (line) => process.stdout.write(`${JSON.stringify(answer(JSON.parse(line)))}\n`));
