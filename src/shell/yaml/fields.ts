/**
 * The kinds of value a key can hold, each with one sentence for whoever wrote something else.
 *
 * A message that begins with "expected" is completed later by what was found; any other stands as
 * it is. Every kind tells its sentence to editors too (`errorMessage` in the JSON Schema).
 *
 * zod is taken in as a namespace (`import * as z`), because only then can the build leave out what is
 * not used of it: half a megabyte of languages, which every start would read.
 */
import * as z from "zod";
import type { SecretPlace } from "../../core/model/config.ts";
import type { Amount } from "../../core/model/limits.ts";
import { dollars, type Money } from "../../core/model/units.ts";
import type { Conflict } from "./checks.ts";
import { nearest } from "./nearest.ts";
import type { Notation } from "./notation.ts";

// A schema is asked once in the life of a process: compiling it first costs more than it saves.
z.config({ jitless: true });

/** A key that may be left out, and what its absence means. */
export const key = <Kind extends z.ZodType>(
  kind: Kind,
  fallback: z.input<Kind>,
  meaning: string,
): z.ZodPrefault<Kind> => z.prefault(kind, fallback).describe(meaning);

/** A key that has to be there. */
export const needed = <Kind extends z.ZodType>(kind: Kind, meaning: string): Kind =>
  kind.describe(meaning);

/** The kind a block is of when it names none. */
export const usualKind = <const Name extends string>(name: Name, meaning: string) =>
  z.literal(name).optional().default(name).describe(meaning);

export function block<Shape extends z.ZodRawShape>(shape: Shape) {
  const known = Object.keys(shape);
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === "unrecognized_keys"
        ? issue.keys.map((name) => unknownKey(name, known)).join("\n")
        : "expected a block of keys",
  });
}

/** One line for each unknown key, in the order of the issue's `keys`. */
function unknownKey(name: string, known: readonly string[]): string {
  const near = nearest(name, known);
  const hint = near === null ? `known here: ${known.join(", ")}` : `did you mean ${near}?`;
  return `unknown key; ${hint}`;
}

export function choice<const Words extends readonly string[]>(words: Words) {
  const expected = `expected ${alternatives(words)}`;
  return z.enum(words, expected).meta({ errorMessage: expected });
}

/** Blocks of several kinds, told apart by their key `kind`. */
export const kinds = (...names: readonly string[]) => ({
  error: (issue: z.core.$ZodRawIssue): string =>
    issue.code === "invalid_union" ? `expected ${alternatives(names)}` : "expected a block of keys",
});

/** "a", "a or b", "a, b or c". */
const alternatives = (words: readonly string[]): string =>
  words.join(", ").replace(/, ([^,]+)$/, " or $1");

export const flag = () => z.boolean("expected true or false");

/** Without `max` there is no largest. */
export function whole(min: number, max = Number.MAX_SAFE_INTEGER) {
  const bounds = max === Number.MAX_SAFE_INTEGER ? `of at least ${min}` : `from ${min} to ${max}`;
  const expected = `expected a whole number ${bounds}`;
  return z.int(expected).min(min, expected).max(max, expected).meta({ errorMessage: expected });
}

const DOLLARS_MAX = 1_000_000_000;

export function amount() {
  const expected = "expected an amount in dollars above 0 with at most four decimals, such as 200";
  return z
    .number(expected)
    .positive(expected)
    .max(DOLLARS_MAX, expected)
    .meta({ errorMessage: expected })
    .transform((value, context): Money => {
      if (/^\d+(\.\d{1,4})?$/.test(String(value))) return dollars(value);
      context.addIssue({ code: "custom", message: expected });
      return z.NEVER;
    });
}

/** Ten-thousandths of the balance. */
const PERCENT = /^(\d{1,3}(?:\.\d{1,2})?) ?%$/;

/** Dollars, or a part of what the account held when the trade date began; and words of its own. */
export function lossAmount<const Words extends readonly string[]>(...words: Words) {
  const kinds = ["dollars above 0 such as 200", 'a part of the balance such as "1.5%"'];
  const expected = `expected ${alternatives([...kinds, ...words.map((word) => `"${word}"`)])}`;
  return z
    .union([z.number(expected), z.string(expected)], expected)
    .meta({ errorMessage: expected })
    .transform((value, context): Amount | Words[number] => {
      const word = words.find((one) => one === value);
      if (word !== undefined) return word;
      const read = typeof value === "number" ? dollarsIn(value) : partIn(value);
      if (read !== null) return read;
      context.addIssue({ code: "custom", message: expected });
      return z.NEVER;
    });
}

