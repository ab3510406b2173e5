/**
 * The line that stays at the bottom of a terminal while the program runs: how everything stands, at a
 * glance.
 *
 * ```text
 * PAPER active | long 3 MES, stop 6316.00 | open $37.50 | day $52.50 | MES 0.4 s | discord ok | venue ok | entries 2 h 13 min | 09:47:05 CT, 16:47:05 Europe/Berlin
 * ```
 *
 * On a narrow screen what matters least is left out, never cut in half: first the clocks, at last
 * all but the mode and the position. What is wrong is said in capitals and stays longer.
 */
import type { Account, Gate } from "../model/account.ts";
import type { Instrument } from "../model/instrument.ts";
import { showPrice } from "../model/instrument.ts";
import { instrumentOf } from "../model/instruments.ts";
import type { Quote } from "../model/quote.ts";
import type { Trade } from "../model/trade.ts";
import { heldOf } from "../model/trade-sums.ts";
import { type Millis, millis, money } from "../model/units.ts";
import { showDuration, showMoney } from "../model/wording.ts";
import { markOf } from "../risk/day.ts";
import { clean, cutTo, widthOf } from "./plain-text.ts";
import { formatTime } from "./timeline.ts";
import { type TradeRow, tradeRows } from "./trades.ts";

export interface Moment {
  readonly at: Millis;
  readonly mode: "paper" | "live" | "demo";
  /** Those of the settings, twins apart. */
  readonly accounts: readonly Account[];
  /** Not over. */
  readonly trades: readonly Trade[];
  readonly quotes: readonly Quote[];
  readonly quoteAgeMax: Millis;
  /** By name. */
  readonly sources: Readonly<
    Record<string, { readonly state: "up" | "down"; readonly at: Millis }>
  >;
  /** Entries end then; null: not any more today. */
  readonly cutOff: Millis | null;
  /** What the clock here shows, with the name of its zone; null where that is Chicago's. */
  readonly local: string | null;
}

interface Part {
  readonly text: string;
  /** The lowest stays longest. */
  readonly rank: number;
}

/** A part that says what is wrong outlives the rest. */
const WRONG = 2;

export function bottomLine(moment: Moment, columns: number): string {
  let parts: readonly Part[] = [
    { text: `${moment.mode.toUpperCase()} ${gateText(moment.accounts)}`, rank: 0 },
    { text: positionText(moment.trades), rank: 1 },
    ...openParts(moment),
    { text: dayText(moment.accounts), rank: 3 },
    quotePart(moment),
    ...sourceParts(moment),
    venuePart(moment),
    { text: cutOffText(moment), rank: 7 },
    { text: clockText(moment), rank: 8 },
  ];
  while (parts.length > 1 && widthOf(joined(parts)) > columns) {
    const most = Math.max(...parts.map(({ rank }) => rank));
    const at = parts.findLastIndex(({ rank }) => rank === most);
    parts = parts.filter((_, index) => index !== at);
  }
  return cutTo(joined(parts), columns).replace("…", ".");
}

const joined = (parts: readonly Part[]): string => parts.map(({ text }) => text).join(" | ");

/** From the best to the worst; of several accounts the worst is told, and how many. */
const GATES: readonly Gate[] = ["active", "reducing", "halted"];

function gateText(accounts: readonly Account[]): string {
  const gates = accounts.map(({ gate }) => gate);
  const worst = GATES.findLast((gate) => gates.includes(gate)) ?? "active";
  if (worst === "active") return worst;
  const count = gates.filter((gate) => gate === worst).length;
  return count === gates.length
    ? worst.toUpperCase()
    : `${worst.toUpperCase()} on ${count} of ${gates.length}`;
}

function positionText(trades: readonly Trade[]): string {
  const rows = tradeRows(trades);
  const held = rows.filter(({ held: contracts }) => contracts > 0);
  const [first] = held;
  if (first === undefined) return rows.length === 0 ? "flat" : "flat, an entry rests";
  const more = held.length === 1 ? "" : ` and ${held.length - 1} more`;
  return `${heldText(first)}${more}`;
}

function heldText({ side, held, instrument, stop }: TradeRow): string {
  const of: Instrument = instrumentOf(instrument);
  const where = stop === null ? "NO STOP" : `stop ${showPrice(of, stop)}`;
  return `${side} ${held} ${instrument}, ${where}`;
}

/** What is open, if it were left at the prices of this moment; the day is what is closed. */
function openParts({ trades, quotes }: Moment): readonly Part[] {
  const held = trades.filter((one) => heldOf(one) !== 0);
  if (held.length === 0) return [];
  const quoteOf = ({ root }: Instrument) => quotes.find((one) => one.instrument === root) ?? null;
  const isKnown = held.every((one) => quoteOf(instrumentOf(one.plan.instrument)) !== null);
  const sum = held.reduce((all, one) => all + markOf(one, { quoteOf }), 0);
  return [{ text: `open ${isKnown ? showMoney(money(sum)) : "unknown"}`, rank: 3 }];
}

const dayText = (accounts: readonly Account[]): string =>
  `day ${showMoney(money(accounts.reduce((sum, one) => sum + one.realisedToday, 0)))}`;

/** The oldest is the one to know of. */
function quotePart({ quotes, at, quoteAgeMax }: Moment): Part {
  const [oldest] = quotes.toSorted((a, b) => a.at - b.at);
  if (oldest === undefined) return { text: "NO PRICES", rank: WRONG };
  const age = Math.max(0, at - oldest.at);
  const text = `${oldest.instrument} ${ageText(age)}`;
  return age > quoteAgeMax ? { text: `${text} OLD`, rank: WRONG } : { text, rank: 4 };
}

/** Tenths of a second at first, then whole ones. */
function ageText(age: number): string {
  const tenths = Math.round(age / 100) * 100;
  return showDuration(millis(tenths < 10_000 ? tenths : Math.round(age / 1_000) * 1_000));
}

const sourceParts = ({ sources, at }: Moment): readonly Part[] =>
  Object.entries(sources).map(([name, { state, at: since }]) =>
    state === "up"
      ? { text: `${clean(name)} ok`, rank: 6 }
      : { text: `${clean(name)} DEAF ${ageText(at - since)}`, rank: WRONG },
  );

function venuePart({ accounts, at }: Moment): Part {
  const downs = accounts.flatMap(({ link }) => (link?.state === "down" ? [link.at] : []));
  if (downs.length > 0)
    return { text: `venue DOWN ${ageText(at - Math.min(...downs))}`, rank: WRONG };
  return accounts.every(({ settled }) => settled)
    ? { text: "venue ok", rank: 5 }
    : { text: "venue NOT COMPARED", rank: WRONG };
}

/** Minutes do while there are hours. */
function cutOffText({ cutOff, at }: Moment): string {
  if (cutOff === null) return "no entries any more";
  const left = cutOff - at;
  const whole =
    left >= 60_000 ? Math.floor(left / 60_000) * 60_000 : Math.floor(left / 1_000) * 1_000;
  return `entries ${showDuration(millis(whole))}`;
}

const clockText = ({ at, local }: Moment): string =>
  local === null ? formatTime(at) : `${formatTime(at)}, ${clean(local)}`;
