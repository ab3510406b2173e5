/**
 * How the figures of a firm are written: with the firm's own zone, in minis, with a source.
 *
 * ```text
 * clock    15:10 CT   16:59 ET       cap    3 minis   0.4 minis   2 contracts
 * date     2026-09-23                source help centre: Topstep, article 8284204
 * ```
 *
 * New York is an hour ahead of Chicago all year, so a time of either is a minute of the Chicago day.
 */
import * as z from "zod";
import type { CapAmount, ChicagoMinute, RuleSource } from "../../core/model/firm-plan.ts";
import { isTradeDate, type TradeDate } from "../../core/model/trade-date.ts";
import {
  contracts,
  dollars,
  type Money,
  WEIGHT_PER_MINI,
  type Weight,
  weight,
} from "../../core/model/units.ts";
import type { Notation } from "./notation.ts";

const MINUTES_PER_DAY = 24 * 60;
const EASTERN_AHEAD = 60;
const MINIS = "\\d{1,4}(?:\\.\\d{1,3})?";

export const clock: Notation<ChicagoMinute> = {
  pattern: /^([01]\d|2[0-3]):([0-5]\d) (CT|ET)$/,
  expected: 'expected a time of the day with its zone such as "15:10 CT" or "16:59 ET"',
  read: (text) => {
    const [, hour, minute, zone] = clock.pattern.exec(text) ?? [];
    if (zone === undefined) return null;
    const shown = Number(hour) * 60 + Number(minute) - (zone === "ET" ? EASTERN_AHEAD : 0);
    return (shown + MINUTES_PER_DAY) % MINUTES_PER_DAY;
  },
  write: (value) => {
    const digits = (part: number): string => String(part).padStart(2, "0");
    return `${digits(Math.floor(value / 60))}:${digits(value % 60)} CT`;
  },
};

export const capAmount: Notation<CapAmount> = {
  pattern: new RegExp(`^(?:(${MINIS}) minis?|(\\d{1,4}) contracts?)$`),
  expected: 'expected a size such as "3 minis", "0.4 minis" or "2 contracts"',
  read: (text) => {
    const [all, minis, count] = capAmount.pattern.exec(text) ?? [];
    if (all === undefined) return null;
    if (minis === undefined) return { unit: "contracts", value: contracts(Number(count)) };
    return { unit: "minis", value: weightOfMinis(Number(minis)) };
  },
  write: ({ unit, value }) => {
    const count = unit === "minis" ? value / WEIGHT_PER_MINI : value;
    return `${count} ${count === 1 ? unit.slice(0, -1) : unit}`;
  },
};

export const source: Notation<RuleSource> = {
  pattern: /^(help centre|secondary): ([^\s\p{C}][^\p{C}]{2,198})$/u,
  expected:
    'expected where it was read: "help centre: Topstep, article 8284204", or "secondary: ..." for what others tell',
  read: (text) => {
    const [, kind, place] = source.pattern.exec(text) ?? [];
    if (place === undefined) return null;
    return { kind: kind === "secondary" ? "secondary" : "primary", text: place };
  },
  write: ({ kind, text }) => `${kind === "primary" ? "help centre" : kind}: ${text}`,
};

export function date() {
  const expected = 'expected a date that exists, such as "2026-09-23"';
  return z
    .string(expected)
    .meta({ errorMessage: expected })
    .transform((value, context): TradeDate => {
      if (isTradeDate(value)) return value;
      context.addIssue({ code: "custom", message: expected });
      return z.NEVER;
    });
}

const MINIS_MAX = 1_000;

/** At most three decimals. */
export function miniCount() {
  const expected = `expected a number of minis from 0 to ${MINIS_MAX} with at most three decimals, such as 5`;
  return z
    .number(expected)
    .min(0, expected)
    .max(MINIS_MAX, expected)
    .meta({ errorMessage: expected })
    .transform((value, context): Weight => {
      if (/^\d+(\.\d{1,3})?$/.test(String(value))) return weightOfMinis(value);
      context.addIssue({ code: "custom", message: expected });
      return z.NEVER;
    });
}

const weightOfMinis = (count: number): Weight => weight(Math.round(count * WEIGHT_PER_MINI));

const DOLLARS_MAX = 1_000_000_000;

/** Dollars that may be 0, and where `min` allows it below. */
export function balance(min: 0 | "any") {
  const range = min === 0 ? " of at least 0" : ", below 0 too,";
  const expected = `expected an amount in dollars${range} with at most four decimals`;
  return z
    .number(expected)
    .min(min === 0 ? 0 : -DOLLARS_MAX, expected)
    .max(DOLLARS_MAX, expected)
    .meta({ errorMessage: expected })
    .transform((value, context): Money => {
      if (/^-?\d+(\.\d{1,4})?$/.test(String(value))) return dollars(value);
      context.addIssue({ code: "custom", message: expected });
      return z.NEVER;
    });
}

/** Where a floor stops rising. */
export function lock() {
  const expected = 'expected an amount in dollars with at most four decimals, or "never"';
  return z.union([z.literal("never").transform(() => null), balance("any")], expected).meta({
    errorMessage: expected,
  });
}
