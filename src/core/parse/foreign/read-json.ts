/**
 * Reads the JSON that trading platforms post to a channel or a webhook.
 *
 * ```text
 * {"ticker":"MES1!","action":"buy","price":6326.25,"stopLoss":{"stopPrice":6316.25}}   an entry
 * {"ticker":"MES1!","action":"exit"}   {"ticker":"MES","action":"cancel"}              updates
 * {"ticker":"MES1!","action":"buy","price":{{close}}}                                  never filled in
 * ```
 *
 * Only when the object is the whole message: JSON inside a sentence is a quotation. The same checks
 * hold as for every alert, and a stated quantity is kept for the record and sizes nothing.
 */

import type { PriceLimits } from "../../model/format.ts";
import type { Root } from "../../model/instrument.ts";
import type { Message } from "../../model/message.ts";
import { assembled, TEXT_LENGTH_MAX } from "../assemble.ts";
import { plainCharacters } from "../characters.ts";
import { withoutMentions } from "../mentions.ts";
import { doubtful, type None, none, type Parsed, unsure } from "../outcome.ts";
import { symbolAt } from "../symbols.ts";
import { checkedAlert, type Level } from "../validate.ts";
import { faultOfLevels, pairNamed } from "./currency-pairs.ts";
import { type Fields, fieldsOf, numberIn, numbersIn, wordIn } from "./json-fields.ts";
import { jsonObject } from "./json-value.ts";

/** Null: the message is no JSON. */
export function readJson(message: Message, limits: PriceLimits): Parsed | null {
  const text = textWithBraces(message);
  if (text === null) return null;
  const opening = OPENING.exec(text)?.[0];
  if (opening === undefined || !ORDER_KEY.test(text)) return null;
  const bare = bareOf(text.slice(opening.length));
  if (bare.includes("{{")) return none("a placeholder of the platform was not filled in");
  const object = jsonObject(bare);
  if (object === null) return unsure("broken JSON");
  const fields = fieldsOf(object);
  if (typeof fields === "string")
    return unsure(`JSON with the unknown key "${fields.slice(0, 20)}"`);
  const order = orderOf(fields);
  return "kind" in order ? order : readOrder(order, limits);
}

const hasBrace = (text: string): boolean => text.includes("{") || text.includes("\uFF5B");

/** The plain text of a message; null where no brace stands in it, as in nearly all. */
function textWithBraces(message: Message): string | null {
  const text = message.embeds.length === 0 ? message.text : assembled(message);
  if (text === null || text.length > TEXT_LENGTH_MAX || !hasBrace(text)) return null;
  const plain = plainCharacters(text);
  return plain.ok ? withoutMentions(plain.value) : null;
}

/** Mentions and the fence around it; private-use characters stand for mentions by now. */
const OPENING = /^(?:[\s\uE000-\uE002]|```(?:json\b)?)*(?=\{)/i;
const CLOSING = /^\}(?:[\s\uE000-\uE002]|```)*$/;

/** Without one of these it is somebody's data, and no order. */
const ORDER_KEY = /\b(?:ticker|symbol|instrument|action|side|signal|sentiment)"? {0,4}:/i;

/** Without what closes the message behind the object. */
function bareOf(text: string): string {
  const last = text.lastIndexOf("}");
  return last >= 0 && CLOSING.test(text.slice(last)) ? text.slice(0, last + 1) : text;
}

type Deed = "long" | "short" | "close" | "cancel";

interface Order {
  readonly fields: Fields;
  readonly symbol: string;
  readonly deed: Deed;
  readonly price: number | null;
  readonly stop: number | null;
  readonly targets: readonly number[];
  readonly quantity: number | null;
}

const DEEDS: ReadonlyMap<string, Deed> = new Map([
  ...["buy", "long", "bull", "bullish"].map((word) => [word, "long"] as const),
  ...["sell", "short", "bear", "bearish"].map((word) => [word, "short"] as const),
  ...["exit", "close", "flat", "flatten"].map((word) => [word, "close"] as const),
  ["cancel", "cancel"] as const,
]);

