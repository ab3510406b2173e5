/**
 * A storm that ends early, has a report in the middle, a firm that wants nothing held around one, or an
 * operator who has had enough.
 *
 * ```text
 * cut-off    08:30 ──── 08:44 no entry ─ 08:45 all is left ──────
 * news       08:30 ── 08:37 ░░░ no entry ░░░ 08:47 ──────────────
 * firm-news  08:30 ──── 08:40 ░ nothing held ░ 08:44 ────────────   by the firm's rule alone
 * lock-out   08:30 ──── 08:40 ░ no entry, whatever is said ░ 08:48
 * ```
 *
 * The judge reads nothing but the journal, and knows these minutes by itself.
 */
import type { Command } from "../../src/core/model/command.ts";
import type { Fact } from "../../src/core/model/fact.ts";
import type { FirmPlan, NewsRule } from "../../src/core/model/firm-plan.ts";
import type { HoursRules } from "../../src/core/model/hours.ts";
import type { NewsSeries } from "../../src/core/model/news.ts";
import { tradeDate } from "../../src/core/model/trade-date.ts";
import { millis } from "../../src/core/model/units.ts";

export type StormHours = "usual" | "cut-off" | "news" | "firm-news" | "lock-out";

const MINUTE = 60_000;
const DAY = tradeDate("2026-03-10");
/** Half past eight in Chicago, in minutes. */
const OPENING = 8 * 60 + 30;

const LAST_ENTRY = 14;
const FLAT = 15;
/** A crash may last a minute, and what is held is not known before the venue has been heard. */
const FLAT_WITHIN = 2;
const NEWS = { from: 7, until: 17 };
const REPORT = 12;
const LOCKED = { from: 10, until: 18 };

export function hoursIn(kind: StormHours, usual: HoursRules): HoursRules {
  // The house looks away: whoever keeps clear of the report does it for the firm.
  if (kind === "firm-news") return { ...usual, news: null };
  return kind === "cut-off"
    ? { ...usual, entriesUntil: OPENING + LAST_ENTRY, flatFrom: OPENING + FLAT }
    : usual;
}

/** `start` is the opening. */
export const newsIn = (kind: StormHours, start: number): readonly NewsSeries[] =>
  kind === "news" || kind === "firm-news"
    ? [
        {
          name: "a report",
          source: "the storm",
          verified: DAY,
          validUntil: DAY,
          times: [millis(start + REPORT * MINUTE)],
        },
      ]
    : [];

export const asksFlat = ({ action }: NewsRule): boolean => action.kind === "flat";

interface Said {
  readonly at: number;
  readonly command: Command;
}

/** He locks himself out, regrets it, and says so in every way there is. */
export function commandsIn(kind: StormHours, start: number): readonly Said[] {
  if (kind !== "lock-out") return [];
  const until = millis(start + LOCKED.until * MINUTE);
  const sooner = millis(until - 6 * MINUTE);
  const at = (minute: number): number => start + minute * MINUTE;
  return [
    { at: at(LOCKED.from), command: { kind: "lockout", until, account: null } },
    // Once more, in case the program was down.
    { at: at(LOCKED.from + 2), command: { kind: "lockout", until, account: null } },
    { at: at(LOCKED.from + 3), command: { kind: "resume" } },
    { at: at(LOCKED.from + 4), command: { kind: "lockout", until: sooner, account: null } },
  ];
}

/** What the journal shows against them, one line each. */
export function brokenHours(
  kind: StormHours,
  start: number,
  facts: readonly Fact[],
  rules: FirmPlan["news"] = [],
): readonly string[] {
  switch (kind) {
    case "usual":
      return [];
    case "cut-off":
      return [
        ...entriesBetween(facts, start + LAST_ENTRY * MINUTE, Number.POSITIVE_INFINITY),
        ...heldPast(facts, start + FLAT * MINUTE),
      ];
    case "news":
      return entriesBetween(facts, start + NEWS.from * MINUTE, start + NEWS.until * MINUTE);
    case "firm-news":
      return (rules ?? []).filter(asksFlat).flatMap(({ before, after }) => {
        const report = start + REPORT * MINUTE;
        return [
          ...entriesBetween(facts, report - before, report + after),
          ...heldPast(facts, report - before),
        ];
      });
    case "lock-out": {
      const locked = facts.find((fact) => fact.kind === "LockedOut");
      if (locked === undefined) return [];
      const early = facts.filter(
        (fact) => fact.kind === "LockedOut" && fact.until !== locked.until,
      );
      return [
        ...early.map((fact) => `the lock-out was moved: ${JSON.stringify(fact)}`),
        ...entriesBetween(facts, locked.at + 1, locked.until),
      ];
    }
  }
}

const entriesBetween = (facts: readonly Fact[], from: number, until: number): readonly string[] =>
  facts
    .filter(({ kind }) => kind === "TradePlanned" || kind === "EntrySent")
    .filter(({ at }) => at >= from && at < until)
    .map((fact) => `${fact.kind} ${"trade" in fact ? fact.trade : ""} at ${clock(fact.at)}`);

/** Trades that were on at the cut-off and nobody began to leave. */
function heldPast(facts: readonly Fact[], flat: number): readonly string[] {
  const on = new Set<string>();
  for (const fact of facts) {
    if (!("trade" in fact) || fact.trade === null || fact.at > flat + FLAT_WITHIN * MINUTE)
      continue;
    if (fact.kind === "TradePlanned" && fact.at < flat) on.add(fact.trade);
    if (ENDINGS.has(fact.kind)) on.delete(fact.trade);
  }
  return [...on].map((trade) => `${trade} is held past ${clock(flat)} and nobody leaves`);
}

/** A trade that was handed to a person is the person's. */
const ENDINGS: ReadonlySet<Fact["kind"]> = new Set<Fact["kind"]>([
  "ExitBegun",
  "TradeClosed",
  "TradeAbandoned",
  "TradeReleased",
]);

const clock = (at: number): string => new Date(at).toISOString().slice(11, 23);
