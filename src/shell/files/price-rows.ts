/**
 * Rows of a price file, checked one by one and kept in columns.
 *
 * The header decides what a row is; columns may come in any order, and those not named here are
 * passed over, so a chart's export loads as it is:
 *
 * | header                          | kind   |
 * |---------------------------------|--------|
 * | `time, open, high, low, close`  | bars   |
 * | `time, last, bid, ask[, size]`  | quotes |
 * | `time, price[, size]`           | trades |
 *
 * Prices must lie on the instrument's tick grid and times must not run backwards: a file that breaks
 * either is of another instrument, or has been tampered with by a spreadsheet. So has a row with more
 * fields than the header names: 6326,25 is one price to whoever writes decimal commas. A price four
 * times the one before it has a digit too many. Rows outside the exchange's sessions are real dirt in
 * real files; they are counted and left out, unless the venue they are for never closes.
 */

import { sessionAt } from "../../core/model/calendar.ts";
import type { Calendar } from "../../core/model/exchange-calendar.ts";
import {
  type Group,
  type Instrument,
  priceToTicks,
  showPrice,
} from "../../core/model/instrument.ts";
import type { Sessions } from "../../core/model/rules.ts";
import { type Millis, millis, ticks } from "../../core/model/units.ts";
import { type Bars, barsBuilder } from "../../core/paper/bars.ts";
import { type Tape, tapeBuilder } from "../../core/paper/tape.ts";
import { readTime, TIME_EXPECTED } from "./time-text.ts";

export type RowFaultKind =
  | "unknown-header"
  | "malformed-row"
  | "off-tick"
  | "time-backwards"
  | "bad-size"
  | "high-below-low"
  | "too-many-rows";

export interface RowFault {
  readonly kind: RowFaultKind;
  readonly expected: string;
  readonly found: string;
}

export type PriceKind = "bars" | "quotes" | "trades";

export interface PriceRows {
  readonly kind: PriceKind;
  /** Null when the row was kept, or left out as a stray. */
  take(fields: readonly string[]): RowFault | null;
  /** Rows kept so far. */
  kept(): number;
  /** Rows outside the sessions so far. */
  strays(): number;
  finish(): Tape | Bars;
}

export const HEADER_EXPECTED =
  "a header: time,open,high,low,close or time,last,bid,ask or time,price[,size]";

const BAR_PRICES = ["open", "high", "low", "close"] as const;
const QUOTE_PRICES = ["last", "bid", "ask"] as const;
const TRADE_PRICES = ["price"] as const;
const KINDS: readonly (readonly [PriceKind, readonly string[]])[] = [
  ["bars", BAR_PRICES],
  ["quotes", QUOTE_PRICES],
  ["trades", TRADE_PRICES],
];

export interface RowLimits {
  readonly rowsMax: number;
  /** Outside of them a row is a stray. */
  readonly sessions: Sessions;
  /** The exchange's days; left out: those the program ships. */
  readonly calendar?: Calendar | undefined;
}

/** What reads the rows under this header; null for a header nobody knows. */
export function priceRows(
  header: readonly string[],
  instrument: Instrument,
  { rowsMax, sessions, calendar }: RowLimits,
): PriceRows | null {
  const names = header.map((name) => name.trim().toLowerCase());
  const found = KINDS.find(([, prices]) =>
    [...prices, "time"].every((name) => names.includes(name)),
  );
  if (found === undefined) return null;
  const [kind, prices] = found;
  const layout: Layout = {
    fields: header.length,
    time: names.indexOf("time"),
    prices: prices.map((name) => ({ name, index: names.indexOf(name) })),
    size: kind === "bars" ? -1 : names.indexOf("size"),
  };
  const store = kind === "bars" ? barStore(instrument, rowsMax) : printStore(instrument, rowsMax);
  const isStray = sessions === "cme" ? strayFinder(instrument, calendar) : () => false;
  return { kind, ...rowsInto(store, layout, { instrument, isStray }) };
}

interface Layout {
  /** That a row may have; fewer is no harm where the rest is not read. */
  readonly fields: number;
  /** Indexes into a row; -1 where the file has no such column. */
  readonly time: number;
  readonly prices: readonly { readonly name: string; readonly index: number }[];
  readonly size: number;
}

/** Where checked rows go. Prices come in the order of the layout. */
interface Store {
  add(at: number, prices: readonly number[], size: number | null): RowFault | null;
  finish(): Tape | Bars;
}

interface Market {
  readonly instrument: Instrument;
  readonly isStray: (at: Millis) => boolean;
}