const dollarsIn = (value: number): Amount | null =>
  value > 0 && value <= DOLLARS_MAX && /^\d+(\.\d{1,4})?$/.test(String(value))
    ? dollars(value)
    : null;

function partIn(text: string): Amount | null {
  const percent = PERCENT.exec(text)?.[1];
  const ofBalance = percent === undefined ? 0 : Math.round(100 * Number(percent));
  return ofBalance > 0 && ofBalance <= 10_000 ? { ofBalance } : null;
}

/** A whole number, or the word for no limit at all. */
export function wholeOrOff(min: number, max: number) {
  const expected = `expected a whole number from ${min} to ${max}, or "off"`;
  return z
    .union([z.int(expected).min(min, expected).max(max, expected), z.literal("off")], expected)
    .meta({ errorMessage: expected });
}

const TEXT_MAX = 1024;

export function text(what: string) {
  const expected = `expected ${what}`;
  return z
    .string(expected)
    .min(1, expected)
    .max(TEXT_MAX, expected)
    .refine((value) => !CONTROL.test(value), expected)
    .meta({ errorMessage: expected });
}

/** Control characters: in a path they are a mistake, on a screen they do harm. */
const CONTROL = /\p{Cc}/u;

/** A short name to refer to something by. */
export function label(pattern: RegExp, what: string) {
  const expected = `expected ${what}`;
  return z.string(expected).regex(pattern, expected).meta({ errorMessage: expected });
}

const SECRET_PLACE =
  /^(?:env:([A-Za-z_][A-Za-z0-9_]{0,127})|file:([^\p{C}]{1,1024})|credential:([A-Za-z0-9][A-Za-z0-9._-]{0,127}))$/u;

/** By which a schema tells that a key holds the place of a secret. */
export const SECRET_PATTERN = SECRET_PLACE.source;

/** By which a complaint knows that what was found may be a secret. */
export const SECRET_EXPECTED =
  "expected env:NAME or file:PATH (under systemd also credential:NAME), for a secret itself is never written here";

/** Where a secret is kept. One that was written out is refused, and not repeated on the screen. */
export function secret() {
  return z
    .string(SECRET_EXPECTED)
    .regex(SECRET_PLACE, SECRET_EXPECTED)
    .meta({ errorMessage: SECRET_EXPECTED })
    .transform(placeOfSecret);
}

export function placeOfSecret(value: string): SecretPlace {
  const [, name, path, credential = ""] = SECRET_PLACE.exec(value) ?? [];
  if (name !== undefined) return { kind: "env", name };
  return path === undefined ? { kind: "credential", name: credential } : { kind: "file", path };
}

export function written<Value>(notation: Notation<Value>) {
  return z
    .string(notation.expected)
    .regex(notation.pattern, notation.expected)
    .meta({ errorMessage: notation.expected })
    .transform((value, context): Value => {
      const read = notation.read(value);
      if (read !== null) return read;
      context.addIssue({ code: "custom", message: notation.expected });
      return z.NEVER;
    });
}

/** A price of an instrument in points. */
export function price(onGrid: (points: number) => boolean, what: string) {
  const expected = `expected ${what}`;
  return z
    .number(expected)
    .positive(expected)
    .refine(onGrid, expected)
    .meta({ errorMessage: expected });
}

/** A list of at most `max`, which may be required not to be empty. */
export function list<Item extends z.ZodType>(item: Item, min: number, max: number, what: string) {
  const expected = `expected a list of ${min === 0 ? "at most" : `${min} to`} ${max} ${what}`;
  return z.array(item, expected).min(min, expected).max(max, expected);
}

/** Hands what a check found to the schema. */
export const reporting =
  <Value>(check: (value: Value) => readonly Conflict[]) =>
  (value: Value, context: z.RefinementCtx<Value>): void => {
    for (const { path, message } of check(value)) {
      context.addIssue({ code: "custom", path: [...path], message });
    }
  };
