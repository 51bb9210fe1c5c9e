/**
 * The files of the index: each is fetched once and kept in memory.  A term's record stands in a shard, found through two levels of separators.
 */

/** Returns a function that fetches and parses a file; one that failed is forgotten, so that the next query tries again. */
export function openFiles(base, get) {
  const kept = new Map();
  return (name, signal, options) => {
    let entry = kept.get(name);
    if (!entry) {
      const stop = new AbortController();
      const read = async () => {
        try {
          const answer = await get(base + name, { ...options, signal: stop.signal });
          if (!answer.ok) throw new Error(name);
          return await answer.json();
        } catch (error) {
          kept.delete(name);
          throw error;
        }
      };
      kept.set(name, (entry = { stop, waiting: 0, data: read() }));
    }
    entry.waiting += 1;
    // The query after an aborted one mostly needs the same file: only what nobody waits for a moment later is stopped.
    signal?.addEventListener("abort", () => setTimeout(() => --entry.waiting || entry.stop.abort(), 50));
    return entry.data;
  };
}

/** The name that its separator gives a file: FNV-1a of the UTF-8 bytes, in base 36. */
const fnv = (text) => {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash.toString(36);
};

/** Files and the separators of what is in them, from front-coded text and a row of hashes. */
const table = (kind, coded, hashes) => {
  const starts = [];
  for (const entry of coded.split("\n")) starts.push((starts.at(-1) ?? "").slice(0, parseInt(entry[0], 36)) + entry.slice(1));
  const names = starts.map((start, at) => `${kind + fnv(start)}.${hashes.slice(4 * at, 4 * at + 4)}.json`);
  /** The names from that which has one term to that which has another. */
  return (from, to) => names.filter((_, at) => starts[at] <= to && !(starts[at + 1] <= from));
};

/** A record with absolute document numbers: links as `[term, weight]`, postings as `[field, refs, impacts]`. */
export const decode = ([term, linked, ...rest]) => {
  const record = { term, df: 0, links: [], postings: [] };
  for (let at = 0; at < linked.length; at += 2) record.links.push([linked[at], linked[at + 1] / 10]);
  for (let at = 0; at < rest.length; at += 3) {
    let ref = 0;
    const refs = rest[at + 1].map((step) => (ref += step));
    record.postings.push([rest[at], refs, rest[at + 2]]);
    record.df += refs.length;
  }
  return record;
};

/** The terms of an index. */
export function openTerms(manifest, file) {
  const groups = table("g", manifest.groups, manifest.names);
  const parsed = new Map();
  /** A file as `make` parses it; nothing if it cannot be loaded, and `state.failed` says so. */
  const load = async (name, state, make) => {
    try {
      const data = await file(name, state.signal);
      if (!parsed.has(name)) parsed.set(name, make(data));
    } catch {
      state.failed = true;
    }
    state.signal?.throwIfAborted();
    return parsed.get(name);
  };
  const loadGroup = (name, state) => load(name, state, ({ terms, shards }) => table("s", terms, shards));
  const loadShard = (name, state) => load(name, state, (rows) => new Map(rows.map((row) => [row[0], row])));
  const pick = (shard, term) => {
    let record = shard?.get(term);
    if (record?.length) shard.set(term, (record = decode(record)));
    return record;
  };
  /** The names of the shards from one term to another; those of one group only if the terms lie in `most` groups. */
  const shardsOf = async (from, to, state) => {
    const names = groups(from, to);
    const tables = await Promise.all(names.map((name) => loadGroup(name, state)));
    return tables.flatMap((found) => found?.(from, to) ?? []);
  };
  return {
    /** The records of those terms that there are. */
    async get(terms, state) {
      const found = new Map();
      const add = async (term) => {
        const [name] = await shardsOf(term, term, state);
        const record = name && pick(await loadShard(name, state), term);
        if (record) found.set(term, record);
      };
      await Promise.all(terms.map(add));
      return found;
    },
    /** The records of all terms with a prefix; nothing if they lie in more than so many files. */
    async range(prefix, state, most = Infinity) {
      const end = `${prefix}\uffff`;
      const names = groups(prefix, end).length <= most ? await shardsOf(prefix, end, state) : [];
      const shards = names.length <= most ? await Promise.all(names.map((name) => loadShard(name, state))) : [];
      return shards.flatMap((shard) => [...(shard?.keys() ?? [])].filter((term) => term.startsWith(prefix)).map((term) => pick(shard, term)));
    },
  };
}
