import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { createLoop } from "../src/app/loop.ts";
import { DEFAULT_VENUE } from "../src/core/paper/settings.ts";
import { accountId } from "../src/core/model/ids.ts";
import { dollars, millis, ticks } from "../src/core/model/units.ts";
import { accountOf, initialState } from "../src/core/state.ts";
import { fixedMarket } from "../src/shell/paper/fixed-market.ts";
import { PaperBroker } from "../src/shell/paper/broker.ts";
import { openJournal } from "../src/shell/sqlite/journal.ts";
import { openPaperBook } from "../src/shell/sqlite/paper-book.ts";
import { FREE_RULES, settingsFor } from "./kit/house.ts";
import { alertOf, entryOf } from "./kit/alerts.ts";
import { tradingDay } from "./kit/trading-day.ts";
import { until, nextTurn } from "./kit/turns.ts";
import { spreadOf, distributionOf } from "./kit/distribution.ts";

const folder = mkdtempSync(process.argv[2] ?? "/dev/shm/zz-");
const clock = tradingDay();
const at = clock.now();
const journal = (openJournal(join(folder, "journal.db"), { at }) as any).value;
const book = (openPaperBook(join(folder, "paper.db"), { at }) as any).value;
const marks: Record<string, number[]> = {};
let last = 0, on = false;
const mark = (n: string) => { if (!on) return; const t = performance.now(); (marks[n] ??= []).push((t - last) * 1000); last = t; };
const j2 = { ...journal, append: (f: any) => { mark("1 decided"); const r = journal.append(f); mark("2 committed"); return r; } };
const b2 = { ...book, append: (e: any) => { mark("5 venue applied"); const r = book.append(e); mark("6 venue book"); return r; } };
const market = fixedMarket(clock);
const accounts = [accountId("paper-1")];
const broker = new PaperBroker({ clock, marketData: market, book: b2, log: { write() {} }, settings: { venue: { ...DEFAULT_VENUE, brackets: "native", slippage: ticks(0) }, latency: millis(0), sessions: "always-open", accounts: accounts.map((account) => ({ account, balance: dollars(50000), fees: FREE_RULES.fees })), checkpointAfter: 5000 } });
const br2 = { brackets: "native" as const, open: (l: any) => broker.open(l), send: (r: any) => { mark("3 executor reached"); broker.send(r); mark("4 sent"); }, ask: (a: any, s: any) => broker.ask(a, s), close() {} };
let closed = 0, answered = 0;
const loop = createLoop({ clock, log: { write() {} }, journal: j2, broker: br2, market, lifeboat: { save: () => true, load: () => [], clear() {} }, audience: [{ told(rec) { for (const { fact } of rec) if (fact.kind === "TradeClosed") closed++; } }], followed: ["ES", "MES"] }, initialState);
let movedAt = clock.now();
async function price(points: number) { await until(() => clock.now() > movedAt, "ms"); movedAt = clock.now(); const l = ticks(points * 4); for (const i of ["ES", "MES"] as const) market.setQuote({ instrument: i, at: movedAt, last: l, bid: l, ask: ticks(l + 1), high: l, low: l }); }
await price(6326);
br2.open((report: any) => { if (on && report.kind === "answer") { mark("7 answer"); on = false; answered++; } loop.offer({ kind: "report", report }); });
loop.offer({ kind: "start", mode: "paper", version: "b", settings: settingsFor(1, FREE_RULES), priceAgeMax: millis(60000), balances: accounts.map((account) => ({ account, balance: dollars(50000) })) });
await until(() => loop.state().settings.accounts.length === 1 && accountOf(loop.state(), accounts[0]!).settled, "settled");
const N = Number(process.argv[3] ?? 2000);
const all: number[] = [];
const gap = Number(process.argv[4] ?? 0);
for (let n = 0; n < N; n++) {
  if (gap > 0) { const w = performance.now(); await until(() => performance.now() > w + gap, "gap"); }
  for (let i = 0; i < 6; i++) await nextTurn();
  const message = alertOf(n, clock.now());
  const t0 = performance.now(); last = t0; on = true;
  loop.offer({ kind: "message", message, tradable: true, authors: null, from: 0 });
  await until(() => answered === n + 1, "answer");
  all.push((last - t0) * 1000);
  for (let i = 0; i < 6; i++) await nextTurn();
  loop.offer({ kind: "command", command: { kind: "close", trade: n + 1 } });
  await until(() => closed === n + 1, "closed");
}
for (const [k, v] of Object.entries(marks).sort()) { const d = distributionOf(v); console.log(k.padEnd(22), v.length, d.p50.toFixed(1), d.p90.toFixed(1), d.p99.toFixed(1)); }
const d = distributionOf(all); console.log("all", d.p50.toFixed(1), d.p90.toFixed(1), d.p99.toFixed(1));
for (let i = 0; i < N; i += N / 8) console.log(i, spreadOf(all.slice(i, i + N / 8)).median.toFixed(0));
rmSync(folder, { recursive: true });
process.exit(0);
