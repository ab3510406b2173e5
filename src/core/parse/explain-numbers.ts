/**
 * Where each number of an outcome comes from: it stands in the message, or follows from two that do.
 *
 * ```text
 * ES long 6326, 10 pt stop  ──►  entry 6326: in "es long 6326"
 *                                stop 6316: 10 from the entry, in "10 pt stop"
 * ```
 */
import type { Alert } from "../model/alert.ts";
import { ticksToPoints } from "../model/instrument.ts";
import { instrumentOf } from "../model/instruments.ts";
import type { Tracked } from "../model/tracked.ts";
import type { Ticks } from "../model/units.ts";
import type { Update } from "../model/update.ts";
import type { Parsed } from "./outcome.ts";
import { type Token, tokenAt } from "./tokens.ts";

interface Figure {
  readonly name: string;
  readonly value: number;
  /** The entry it may have been counted from; null for prices that stand alone. */
  readonly entry: number | null;
}

export function numberLines(tokens: readonly Token[], parsed: Parsed): readonly string[] {
  const figures = figuresOf(parsed);
  const used = new Set<number>();
  const lines = figures.map((figure) => {
    const origin = originOf(tokens, figure, used);
    if (origin.at !== null) used.add(origin.at);
    return origin;
  });
  const unused = tokens.flatMap(({ kind, text }, at) =>
    kind === "number" && !used.has(at) ? [text] : [],
  );
  const all = lines.map(({ line }) => line);
  return unused.length === 0 ? all : [...all, `no price of it: ${unused.slice(0, 20).join(", ")}`];
}

function figuresOf(parsed: Parsed): readonly Figure[] {
  switch (parsed.kind) {
    case "entries":
      return [...parsed.entries.flatMap(ofAlert), ...parsed.before.flatMap(ofUpdate)];
    case "update":
      return parsed.updates.flatMap(ofUpdate);
    case "tracked":
      return parsed.tracked.flatMap(ofTracked);
    default:
      return [];
  }
}

function ofAlert(alert: Alert): readonly Figure[] {
  const points = (price: Ticks): number => ticksToPoints(instrumentOf(alert.instrument), price);
  const entry = points(alert.entry);
  const name = alert.instrument;
  return [
    { name: `${name} entry`, value: entry, entry: null },
    { name: `${name} stop`, value: points(alert.stop), entry },
    ...alert.targets.map((target) => ({ name: `${name} target`, value: points(target), entry })),
  ];
}

function ofUpdate(update: Update): readonly Figure[] {
  if (update.action === "move_stop") return [{ name: "new stop", value: update.stop, entry: null }];
  const price = "price" in update ? update.price : null;
  return price === null ? [] : [{ name: `price of ${update.action}`, value: price, entry: null }];
}

function ofTracked(tracked: Tracked): readonly Figure[] {
  const { contract, quantity } = tracked;
  const figure = (name: string, value: number | null): readonly Figure[] =>
    value === null ? [] : [{ name: `${contract.symbol} ${name}`, value, entry: null }];
  const strike = contract.asset === "option" ? figure("strike", contract.strike) : [];
  const first = [...figure("quantity", quantity), ...strike];
  if (tracked.kind === "update") return [...first, ...figure("price", tracked.price)];
  const { entry, stop, stopPct, targets, targetsPct } = tracked;
  return [
    ...[...first, ...figure("entry", entry), ...figure("stop", stop)],
    ...[...figure("stop in %", stopPct), ...targets.flatMap((one) => figure("target", one))],
    ...targetsPct.flatMap((one) => figure("target in %", one)),
  ];
}

interface Origin {
  readonly line: string;
  readonly at: number | null;
}

function originOf(
  tokens: readonly Token[],
  { name, value, entry }: Figure,
  used: ReadonlySet<number>,
): Origin {
  const written = numberIn(tokens, value, used);
  if (written !== null) {
    return { line: `${name} ${value}: in "${around(tokens, written)}"`, at: written };
  }
  const distance = entry === null ? value : Math.abs(value - entry);
  const counted = numberIn(tokens, distance, used);
  if (counted !== null) {
    const where = `in "${around(tokens, counted)}"`;
    return { line: `${name} ${value}: ${distance} from the entry, ${where}`, at: counted };
  }
  return { line: `${name} ${value}: not in the words of this message itself`, at: null };
}

/** A hundred-thousandth is finer than any tick. */
const isSame = (a: number, b: number): boolean => Math.abs(Math.abs(a) - b) < 0.00001;

/** "BTO 3 META 770C @ 3.00": rather where no other figure stands. */
function numberIn(
  tokens: readonly Token[],
  value: number,
  used: ReadonlySet<number>,
): number | null {
  const places = tokens.flatMap(({ kind, value: written }, at) =>
    kind === "number" && isSame(written, value) ? [at] : [],
  );
  return places.find((at) => !used.has(at)) ?? places[0] ?? null;
}

/** Three words before it and two behind, inside its line. */
function around(tokens: readonly Token[], at: number): string {
  let from = at;
  let to = at + 1;
  while (from > at - 3 && isWord(tokenAt(tokens, from - 1))) from -= 1;
  while (to < at + 3 && isWord(tokenAt(tokens, to))) to += 1;
  return tokens
    .slice(from, to)
    .map(({ text }) => text)
    .join(" ");
}

const isWord = ({ kind }: Token): boolean => kind !== "newline" && kind !== "end";
