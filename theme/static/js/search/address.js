/**
 * What is searched for, as the query of an address: it can be shared, and the back button comes back to it.
 */

export const FACETS = ["topic", "language", "place", "format", "now"];

/** The state that an address stands for. */
export function readAddress() {
  const query = new URLSearchParams(location.search);
  return {
    q: query.get("q") ?? "",
    page: Math.max(1, parseInt(query.get("page"), 10) || 1),
    filters: Object.fromEntries(FACETS.map((name) => [name, query.getAll(name)])),
  };
}

/** The address of a state, relative to the search page. */
export function addressOf({ q, page, filters }) {
  const query = new URLSearchParams({ q });
  for (const name of FACETS) for (const value of filters[name]) query.append(name, value);
  if (page > 1) query.set("page", page);
  return `?${query}`;
}

/** The filters with one value put in or taken out. */
export const toggled = (filters, name, value) => ({
  ...filters,
  [name]: filters[name].includes(value) ? filters[name].filter((other) => other !== value) : [...filters[name], value],
});
