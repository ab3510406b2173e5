/**
 * The keys of a webhook's JSON that mean something, by all the names they go under.
 *
 * Three lists: what is read, what is known to say nothing about the trade, and everything else. A
 * key of the third kind makes the message unsure, since it may change what the others mean.
 */
import { codesOf } from "../codes.ts";
import { numberAt } from "../numbers.ts";
import type { Json, JsonObject } from "./json-value.ts";

export type Field =
  | "symbol"
  | "action"
  | "sentiment"
  | "price"
  | "stop"
  | "target"
  | "quantity"
  | "order"
  | "test";

const NAMES: Readonly<Record<Field, string>> = {
  symbol: "ticker symbol instrument",
  action: "action side signal direction",
  sentiment: "sentiment",
  price: "price entry entryprice entry_price signalprice signal_price limitprice limit_price",
  stop: "stop sl stoploss stop_loss",
  target:
    "target targets tp takeprofit take_profit tp1 tp2 tp3 tp4 target1 target2 target3 target4",
  quantity: "quantity qty contracts",
  order: "ordertype order_type",
  test: "test paper dryrun dry_run",
};

const FIELDS: ReadonlyMap<string, Field> = new Map(
  (Object.keys(NAMES) as Field[]).flatMap((field) =>
    NAMES[field].split(" ").map((name) => [name, field] as const),
  ),
);

/** Say when, where from and why; never what. */
const SILENT: ReadonlySet<string> = new Set(
  `time timestamp timenow date interval timeframe tf exchange strategy strategyname name id alertid
  orderid signalid comment comments message msg note notes text description volume open high low
  close bar source bot key token secret passphrase password user username currency assetclass
  quantitytype timeinforce tif account alert reason tag tags version extras metadata`.split(/\s+/),
);

export type Fields = ReadonlyMap<Field, readonly Json[]>;

/** The fields of an object; text where a key is unknown. Several names of one thing are listed. */
export function fieldsOf({ entries }: JsonObject): Fields | string {
  const fields = new Map<Field, Json[]>();
  for (const [key, value] of entries) {
    const name = key.toLowerCase();
    const field = FIELDS.get(name);
    if (field === undefined) {
      if (!SILENT.has(name.replaceAll("_", ""))) return key;
    } else if (value.kind !== "word" || value.text !== "null") {
      const known = fields.get(field);
      if (known === undefined) fields.set(field, [value]);
      else known.push(value);
    }
  }
  return fields;
}

/** One text, lower case; null where the field is missing. What is wrong goes to `faults`. */
export function wordIn(fields: Fields, field: Field, faults: string[]): string | null {
  const words: string[] = [];
  for (const one of fields.get(field) ?? []) {
    if ("text" in one) words.push(one.text.trim().toLowerCase());
    else faults.push(`${field} is no text`);
  }
  return onlyOne(words, field, faults);
}

/** One number; null where the field is missing. */
export const numberIn = (fields: Fields, field: Field, faults: string[]): number | null =>
  onlyOne(numbersIn(fields, field, faults), field, faults);

/** All numbers of a field, in their order. */
export function numbersIn(fields: Fields, field: Field, faults: string[]): readonly number[] {
  const numbers: number[] = [];
  for (const one of fields.get(field) ?? []) {
    for (const item of one.kind === "list" ? one.items : [one]) {
      const number = numberOf(priceOf(item));
      if (number === null) faults.push(`${field} is no number`);
      else numbers.push(number);
    }
  }
  return numbers;
}

/** The same twice is said once. */
function onlyOne<T>(values: readonly T[], field: Field, faults: string[]): T | null {
  const [first] = values;
  if (first === undefined) return null;
  if (values.some((value) => value !== first)) faults.push(`${field} is stated in two ways`);
  return first;
}

const PRICE_KEYS: ReadonlySet<string> = new Set(
  "stopprice stop_price limitprice limit_price price".split(" "),
);

/** `{"type":"stop","stopPrice":6316.25}` states a price; anything else in an object does not. */
function priceOf(value: Json): Json | null {
  if (value.kind !== "object") return value;
  let price: Json | null = null;
  for (const [key, one] of value.entries) {
    const name = key.toLowerCase();
    if (PRICE_KEYS.has(name) && price === null) price = one;
    else if (name !== "type" || !("text" in one) || !/^(?:stop|limit|market)$/i.test(one.text)) {
      return null;
    }
  }
  return price;
}

/** `6326.25`, `"6,326.25"`, `"$6326"` */
function numberOf(value: Json | null): number | null {
  if (value === null || (value.kind !== "number" && value.kind !== "text")) return null;
  const written = value.text.trim();
  const text = written.startsWith("$") ? written.slice(1) : written;
  if (!/^\.?\d/.test(text)) return null;
  const { value: number, end } = numberAt(text, codesOf(text), 0, false);
  return end === text.length && number > 0 ? number : null;
}
