/**
 * Bars of the past, and whether their end is the present.
 *
 * The venue gives the newest first and at most 20,000. Twice it was seen to give bars whose end had
 * stood still for over an hour, so while the market is open the newest must be young; what is not is
 * refused with its age, for numbers computed from such bars look perfectly well.
 */
import { sessionAt } from "../../core/model/calendar.ts";
import { type Instrument, priceToTicks } from "../../core/model/instrument.ts";
import { isoOf, parseIso } from "../../core/model/iso-time.ts";
import { type Millis, millis, type Ticks } from "../../core/model/units.ts";
import type { Clock } from "../../ports/clock.ts";
import { err, ok, type Result } from "../../std/result.ts";
import type { KnownContract } from "./contract-names.ts";
import type { Gateway } from "./gateway.ts";
import type { WireBar } from "./wire-types.ts";

export interface HistoryBar {
  /** When it begins. */
  readonly at: Millis;
  readonly open: Ticks;
  readonly high: Ticks;
  readonly low: Ticks;
  readonly close: Ticks;
  readonly volume: number;
}

export interface HistoryAsked {
  readonly contract: KnownContract;
  /** Of the account's kind: `false` where no real money is. */
  readonly live: boolean;
  readonly minutes: number;
  readonly count: number;
}

const MINUTE = 60_000;
const MINUTE_UNIT = 2;
const COUNT_MAX = 20_000;
/** A bar without a trade is left out, so some may be missing at the end. */
const BARS_LATE_MAX = 3;
const LATE_MAX = 5 * MINUTE;
/** Weekends and holidays hold no bars: asked for are this many times as long. */
const CLOSED_TIME = 4;

/** The newest `count` whole bars, oldest first. */
export function readBars(
  parts: { readonly gateway: Gateway; readonly clock: Clock },
  asked: HistoryAsked,
  done: (bars: Result<readonly HistoryBar[], string>) => void,
): void {
  const { gateway, clock } = parts;
  const { contract, live, minutes } = asked;
  const limit = Math.min(asked.count, COUNT_MAX);
  const now = clock.now();
  const from = now - limit * minutes * MINUTE * CLOSED_TIME;
  const call = {
    ...{ contractId: contract.id, live, limit, unit: MINUTE_UNIT, unitNumber: minutes },
    ...{ startTime: isoOf(millis(from)), endTime: isoOf(now), includePartialBar: false },
  };
  gateway.call("History/retrieveBars", call, "history", (called) => {
    if (called.kind !== "done") return done(err(`${contract.code}: no bars, ${called.reason}`));
    done(checked(called.value.bars, asked, clock.now()));
  });
}

function checked(
  rows: readonly WireBar[],
  { contract, minutes }: HistoryAsked,
  now: Millis,
): Result<readonly HistoryBar[], string> {
  const { code, instrument } = contract;
  const bars: HistoryBar[] = [];
  for (const row of rows) {
    const bar = barOf(row, instrument);
    if (bar === null) return err(`${code}: a bar of ${row.t} that cannot be read`);
    bars.push(bar);
  }
  bars.sort((one, other) => one.at - other.at);
  const newest = bars.at(-1);
  if (newest === undefined) return err(`${code}: the venue has no bars`);
  const age = now - (newest.at + minutes * MINUTE);
  const ageMax = Math.max(BARS_LATE_MAX * minutes * MINUTE, LATE_MAX);
  if (age > ageMax && wasOpen(instrument, now, ageMax)) {
    return err(`${code}: the newest bar ended ${Math.round(age / MINUTE)} min ago`);
  }
  return ok(bars);
}

/** Just after an open there is nothing new to be had. */
const wasOpen = ({ group }: Instrument, now: Millis, long: number): boolean =>
  sessionAt(group, now).open && sessionAt(group, millis(now - long)).open;

function barOf({ t, o, h, l, c, v }: WireBar, instrument: Instrument): HistoryBar | null {
  const at = parseIso(t);
  const [open, high, low, close] = [o, h, l, c].map((points) => priceToTicks(instrument, points));
  if (at === null || !open?.ok || !high?.ok || !low?.ok || !close?.ok) return null;
  const prices = { open: open.value, high: high.value, low: low.value, close: close.value };
  return { at, ...prices, volume: v };
}
