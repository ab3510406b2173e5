/**
 * What a contract costs to trade, by date.
 *
 * Half of a round turn is booked at each fill, so an open trade already carries what it has cost.
 * The table holds TopstepX's published totals (commission + NFA + exchange) in dollars per contract
 * and round turn: help article 8284213 as of 23 September 2026. A fill keeps the fee of its own
 * trade date for ever, hence the dated rows; fees the venue reports itself win over any table.
 *
 * Known: every figure in force in September 2026; 0.74 for a micro index contract in 2025, 1.24 in
 * June 2026; 0.36 of fees and 0.25 of commission a side, which is 1.22, captured in mid-August and in
 * force in September 2026; 2.80 for an E-mini before today's 3.78.
 * Inferred: the days on which those changed (first of the month), that NQ, YM, RTY and their micros
 * changed together with ES and MES (they share a line in the source), and MCL from October 2026.
 * Products without a known history have one row for all time.
 */
import type { Root } from "./instrument.ts";
import { type TradeDate, tradeDate } from "./trade-date.ts";
import { dollars, type Money, money } from "./units.ts";

export type FeeSchedule =
  | { readonly kind: "table" }
  /** The same for every contract, whatever the date. */
  | { readonly kind: "flat"; readonly roundTurn: Money }
  | { readonly kind: "none" };

interface FeeRow {
  readonly effectiveFrom: TradeDate;
  readonly roundTurn: Money;
}

/** Oldest first, and never empty: the first row also serves every date before it. */
type FeeRows = readonly [FeeRow, ...FeeRow[]];

const since = (date: string, roundTurn: number): FeeRow => ({
  effectiveFrom: tradeDate(date),
  roundTurn: dollars(roundTurn),
});

const always = (roundTurn: number): FeeRows => [since("2020-01-01", roundTurn)];

const INDEX: FeeRows = [since("2025-01-01", 2.8), since("2026-06-01", 3.78)];
const MICRO_INDEX: FeeRows = [
  since("2025-01-01", 0.74), // no commission yet
  since("2026-06-01", 1.24), // + 0.50 commission
  since("2026-08-01", 1.22), // NFA 0.04 -> 0.02
];

const ROUND_TURNS: Readonly<Record<Root, FeeRows>> = {
  ES: INDEX,
  NQ: INDEX,
  YM: INDEX,
  RTY: INDEX,
  MES: MICRO_INDEX,
  MNQ: MICRO_INDEX,
  MYM: MICRO_INDEX,
  M2K: MICRO_INDEX,
  CL: always(4.02),
  MCL: [since("2020-01-01", 1.52), since("2026-10-01", 1.72)],
  NG: always(4.22),
  GC: always(4.32),
  MGC: always(1.92),
  SI: always(4.32),
  SIL: always(2.72),
  ZB: always(2.76),
  ZN: always(2.62),
  ZF: always(2.32),
  ZT: always(2.32),
  "6E": always(4.22),
  M6E: always(1),
};

/** Dollars to book for one contract filled on that trade date, entry or exit alike. */
export function feePerSide(schedule: FeeSchedule, root: Root, date: TradeDate): Money {
  switch (schedule.kind) {
    case "table":
      return half(roundTurnOn(ROUND_TURNS[root], date));
    case "flat":
      return half(schedule.roundTurn);
    case "none":
      return money(0);
  }
}

const roundTurnOn = (rows: FeeRows, date: TradeDate): Money =>
  (rows.findLast((row) => row.effectiveFrom <= date) ?? rows[0]).roundTurn;

/** Whole cents always halve exactly; an odd ten-thousandth of a flat fee is charged, not lost. */
const half = (roundTurn: Money): Money => money(Math.ceil(roundTurn / 2));
