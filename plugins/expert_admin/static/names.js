// The names of the entries that references have seen: "profiles/mara-lindqvist" to "Mara Lindqvist".
const known = new Map();

export function remember(collection, slug, name) {
  known.set(`${collection}/${slug}`, name);
}

export function remembered(collection, slug) {
  return known.get(`${collection}/${slug}`);
}

export function nameOf(collection, slug) {
  return remembered(collection, slug) ?? slug.split("-").map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(" ");
}
