/**
 * Phrases in quotation marks: the index knows which words stand in a document, its text in which order.
 */

/** So many people and stories are looked at: the first pages.  Each costs a file. */
const MOST = 30;

/** Leave out whom the texts show not to use these words in this order. */
export async function confirm(found, runs, engine, textOf, { slotOf, fold, words }, state) {
  const plain = (text) => ` ${words(text).map(fold).join(" ")} `;
  const quotes = runs.map(({ tokens }) => tokens.map(({ forms }) => forms[0]).join(" "));
  /** Whether the card or the text of a document has all phrases; one that cannot be loaded is believed. */
  const has = async (card) => {
    try {
      if (!card) return false;
      const { n, h, r, l, t = [] } = card;
      const text = (await textOf(card)) ?? [];
      const parts = [n, h, r, l, ...t.map(([, label]) => label), ...text.flatMap(([, blocks]) => blocks)];
      const said = parts.filter(Boolean).map(plain);
      return quotes.every((quote) => said.some((part) => part.includes(` ${quote} `)));
    } catch {
      state.failed = true;
      return true;
    }
  };
  const first = (list) => list.slice(0, MOST);
  const stories = await checked(first(found.stories), engine.storyCards, has);
  const owners = new Set(stories.map(slotOf));
  const seen = new Set(await checked(first(found.people).filter((slot) => !owners.has(slot)), engine.cards, has));
  const best = new Map(found.best);
  for (const ref of stories.toReversed()) if (!seen.has(slotOf(ref))) best.set(slotOf(ref), ref);
  return {
    ...found,
    best,
    stories: [...stories, ...found.stories.slice(MOST)],
    people: found.people.filter((slot, at) => at >= MOST || owners.has(slot) || seen.has(slot)),
    hooks: await checked(found.hooks, engine.cards, has),
  };
}

/** The keys whose cards pass a test. */
async function checked(keys, load, test) {
  const cards = await load(keys);
  const passed = await Promise.all(cards.map(test));
  return keys.filter((_, at) => passed[at]);
}
