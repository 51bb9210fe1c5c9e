// For editors: the fields at the top of Markdown files, checked by the JSON Schemas in schema/ while one types
// (VS Code: the extension that .vscode/extensions.json names). Its packages come with `python3 tasks.py test`. Who has only
// ever built the site does not have them; then nothing is checked, instead of a stack trace at the top of every file.
const installed = async (name) => {
  try {
    return (await import(name)).default;
  } catch (error) {
    if (error.code === "ERR_MODULE_NOT_FOUND") return null;
    throw error;
  }
};
const frontmatter = await installed("remark-frontmatter");
const schema = await installed("remark-lint-frontmatter-schema");

const files = {
  expert: "profiles/*/profile.md",
  translation: "profiles/*/profile.*.md",
  story: "content/stories/**/*.md",
  topic: "content/topics/*.md",
  hook: "content/hooks/*.md",
  event: "content/events/*.md",
};
const schemas = Object.fromEntries(Object.entries(files).map(([kind, glob]) => [`./schema/${kind}.schema.json`, [glob]]));

const checks = [frontmatter, [schema, { schemas, ajvOptions: { strict: false, allErrors: true } }]];

export default { plugins: frontmatter && schema ? checks : [] };
