/** Each way an entry is refused, and each way it is made smaller, with numbers and names to choose. */
import type { Cut } from "../../src/core/model/cut.ts";
import { accountId } from "../../src/core/model/ids.ts";
import type { Opponent, Refusal } from "../../src/core/model/refusal.ts";
import { DEFAULT_SCORE } from "../../src/core/model/score-table.ts";
import {
  contracts,
  type Millis,
  millis,
  money,
  type Ticks,
  ticks,
} from "../../src/core/model/units.ts";
import { scoreOf } from "../../src/core/risk/score.ts";

export interface Chosen {
  readonly name: string;
  /** Contracts, trades, ticks, dollars: as large as they get. */
  readonly count: number;
  readonly at: Millis;
}

type ByKind = { readonly [K in Refusal["kind"]]: Extract<Refusal, { readonly kind: K }> };

/** None can be forgotten: the table names them all. */
export function everyRefusal(chosen: Chosen): readonly Refusal[] {
  const plain = Object.values<Refusal>(refusals(chosen));
  const twice = plain.map((refusal) => ({
    ...refusal,
    micro: { instrument: "MES", refusal: refusals(chosen)["firm-cap"] } as const,
  }));
  return [...plain, ...twice];
}

function refusals({ name, count, at }: Chosen): ByKind {
  const price: Ticks = ticks(count);
  const usd = money(count * 10_000);
  const pair = { taken: count, limit: count };
  const opponent: Opponent = {
    ...{ account: accountId(name), name, quantity: count, trade: count },
    ...{ side: "long", instrument: "MES" },
  };
  const found = {
    ...{ stop: count, floor: count, streak: count, drawdown: count },
    ...{ concurrency: count, volatility: count, time: count, record: count },
  };
  const room = { scope: "firm-floor", limit: usd, lost: usd, open: usd, each: usd } as const;
  const cap = {
    unit: "minis",
    most: count,
    held: count,
    one: count,
    roots: ["ES", "MES"],
  } as const;
  const report = { report: name, at, from: at, until: at, below: true };
  return {
    "unknown-size": { kind: "unknown-size" },
    "no-push": { kind: "no-push", channels: [name, name] },
    "stop-wrong-side": { kind: "stop-wrong-side", entry: price, stop: price },
    "target-wrong-side": { kind: "target-wrong-side", entry: price, target: price },
    "stop-too-far": { kind: "stop-too-far", distance: price, limit: price },
    "stop-too-near": { kind: "stop-too-near", distance: price, limit: price },
    stale: { kind: "stale", age: at, limit: at },
    duplicate: { kind: "duplicate", of: name, sameStop: false },
    superseded: { kind: "superseded", by: name, after: at },
    "trades-per-day": { kind: "trades-per-day", ...pair },
    "position-size": { kind: "position-size", wanted: count, limit: count },
    probation: { kind: "probation", wanted: count, limit: count, date: count, of: count },
    "loss-per-trade": { kind: "loss-per-trade", risk: usd, limit: usd, open: usd },
    "daily-loss": { kind: "daily-loss", scope: "total", reached: count, limit: usd, until: at },
    "no-room": { kind: "no-room", ...room, floor: { cash: usd, at: usd, buffer: usd } },
    "firm-lost": { kind: "firm-lost", of: "floor", equity: usd, level: usd, since: at },
    "firm-locked": { kind: "firm-locked", limit: usd, until: at },
    "firm-product": { kind: "firm-product", plan: name, instrument: "MES" },
    "firm-hours": { kind: "firm-hours", plan: name, until: at, flatBy: at },
    "firm-news": {
      ...{ kind: "firm-news", plan: name, report: name, at, from: at, until: at, asks: "flat" },
    },
    "firm-mixing": { kind: "firm-mixing", plan: name, instrument: "MES", held: "ES" },
    "firm-cap": { kind: "firm-cap", plan: name, ...cap, news: report },
    breaker: { kind: "breaker", breaker: "slippage", measured: count, limit: count, until: at },
    "half-open": { kind: "half-open", breaker: "slippage", trade: count },
    "entries-per-minute": { kind: "entries-per-minute", ...pair },
    exposure: { kind: "exposure", scope: "total", family: "ES", wanted: count, limit: count },
    "part-trades": { kind: "part-trades", part: name, ...pair },
    "part-loss": { kind: "part-loss", part: name, of: "trade", loss: usd, limit: usd },
    score: { kind: "score", score: scoreOf(found, DEFAULT_SCORE), limit: count },
    "risk-too-small": { kind: "risk-too-small", risk: usd, budget: usd },
    "ratio-too-small": { kind: "ratio-too-small", quantity: count, ratio: count },
    "opposing-account": { kind: "opposing-account", family: "ES", ...opponent },
    "firm-hedging": {
      ...{ kind: "firm-hedging", family: "ES", ...opponent },
      correlated: { plan: name, group: name },
    },
    "no-account": { kind: "no-account", group: name },
    "queue-full": { kind: "queue-full", limit: count },
    "already-in-trade": { kind: "already-in-trade", trade: count },
    "opposite-open": { kind: "opposite-open", trade: count },
    "off-grid": { kind: "off-grid", instrument: "MES" },
    "not-traded": { kind: "not-traded", instrument: "MES" },
    "no-price": { kind: "no-price", instrument: "MES" },
    "stale-price": { kind: "stale-price", age: at, limit: at },
    collar: { kind: "collar", last: price, alerted: price, limit: price },
    "too-far-gone": { kind: "too-far-gone", price, limit: price },
    "stop-touched": { kind: "stop-touched", price, stop: price },
    "target-passed": { kind: "target-passed", price, target: price },
    "market-closed": { kind: "market-closed", reason: name, opensAt: at },
    "cut-off": { kind: "cut-off", cutOff: at, opensAt: at },
    "outside-hours": { kind: "outside-hours", opensAt: at, until: at },
    news: { kind: "news", name, until: at },
    "locked-out": { kind: "locked-out", until: at },
    unattended: { kind: "unattended", since: at, limit: millis(count) },
    "switched-off": { kind: "switched-off", since: at },
    gate: { kind: "gate", gate: "halted", reason: name },
    "not-settled": { kind: "not-settled" },
    "link-down": { kind: "link-down" },
    "clock-off": { kind: "clock-off", offset: millis(count), limit: millis(count) },
    "closed-by-hand": { kind: "closed-by-hand", instrument: "MES", trade: count },
    "outcome-unknown": { kind: "outcome-unknown", trade: count },
  };
}

