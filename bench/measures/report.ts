/**
 * A report of ten thousand trades, from the ledger's file to the last sign of its page; and how large a
 * page of five thousand is, and how long a browser takes to show it.
 *
 * The intervals are drawn in a thread of their own and measured beside the metrics.
 */
import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { reportOf, USUAL_EQUITY } from "../../src/app/report-of.ts";
import { inTurns } from "../../src/app/sliced.ts";
import { millis } from "../../src/core/model/units.ts";
import { formOf } from "../../src/core/views/report/forms.ts";
import { openLedger, openLedgerReadOnly } from "../../src/shell/sqlite/ledger.ts";
import { accountOpened, NOON, tradeStory } from "../../test/kit/sample-facts.ts";
import { findChromium } from "../../tools/chromium.mjs";
import { spreadOf } from "../kit/distribution.ts";
import { atMost, type Bench, type Finding, type Measure } from "../kit/measure.ts";
import { opened } from "../kit/opened.ts";
import { again } from "../kit/rounds.ts";

const TRADES = 10_000;
const PAGE_TRADES = 5_000;
/** Minutes apart, so that they lie on many days. */
const APART = 25 * 60_000;
const MIB = 1_048_576;

export const report: Measure = {
  name: "report",
  async run(bench) {
    bench.tell("reports of many trades");
    const path = join(bench.disk.folder(), "ledger.db");
    writeLedger(path, Math.ceil(TRADES / bench.quicker));
    const small = join(bench.disk.folder(), "ledger.db");
    writeLedger(small, PAGE_TRADES);
    const page = await pageOf(small);
    return [
      await fromLedger(bench, path),
      size(page),
      ...(await opening(bench, page, join(bench.disk.folder(), "page.html"))),
    ];
  },
};

async function pageOf(path: string): Promise<string> {
  const ledger = opened(openLedgerReadOnly(path));
  const trades = await inTurns(ledger.closedTrades(null));
  const made = await reportOf({
    ...{ madeAt: millis(NOON), source: "the ledger", trades, ledger, days: "all" },
    opening: USUAL_EQUITY,
    choice: { from: null, to: null, account: null, author: null },
    draw: () => Promise.resolve({}),
  });
  ledger.close();
  const digest = (text: string) => createHash("sha256").update(text).digest("base64");
  return formOf(made, { format: "html", columns: 100, digest });
}

async function fromLedger({ rounds, quicker }: Bench, path: string): Promise<Finding> {
  const timed = async () => {
    const from = performance.now();
    await pageOf(path);
    return performance.now() - from;
  };
  const product = spreadOf(await again(rounds, timed));
  const count = Math.ceil(TRADES / quicker).toLocaleString("en");
  const goals = [atMost(product.median, 150, "ms")];
  const what = `a report of ${count} trades, from the ledger to its page`;
  return { id: "8 report", what, unit: "ms", product, floor: null, ratio: null, goals };
}

function size(page: string): Finding {
  const product = spreadOf([page.length / MIB]);
  const goals = [atMost(product.median, 3_000_000 / MIB, "MiB")];
  const what = `its page of ${PAGE_TRADES.toLocaleString("en")} trades`;
  return { id: "8 page", what, unit: "MiB", product, floor: null, ratio: null, goals };
}

/** Until everything is laid out and painted once; nothing where there is no browser. */
async function opening({ rounds }: Bench, page: string, file: string): Promise<readonly Finding[]> {
  const executablePath = findChromium();
  if (executablePath === null) return [];
  writeFileSync(file, page);
  const browser = await chromium.launch({ executablePath, args: ["--disable-dev-shm-usage"] });
  const timed = async () => {
    const sheet = await browser.newPage();
    const from = performance.now();
    await sheet.goto(pathToFileURL(file).href);
    await sheet.locator("main").evaluate((main) => main.getBoundingClientRect().height);
    const took = performance.now() - from;
    await sheet.close();
    return took;
  };
  const product = spreadOf(await again(rounds, timed));
  await browser.close();
  const goals = [atMost(product.median, 1_000, "ms")];
  const what = "that page opened in Chromium";
  return [{ id: "8 open", what, unit: "ms", product, floor: null, ratio: null, goals }];
}

function writeLedger(path: string, trades: number): void {
  const ledger = opened(openLedger(path, { at: millis(0) }));
  let sequence = 0;
  const facts = [accountOpened()];
  for (let n = 1; n <= trades; n++) {
    facts.push(...tradeStory(n, NOON + n * APART).facts);
    if (facts.length < 2_000 && n < trades) continue;
    const recorded = facts.splice(0).map((fact) => {
      sequence += 1;
      return { sequence, fact };
    });
    const applied = ledger.apply(recorded);
    if (!applied.ok) throw new Error(applied.error.detail);
  }
  ledger.close();
}
