/**
 * What Discord sends, read field by field: a part that is missing or of another kind reads as
 * nothing, and a new part is never noticed.
 */
import { isSnowflake } from "./snowflake.ts";

export type Json = Readonly<Record<string, unknown>>;

export const recordIn = (value: unknown): Json =>
  typeof value === "object" && value !== null && !Array.isArray(value)
    ? // Any object can be asked for any name.
      (value as Json)
    : {};

export const listIn = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

export const textIn = (value: unknown): string => (typeof value === "string" ? value : "");

export const numberIn = (value: unknown): number =>
  typeof value === "number" && Number.isFinite(value) ? value : 0;

/** An id, or null. */
export const idIn = (value: unknown): string | null =>
  typeof value === "string" && isSnowflake(value) ? value : null;

/** Numbers of more than 53 bits come as text. */
export const bitsIn = (value: unknown): bigint =>
  typeof value === "string" && /^\d{1,30}$/.test(value) ? BigInt(value) : 0n;