type CutByWhy = { readonly [K in Cut["why"]]: Extract<Cut, { readonly why: K }> };

export function everyCut(chosen: Chosen): readonly Cut[] {
  const { name, count } = chosen;
  const usd = money(count * 10_000);
  const size = { from: contracts(count), to: contracts(count) };
  const { "firm-cap": capped, "no-room": room } = refusals(chosen);
  const { kind: _, ...cap } = capped;
  const { kind: __, ...left } = room;
  const counted = { family: "ES", limit: count, held: count } as const;
  const cuts: CutByWhy = {
    ratio: { why: "ratio", ratio: count, ...size },
    probation: { why: "probation", date: count, of: count, ...size },
    "half-open": { why: "half-open", breaker: "slippage", ...size },
    "half-size": { why: "half-size", scope: "total", share: count, limit: usd, ...size },
    "firm-cap": { why: "firm-cap", ...size, ...cap },
    room: { why: "room", ...size, ...left },
    micro: {
      ...{ why: "micro", instrument: "ES", micro: "MES", ratio: 10, refusal: capped, ...size },
    },
    "loss-per-trade": {
      ...{ why: "loss-per-trade", limit: usd, open: usd, each: usd, part: name, ...size },
    },
    "position-size": { why: "position-size", ...counted, ...size },
    exposure: { why: "exposure", scope: "total", ...counted, ...size },
    score: { why: "score", total: count, share: count, ...size },
  };
  return Object.values<Cut>(cuts);
}
