// Runs Lighthouse with phone settings on addresses, in one browser; prints a line of JSON for each.
// node lighthouse.mjs PROGRAM ADDRESS …
import lighthouse from "lighthouse";
import { launch } from "chrome-launcher";

const [program, ...addresses] = process.argv.slice(2);
const browser = await launch({ chromePath: program, chromeFlags: ["--headless=new", "--no-sandbox", "--disable-gpu"] });
const look = async (address) => (await lighthouse(address, {
    port: browser.port,
    formFactor: "mobile",
    onlyCategories: ["performance", "accessibility", "best-practices", "seo"],
})).lhr;
const speed = (lhr) => lhr.categories.performance.score ?? 0;

/** One run, or where that is slow the one in the middle of three: times vary with what else a machine does (Lighthouse, docs/variability.md). */
async function median(address) {
    const runs = [await look(address)];
    if (speed(runs[0]) < 0.99) runs.push(await look(address), await look(address));
    return runs.sort((one, other) => speed(one) - speed(other))[runs.length >> 1];
}

for (const address of addresses) {
    const lhr = await median(address);
    const scores = {}, failed = [];
    for (const [name, { score, auditRefs }] of Object.entries(lhr.categories)) {
        scores[name] = Math.round(100 * (score ?? 0));
        for (const { id, weight } of auditRefs) {
            const audit = lhr.audits[id];
            if (weight && audit.score !== null && audit.score < (name === "performance" ? 0.9 : 1)) {
                const nodes = (audit.details?.items ?? []).slice(0, 5).map((item) => item.node?.selector ?? item.url ?? "");
                failed.push(`${id}: ${audit.displayValue ?? audit.title} ${nodes.filter(Boolean).join(", ")}`.trim());
            }
        }
    }
    const numbers = {};
    for (const id of ["first-contentful-paint", "largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift"])
        numbers[id] = lhr.audits[id].numericValue;
    console.log(JSON.stringify({ address, scores, failed, numbers, error: lhr.runtimeError?.message ?? "" }));
}
await browser.kill();