function orderOf(fields: Fields): Order | None {
  const faults: string[] = [];
  const deed = deedOf(wordIn(fields, "action", faults), wordIn(fields, "sentiment", faults));
  const test = wordIn(fields, "test", faults) ?? "";
  const kind = wordIn(fields, "order", faults) ?? "market";
  const symbol = wordIn(fields, "symbol", faults) ?? "";
  const price = numberIn(fields, "price", faults);
  const stop = numberIn(fields, "stop", faults);
  const targets = numbersIn(fields, "target", faults);
  const quantity = numberIn(fields, "quantity", faults);
  const [fault] = faults;
  if (fault !== undefined) return doubtful(fault);
  if (/^(?:true|1|yes)$/.test(test)) return none("a test");
  if (!/^(?:market|limit)$/.test(kind)) return unsure("not a plain market entry");
  return deed === null
    ? unsure("JSON without a known action")
    : { fields, symbol, deed, price, stop, targets, quantity };
}

function deedOf(action: string | null, mood: string | null): Deed | null {
  const [told, felt] = [DEEDS.get(action ?? ""), DEEDS.get(mood ?? "")];
  if (mood === null) return told ?? null;
  if (action === null || felt === told) return felt ?? null;
  // A platform closes by the opposite order and says what it wants to be afterwards: flat.
  return felt === "close" && told !== undefined ? "close" : null;
}

/** `MES1!`, `ESU2025`, `CME_MINI:ES1!` */
function readOrder(order: Order, limits: PriceLimits): Parsed {
  const name = order.symbol.slice(order.symbol.lastIndexOf(":") + 1);
  const contract = symbolAt(name, 0);
  if (contract?.end === name.length) return readFuture(order, contract.root, limits);
  const pair = pairNamed(name);
  return pair === null ? unsure("JSON without a contract we know") : readPair(order, pair);
}

function readFuture(order: Order, instrument: Root, limits: PriceLimits): Parsed {
  const { deed, price, stop, targets, quantity } = order;
  if (deed === "cancel") return { kind: "update", updates: [{ action: "cancel", instrument }] };
  if (deed === "close")
    return { kind: "update", updates: [{ action: "close", instrument, price }] };
  if (price === null) return unsure("no entry price");
  if (stop === null) return doubtful("no stop");
  const at = (value: number): Level => ({ kind: "price", value });
  const levels = { entry: price, stop: at(stop), targets: targets.map(at) };
  const silent = { size: null, tags: [], stopCondition: null };
  const alert = checkedAlert({ instrument, side: deed, ...levels, ...silent }, limits);
  if (!alert.ok) return alert.error;
  const entry = quantity === null ? alert.value : { ...alert.value, quantity };
  return { kind: "entries", entries: [entry], before: [], leftOut: [] };
}

function readPair({ deed, price, stop, targets, quantity }: Order, symbol: string): Parsed {
  const contract = { asset: "currency", symbol } as const;
  if (deed === "cancel") return none("a cancel of what is not executed here");
  if (deed === "close") {
    const tracked = {
      kind: "update",
      contract,
      action: "close",
      price,
      share: null,
      quantity,
    } as const;
    return { kind: "tracked", tracked: [tracked] };
  }
  if (price === null) return unsure("no entry price");
  if (stop === null) return doubtful("no stop");
  const fault = faultOfLevels({ side: deed, entry: price, stop, targets });
  if (fault !== null) return doubtful(fault);
  const stated = { side: deed, entry: price, stop, targets, quantity };
  const entry = {
    kind: "entry",
    contract,
    ...stated,
    targetsPct: [],
    stopPct: null,
    tags: [],
  } as const;
  return { kind: "tracked", tracked: [entry] };
}
