import { step } from "../src/core/engine.ts";
import { accountId } from "../src/core/model/ids.ts";
import { dollars, millis, ticks } from "../src/core/model/units.ts";
import { initialState } from "../src/core/state.ts";
import { FREE_RULES, settingsFor } from "./kit/house.ts";
import { alertOf, entryOf } from "./kit/alerts.ts";
import { OPENING } from "./kit/trading-day.ts";
const N = Number(process.argv[2] ?? 1);
const accounts = settingsFor(N, FREE_RULES).accounts;
const q = (n: number) => { const l = ticks(entryOf(n) * 4); return [{ instrument: "ES" as const, at: OPENING, last: l, bid: l, ask: ticks(l + 1), high: l, low: l }, { instrument: "MES" as const, at: OPENING, last: l, bid: l, ask: ticks(l + 1), high: l, low: l }]; };
let s = step(initialState, { kind: "start", at: OPENING, quotes: [], mode: "paper", version: "b", settings: settingsFor(N, FREE_RULES), priceAgeMax: millis(60000), balances: accounts.map((a) => ({ account: a.id, balance: dollars(50000) })) }).state;
for (const a of accounts) s = step(s, { kind: "report", at: OPENING, quotes: q(0), report: { kind: "snapshot", account: a.id, askedAt: OPENING, balance: dollars(50000), positions: [], orders: [], fills: [] } as any }).state;
const R = Number(process.argv[3] ?? 20000);
for (let rep = 0; rep < 3; rep++) {
  const t = performance.now();
  for (let i = 0; i < R; i++) {
    let st = s;
    const quotes = q(i);
    let r = step(st, { kind: "message", at: OPENING, quotes, message: alertOf(i, OPENING), tradable: true, authors: null, from: 0 });
    if (i === 0 && rep === 0) console.log(r.facts.length, r.effects.map((e) => e.kind).join(), r.facts.map((f) => f.kind).slice(0, 3));
    for (;;) { const f = r.effects.find((e) => e.kind === "FanOut") as any; if (!f) break; r = step(r.state, { ...f.input, at: OPENING, quotes }); }
  }
  const ms = performance.now() - t;
  console.log((ms * 1000 / R).toFixed(2), "us per alert", (ms * 1000 / R / N).toFixed(2), "us per account");
}
