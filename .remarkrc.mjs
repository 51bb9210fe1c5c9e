// For editors: the fields at the top of Markdown files, checked by the JSON Schemas in schema/ while one types
// (VS Code: the extension that .vscode/extensions.json names, after python3 tasks.py test has installed its packages).
import frontmatter from "remark-frontmatter";
import schema from "remark-lint-frontmatter-schema";

const files = {
  expert: "profiles/*/profile.md",
  translation: "profiles/*/profile.*.md",
  story: "content/stories/**/*.md",
  topic: "content/topics/*.md",
  hook: "content/hooks/*.md",
  event: "content/events/*.md",
};
const schemas = Object.fromEntries(Object.entries(files).map(([kind, glob]) => [`./schema/${kind}.schema.json`, [glob]]));

export default { plugins: [frontmatter, [schema, { schemas, ajvOptions: { strict: false, allErrors: true } }]] };
