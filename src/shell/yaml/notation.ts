/**
 * How a person writes the values of a configuration: every number that has a unit carries it.
 *
 * ```text
 * distance   7 points   28 ticks   0.7 R   price 6340        share   50%   12.5%
 * chase      20% of stop   2 points                          span    1 to 30 points
 * duration   500ms   10s   5m   1h                           fees    table   none   flat   flat 2.50
 * ```
 *
 * Each notation has a pattern (which editors know too), a reader that answers null to what it
 * cannot read, and a writer whose text reads back as the same value.
 */
import type { FeeSchedule } from "../../core/model/fees.ts";
import type { Chase, Distance } from "../../core/model/rules.ts";
import { dollars, type Millis, millis, toDollars } from "../../core/model/units.ts";

/** A smallest and a largest distance, points. */
export interface Span {
  readonly min: number;
  readonly max: number;
}

export interface Notation<Value> {
  readonly pattern: RegExp;
  /** What a person is told who wrote something else. */
  readonly expected: string;
  readonly read: (text: string) => Value | null;
  readonly write: (value: Value) => string;
}

/** At most nine digits on either side of the point: no exponent, no sign, no separators. */
const NUMBER = "\\d{1,9}(?:\\.\\d{1,9})?";
const POINTS = `(${NUMBER}) ?points?`;

const patternOf = (...forms: readonly string[]): RegExp => new RegExp(`^(?:${forms.join("|")})$`);

/** "1 point", "7 points". */
const withUnit = (value: number, unit: "point" | "tick"): string =>
  `${value} ${unit}${value === 1 ? "" : "s"}`;

export const distance: Notation<Distance> = notation(
  patternOf(POINTS, "(\\d{1,9}) ?ticks?", `(${NUMBER}) ?R`, `price (${NUMBER})`),
  'a distance above 0 such as "7 points", "28 ticks", "0.7 R" or "price 6340"',
  ([points, ticks, r, price]) => {
    if (points !== undefined) return above0({ unit: "points", value: Number(points) });
    if (ticks !== undefined) return above0({ unit: "ticks", value: Number(ticks) });
    if (r !== undefined) return above0({ unit: "r", value: Number(r) });
    return above0({ unit: "price", value: Number(price) });
  },
  ({ unit, value }) => {
    if (unit === "points") return withUnit(value, "point");
    if (unit === "ticks") return withUnit(value, "tick");
    return unit === "r" ? `${value} R` : `price ${value}`;
  },
);

const above0 = (value: Distance): Distance | null => (value.value > 0 ? value : null);

/** A distance where only points make sense, as a number of them. */
export const points: Notation<number> = notation(
  patternOf(POINTS),
  'a distance above 0 such as "10 points"',
  ([text]) => (Number(text) > 0 ? Number(text) : null),
  (value) => withUnit(value, "point"),
);

export const span: Notation<Span> = notation(
  patternOf(`(${NUMBER}) to ${POINTS}`),
  'a smallest and a larger distance such as "1 to 30 points"',
  ([min, max]) =>
    Number(min) > 0 && Number(min) < Number(max) ? { min: Number(min), max: Number(max) } : null,
  ({ min, max }) => `${min} to ${withUnit(max, "point")}`,
);

export const chase: Notation<Chase> = notation(
  patternOf("(\\d{1,3}(?:\\.\\d)?) ?% of stop", POINTS),
  'a share of the stop distance up to 100 % such as "20% of stop", or "2 points"',
  ([percent, distanceInPoints]) => {
    if (percent === undefined) return { unit: "points", value: Number(distanceInPoints) };
    const value = permilleOf(percent);
    return value <= 1000 ? { unit: "stop-share", value } : null;
  },
  ({ unit, value }) =>
    unit === "points" ? withUnit(value, "point") : `${percentOf(value)} of stop`,
);

/** Thousandths. */
export const share: Notation<number> = notation(
  patternOf("(\\d{1,3}(?:\\.\\d)?) ?%"),
  'a share above 0% and up to 100% such as "50%"',
  ([percent = ""]) => {
    const value = permilleOf(percent);
    return value > 0 && value <= 1000 ? value : null;
  },
  (permille) => percentOf(permille),
);

/** A share, or the word for none at all. */
export const shareOrOff: Notation<number | "off"> = notation(
  patternOf("(off)", "(\\d{1,3}(?:\\.\\d)?) ?%"),
  'a share above 0% and up to 100% such as "75%", or "off"',
  ([off, percent = ""]) => (off === undefined ? share.read(`${percent}%`) : "off"),
  (value) => (value === "off" ? value : percentOf(value)),
);

const permilleOf = (percent: string): number => Math.round(Number(percent) * 10);
const percentOf = (permille: number): string => `${permille / 10}%`;

const UNITS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 } as const;
const isUnit = (text: string): text is keyof typeof UNITS => Object.hasOwn(UNITS, text);

/** A duration within bounds, both included. */
export const duration = (min: Millis, max: Millis): Notation<Millis> =>
  notation(
    patternOf(`(${NUMBER}) ?(ms|s|m|h)`),
    `a duration from ${writeDuration(min)} to ${writeDuration(max)} such as "500ms", "10s" or "5m"`,
    ([amount, unit = ""]) => {
      const value = isUnit(unit) ? Number(amount) * UNITS[unit] : Number.NaN;
      return value >= min && value <= max ? millis(Math.round(value)) : null;
    },
    writeDuration,
  );

/** The same, or one of a few words that stand for themselves. */
export const orWords = <Value extends number, const Word extends string>(
  { pattern, expected, read, write }: Notation<Value>,
  words: readonly Word[],
): Notation<Value | Word> => ({
  pattern: new RegExp(`^(?:${words.join("|")}|${pattern.source.slice(1, -1)})$`),
  expected: `${expected}, or ${words.join(", or ")}`,
  read: (text) => words.find((word) => word === text) ?? read(text),
  write: (value) => (typeof value === "string" ? value : write(value)),
});

/** In the largest unit that leaves a whole number. */
function writeDuration(value: Millis): string {
  if (value === 0) return "0s";
  const unit = (["h", "m", "s"] as const).find((name) => value % UNITS[name] === 0) ?? "ms";
  return `${value / UNITS[unit]}${unit}`;
}

/** What the original program charged a contract and round turn. */
const FLAT_USUAL = dollars(2.5);

export const fees: Notation<FeeSchedule> = notation(
  patternOf("(table)", "(none)", "(flat)(?: (\\d{1,4}(?:\\.\\d{1,4})?))?"),
  '"table", "none", "flat" or, with dollars a contract and round turn, "flat 3.10"',
  ([table, none, _flat, roundTurn]) => {
    if (table !== undefined) return { kind: "table" };
    if (none !== undefined) return { kind: "none" };
    return {
      kind: "flat",
      roundTurn: roundTurn === undefined ? FLAT_USUAL : dollars(Number(roundTurn)),
    };
  },
  (schedule) => {
    if (schedule.kind !== "flat") return schedule.kind;
    return `flat ${toDollars(schedule.roundTurn)}`;
  },
);

/** `read` gets what the pattern's groups caught, in order. */
function notation<Value>(
  pattern: RegExp,
  wanted: string,
  read: (groups: readonly (string | undefined)[]) => Value | null,
  write: (value: Value) => string,
): Notation<Value> {
  return {
    pattern,
    expected: `expected ${wanted}`,
    read: (text) => {
      const match = pattern.exec(text);
      return match === null ? null : read(match.slice(1));
    },
    write,
  };
}
