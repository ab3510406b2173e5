/**
 * JSON of somebody else, read piece by piece.
 *
 * What is not asked for is never noticed, so the venue may add what it likes. Absent and null are
 * one. A number may come as text. What is missing or of another kind is said by its name and place
 * (`orders[3].size: expected a number`), never by its content: such sentences end up in logs.
 */
import { err, ok, type Result } from "../../std/result.ts";

export type Read<T> = (value: unknown) => Result<T, string>;

export type Fields = Readonly<Record<string, unknown>>;

const NUMBER = /^-?\d{1,20}(\.\d{1,20})?([eE][+-]?\d{1,3})?$/;

export const number: Read<number> = (value) => {
  const read = typeof value === "string" && NUMBER.test(value) ? Number(value) : value;
  return typeof read === "number" && Number.isFinite(read) ? ok(read) : err("expected a number");
};

/** Ids go up to 2^53 and no further; one that was rounded would name another order. */
export const whole: Read<number> = (value) => {
  const read = number(value);
  return read.ok && Number.isSafeInteger(read.value) ? read : err("expected a whole number");
};

export const text: Read<string> = (value) =>
  typeof value === "string" ? ok(value) : err("expected a text");

export const flag: Read<boolean> = (value) =>
  typeof value === "boolean" ? ok(value) : err("expected true or false");

export const or =
  <T, U>(read: Read<T>, absent: U): Read<T | U> =>
  (value) =>
    isAbsent(value) ? ok(absent) : read(value);

export const orNull = <T>(read: Read<T>): Read<T | null> => or(read, null);

/** An absent list is an error, never an empty one. */
export const list =
  <T>(read: Read<T>): Read<readonly T[]> =>
  (value) => {
    if (!Array.isArray(value)) return err("expected a list");
    const items: T[] = [];
    for (const [place, one] of value.entries()) {
      const item = read(one);
      if (!item.ok) return err(at(`[${place}]`, item.error));
      items.push(item.value);
    }
    return ok(items);
  };

type Shape<T> = { readonly [Name in keyof T]: Read<T[Name]> };

export function record<T extends object>(shape: Shape<T>): Read<T> {
  // The names of a shape are those of what it reads.
  const names = Object.keys(shape) as (keyof T & string)[];
  return (value) => {
    const fields = fieldsIn(value);
    if (fields === null) return err("expected an object");
    const made: Partial<T> = {};
    for (const name of names) {
      const field = shape[name](fields[name]);
      if (!field.ok) return err(at(name, field.error));
      made[name] = field.value;
    }
    return ok(made as T); // every name of it was read
  };
}

/** The first field of a row that will not do. */
export interface Wrong {
  first: string | null;
}

/**
 * A row of which there may be many, or of which one is waited for: `make` names each field itself,
 * which takes a thirtieth of the time that looking names up in a shape does.
 */
export const row =
  <T>(make: (fields: Fields, wrong: Wrong) => T): Read<T> =>
  (value) => {
    const fields = fieldsIn(value);
    if (fields === null) return err("expected an object");
    const wrong: Wrong = { first: null };
    const made = make(fields, wrong);
    return wrong.first === null ? ok(made) : err(wrong.first);
  };

export const wholeIn = (wrong: Wrong, name: string, value: unknown): number =>
  Number.isSafeInteger(value) ? (value as number) : readIn(wrong, name, whole, value, 0);

export const numberIn = (wrong: Wrong, name: string, value: unknown): number =>
  Number.isFinite(value) ? (value as number) : readIn(wrong, name, number, value, 0);

export const textIn = (wrong: Wrong, name: string, value: unknown): string =>
  typeof value === "string" ? value : readIn(wrong, name, text, value, "");

export const flagIn = (wrong: Wrong, name: string, value: unknown): boolean =>
  typeof value === "boolean" ? value : readIn(wrong, name, flag, value, false);

export const wholeOrNull = (wrong: Wrong, name: string, value: unknown): number | null =>
  isAbsent(value) ? null : wholeIn(wrong, name, value);

export const numberOrNull = (wrong: Wrong, name: string, value: unknown): number | null =>
  isAbsent(value) ? null : numberIn(wrong, name, value);

export const textOrNull = (wrong: Wrong, name: string, value: unknown): string | null =>
  isAbsent(value) ? null : textIn(wrong, name, value);

function readIn<T>(wrong: Wrong, name: string, read: Read<T>, value: unknown, none: T): T {
  const field = read(value);
  if (field.ok) return field.value;
  wrong.first ??= at(name, field.error);
  return none;
}

/** Null for what is no object. */
export const fieldsIn = (value: unknown): Fields | null =>
  typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Fields) // any object can be asked for any name
    : null;

/** Null where it is no JSON, which no answer of the venue is either. */
export function jsonIn(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (failure) {
    if (failure instanceof SyntaxError) return null;
    throw failure;
  }
}

const isAbsent = (value: unknown): boolean => value === undefined || value === null;

/** `orders` + `[3].size: expected ..` reads `orders[3].size: expected ..`. */
function at(place: string, error: string): string {
  if (error.startsWith("expected ")) return `${place}: ${error}`;
  return error.startsWith("[") ? `${place}${error}` : `${place}.${error}`;
}