function rowsInto(
  store: Store,
  layout: Layout,
  { instrument, isStray }: Market,
): Omit<PriceRows, "kind"> {
  const prices = layout.prices.map(() => 0);
  let newest = Number.NEGATIVE_INFINITY;
  let kept = 0;
  let strays = 0;
  /** A price of the row before; zero before the first. */
  let before = 0;

  const readPrices = (fields: readonly string[]): RowFault | null => {
    for (const [place, { name, index }] of layout.prices.entries()) {
      const price = readPrice(instrument, name, fields[index] ?? "");
      if (typeof price !== "number") return price;
      prices[place] = price;
      const near = before === 0 ? (prices[0] ?? price) : before;
      if (isJump(instrument, near, price)) return jump(instrument, near, price);
    }
    return null;
  };

  return {
    take(fields) {
      if (fields.length > layout.fields && fields.slice(layout.fields).join("").trim() !== "") {
        return malformed(`${layout.fields} fields, as in the header`, String(fields.length));
      }
      const at = readTime((fields[layout.time] ?? "").trim());
      if (at === null) return malformed(TIME_EXPECTED, fields[layout.time] ?? "nothing");
      if (at < newest) return backwards(newest, at);
      const fault = readPrices(fields);
      if (fault !== null) return fault;
      const size = layout.size < 0 ? null : readSize(fields[layout.size] ?? "");
      if (size !== null && typeof size !== "number") return size;
      newest = at;
      before = prices[0] ?? 0;
      if (isStray(at)) {
        strays += 1;
        return null;
      }
      const refusal = store.add(at, prices, size);
      if (refusal === null) kept += 1;
      return refusal;
    },
    kept: () => kept,
    strays: () => strays,
    finish: store.finish,
  };
}

function printStore(instrument: Instrument, rowsMax: number): Store {
  const shape = { instrument: instrument.root, resolution: millis(0), printsMax: rowsMax };
  const tape = tapeBuilder(shape);
  return {
    add(at, [last = 0, bid = last, ask = last], size) {
      return tape.add(at, last, bid, ask, size) ? null : tooMany(rowsMax);
    },
    finish: tape.finish,
  };
}

function barStore(instrument: Instrument, rowsMax: number): Store {
  const bars = barsBuilder(instrument.root, rowsMax);
  let newest = Number.NEGATIVE_INFINITY;
  return {
    add(at, [open = 0, high = 0, low = 0, close = 0]) {
      // Two bars of one time are two answers to one question.
      if (at === newest) return backwards(newest, at);
      if (high < Math.max(open, low, close) || low > Math.min(open, close)) {
        const prices = [open, high, low, close].map((one) => showPrice(instrument, ticks(one)));
        const found = `open, high, low, close of ${prices.join(", ")}`;
        return { kind: "high-below-low", expected: "low <= open, close <= high", found };
      }
      newest = at;
      return bars.add({ at, open, high, low, close }) ? null : tooMany(rowsMax);
    },
    finish: bars.finish,
  };
}

/** Asks the calendar once a session, not once a row. */
function strayFinder({ group }: Instrument, calendar?: Calendar): (at: Millis) => boolean {
  let isOpen = false;
  let until = Number.NEGATIVE_INFINITY;
  return (at) => {
    if (at >= until) {
      const session = sessionAt(group, at, calendar);
      isOpen = session.open;
      until = session.open ? session.closesAt : session.opensAt;
    }
    return !isOpen;
  };
}

/** Oil did, on 2020-04-20: who has nowhere to put it pays to be rid of it. */
const MAY_FALL_BELOW_ZERO: readonly Group[] = ["energy"];

/** So many times another price nearby is a digit too many, or another instrument. */
const JUMP_MAX = 4;

/** What may fall below zero passes through every ratio on its way. */
const isJump = ({ group }: Instrument, near: number, price: number): boolean =>
  !MAY_FALL_BELOW_ZERO.includes(group) && (price > near * JUMP_MAX || price * JUMP_MAX < near);

const jump = (instrument: Instrument, near: number, price: number): RowFault =>
  malformed(
    `a price near the one before it, ${showPrice(instrument, ticks(near))}`,
    showPrice(instrument, ticks(price)),
  );

const DECIMAL = /^-?\d{1,9}(?:\.\d{0,12})?$/;

function readPrice(instrument: Instrument, name: string, field: string): number | RowFault {
  const text = field.trim();
  if (!DECIMAL.test(text)) return malformed(`a price under "${name}"`, text);
  if (Number(text) <= 0 && !MAY_FALL_BELOW_ZERO.includes(instrument.group)) {
    return malformed(`a price of ${instrument.root} above zero`, text);
  }
  const price = priceToTicks(instrument, Number(text));
  if (price.ok) return price.value;
  const tick = instrument.tickUnits / 10 ** instrument.decimals;
  const grid = `a multiple of ${tick.toFixed(instrument.decimals)}`;
  const expected = `a price of ${instrument.root}, ${grid}`;
  return { kind: "off-tick", expected, found: text };
}

function readSize(field: string): number | RowFault {
  const size = Number(field);
  if (/^\s*\d{1,9}\s*$/.test(field) && size > 0) return size;
  return { kind: "bad-size", expected: "a size of 1 or more", found: field.trim() };
}

const malformed = (expected: string, found: string): RowFault => ({
  kind: "malformed-row",
  expected,
  found: found === "" ? "nothing" : found,
});

const backwards = (newest: number, at: number): RowFault => ({
  kind: "time-backwards",
  expected: `a time after ${new Date(newest).toISOString()}`,
  found: new Date(at).toISOString(),
});

const tooMany = (rowsMax: number): RowFault => ({
  kind: "too-many-rows",
  expected: `at most ${rowsMax} rows; split the file`,
  found: "one more",
});
