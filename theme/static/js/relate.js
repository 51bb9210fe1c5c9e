/**
 * Words that no topic knows: the people who use one mostly share a topic, and others who have that topic can speak about it too.
 */

/** So many people are asked for their topics. */
const SAMPLE = 10;
/** Fewer users of a word show nothing. */
const FEW = 3;
/** Share of a word's users who must have the topic, and what it is worth then. */
const SHARE = 0.6;
const WORTH = 0.5;

/** The slots of the people in whose profile or stories a group's words stand. */
function users({ alternatives }, slotOf) {
  return [...new Set(alternatives.flatMap(([{ postings }]) => postings.flatMap(([, refs]) => refs.map(slotOf))))];
}

/** The concept of a topic, by its label. */
async function conceptOf([slug, label], { terms, words, token, said }, state) {
  const named = await terms.get(said(words(label).map(token)), state);
  const term = [...named.values()].flatMap(({ links }) => links).find(([target]) => target.endsWith(` #${slug}`))?.[0];
  return term && (await terms.get([term], state)).get(term);
}

/** Add to groups of words the topics that the people who use them share; tells whether there are any. */
export async function relate(groups, people, tools, engine, state) {
  const { slotOf } = tools;
  const relateOne = async (group) => {
    const slots = users(group, slotOf);
    const sample = people.filter((slot) => slots.includes(slot)).slice(0, SAMPLE);
    if (sample.length < FEW) return false;
    const counts = new Map();
    for (const card of await engine.cards(sample).catch(() => [])) {
      for (const topic of card?.t ?? []) {
        const [, count] = counts.get(topic[0]) ?? [];
        counts.set(topic[0], [topic, (count ?? 0) + 1]);
      }
    }
    const likely = [...counts.values()].sort((one, other) => other[1] - one[1]).filter(([, count]) => count >= SHARE * sample.length);
    const concepts = await Promise.all(likely.slice(0, 2).map(([topic]) => conceptOf(topic, tools, state)));
    const related = concepts.filter((concept) => {
      const have = new Set(concept?.postings.flatMap(([, refs]) => refs.map(slotOf)));
      return slots.filter((slot) => have.has(slot)).length >= SHARE * (slots.length + 1); // not by chance in a few
    });
    group.alternatives.push(...related.map((concept) => [concept, WORTH]));
    return related.length > 0;
  };
  return (await Promise.all(groups.map(relateOne))).some(Boolean);
}
