/**
 * Facets: which people have a value, who is left when some are asked for, and how many there would be.
 */

/** A facet with its values, their labels, and the set of people of each. */
async function column(name, { manifest, file }) {
  const { values, labels, slots } = await file(`f${name}.${manifest.facets[name]}.json`);
  const sets = slots.map((steps) => {
    let slot = 0;
    return new Set(steps.map((step) => (slot += step)));
  });
  return { values, labels, sets };
}

/** A test for people who have one of some values of a facet; everybody passes where none is asked for. */
function among({ values, sets }, asked = []) {
  const chosen = asked.map((value) => sets[values.indexOf(value)]).filter(Boolean);
  return asked.length ? (slot) => chosen.some((set) => set.has(slot)) : () => true;
}

/** The people who have a value of each facet that is asked for. */
export async function narrow(people, filters, tools, state) {
  const { facets } = tools.manifest;
  const tests = await Promise.all(
    Object.entries(filters).map(async ([name, values]) => {
      if (!values.length) return () => true;
      try {
        return facets[name] ? among(await column(name, tools), values) : () => false;
      } catch {
        state.failed = true;
        return () => true;
      }
    }),
  );
  return people.filter((slot) => tests.every((test) => test(slot)));
}

/** By facet: `[value, label, count]`, the count of those whom the other facets leave; values that are asked for stay at nought. */
export async function counts([people, filters], tools) {
  const names = Object.keys(tools.manifest.facets);
  const columns = await Promise.all(names.map((name) => column(name, tools)));
  const tests = columns.map((data, at) => among(data, filters[names[at]]));
  const rowsOf = ({ values, labels, sets }, at) => {
    const left = people.filter((slot) => tests.every((test, other) => other === at || test(slot)));
    const wanted = filters[names[at]] ?? [];
    const rows = values.map((value, row) => {
      const said = labels[row] || {};
      const count = left.reduce((sum, slot) => sum + sets[row].has(slot), 0);
      return [value, said[tools.lang] ?? Object.values(said)[0] ?? value, count];
    });
    return rows.filter(([value, , count]) => count || wanted.includes(value)).sort((one, other) => other[2] - one[2]);
  };
  return new Map(columns.map((data, at) => [names[at], rowsOf(data, at)]));
}
