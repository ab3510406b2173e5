/**
 * One row of a file of closed trades, checked field by field.
 *
 * ```text
 * entry_time,exit_time,instrument,side,quantity,entry_price,exit_price,fees,initial_risk,mae_points,mfe_points
 * ```
 *
 * The last three may be empty, or not be there. `net` may stand instead of the prices, and wins over
 * them: whoever writes it knows what was booked. Then the fees may be left out too. `author`, `tag`,
 * `account`, `size_letter` and `exit` are read where they are there, other columns are passed over.
 *
 * A price is a mean over fills and need not lie on the tick grid. Times the contracts it is whole
 * ticks again if it came from fills, and a mean that somebody rounded is led back to them; one that
 * cannot have come from fills is taken as it is.
 */
import type { Instrument, Root } from "../../core/model/instrument.ts";
import { instrumentOf, isRoot, pointValue } from "../../core/model/instruments.ts";
import type { ClosedTrade } from "../../core/model/trade-columns.ts";
import { MONEY_PER_DOLLAR } from "../../core/model/units.ts";
import { err, ok, type Result } from "../../std/result.ts";
import { readTime, TIME_EXPECTED } from "./time-text.ts";

/** What is wrong with a field. */
export interface FieldFault {
  readonly column: string;
  readonly expected: string;
  readonly found: string;
}

export type ReadRow = (fields: readonly string[]) => Result<ClosedTrade, FieldFault>;

const ALWAYS = ["entry_time", "exit_time", "instrument", "side", "quantity"] as const;
const PRICED = ["entry_price", "exit_price", "fees"] as const;
const MAYBE = ["net", "initial_risk", "mae_points", "mfe_points"] as const;
const WORDS = ["author", "tag", "account", "size_letter", "exit"] as const;
type Column = (typeof ALWAYS | typeof PRICED | typeof MAYBE | typeof WORDS)[number];

/** What reads the rows below this header. */
export function tradeRows(header: readonly string[]): Result<ReadRow, FieldFault> {
  const names = header.map((name) => name.trim().toLowerCase());
  const twice = names.find((name, index) => name !== "" && names.indexOf(name) !== index);
  if (twice !== undefined) return err(fault(twice, "a column once", "it twice"));
  const needed = names.includes("net") ? ALWAYS : [...ALWAYS, ...PRICED];
  const missing = needed.find((name) => !names.includes(name));
  if (missing !== undefined) {
    const found = names.join(",");
    return err(fault(missing, `a column ${missing}`, `only ${shortened(found)}`));
  }
  const places = new Map(names.map((name, place) => [name, place]));
  return ok((fields) => {
    const short = fields.length < names.length ? names[fields.length] : undefined;
    if (short !== undefined) return err(fault(short, `${names.length} fields`, `${fields.length}`));
    const isLong = fields.length > names.length;
    if (isLong && fields.slice(names.length).join("").trim() !== "") {
      const last = names.at(-1) ?? "";
      return err(fault(last, `${names.length} fields, as in the header`, `${fields.length}`));
    }
    return read((column) => fields[places.get(column) ?? -1]?.trim() ?? "");
  });
}

type Field = (column: Column) => string;

/** Stops at the first field that is wrong. */
class WrongField extends Error {
  readonly fault: FieldFault;
  constructor(fault: FieldFault) {
    super(fault.column);
    this.fault = fault;
  }
}

function read(field: Field): Result<ClosedTrade, FieldFault> {
  try {
    return ok(trade(field));
  } catch (failure) {
    if (failure instanceof WrongField) return err(failure.fault);
    throw failure;
  }
}

function trade(field: Field): ClosedTrade {
  const entryAt = time(field, "entry_time");
  const exitAt = time(field, "exit_time");
  if (exitAt < entryAt) {
    wrong("exit_time", `a time not before the entry, ${field("entry_time")}`, field("exit_time"));
  }
  const root = product(field);
  const instrument = instrumentOf(root);
  const direction = sideOf(field);
  const quantity = contracts(field);
  const isNetSaid = field("net") !== "";
  const fees = isNetSaid && field("fees") === "" ? 0 : amount(field, "fees", FEES);
  const net = isNetSaid
    ? amount(field, "net", NET)
    : settled(grossOf(field, { instrument, quantity }) * direction - fees);
  if (Math.abs(net) > NET.most * MONEY_PER_DOLLAR) {
    wrong("exit_price", "a result below a thousand million dollars", field("exit_price"));
  }
  return {
    ...{ entryAt, exitAt, net, fees, quantity, direction },
    pointWorth: pointValue(instrument),
    risk: field("initial_risk") === "" ? Number.NaN : amount(field, "initial_risk", RISK),
    mae: points(field, "mae_points"),
    mfe: points(field, "mfe_points"),
    labels: {
      instrument: root,
      author: word(field, "author"),
      tag: word(field, "tag"),
      account: word(field, "account"),
      sizeLetter: word(field, "size_letter"),
      exit: word(field, "exit"),
    },
  };
}

/** 1980 and 2100: what lies outside is no time of a trade. */
const [EARLIEST, LATEST] = [Date.UTC(1980, 0, 1), Date.UTC(2100, 0, 1)];

function time(field: Field, column: Column): number {
  const text = field(column);
  const at = readTime(text);
  if (at === null) return wrong(column, TIME_EXPECTED, text);
  return at >= EARLIEST && at < LATEST ? at : wrong(column, "a time of 1980 to 2099", text);
}

/** A root, or a contract of it: `MES`, `MESZ26`, `MESZ6`. */
function product(field: Field): Root {
  const text = field("instrument");
  const name = text.toUpperCase().replace(/^\//, "");
  if (isRoot(name)) return name;
  const root = name.replace(/[FGHJKMNQUVXZ]\d{1,2}$/, "");
  return isRoot(root) ? root : wrong("instrument", "a future such as MES or MESZ26", text);
}

function sideOf(field: Field): 1 | -1 {
  const text = field("side");
  const side = text.toLowerCase();
  if (side === "long" || side === "buy") return 1;
  return side === "short" || side === "sell" ? -1 : wrong("side", "long or short", text);
}

const CONTRACTS_MAX = 100_000;

function contracts(field: Field): number {
  const text = field("quantity");
  const count = Number(text);
  if (/^\d{1,6}(\.0+)?$/.test(text) && count >= 1 && count <= CONTRACTS_MAX) return count;
  return wrong("quantity", `whole contracts, 1 to ${CONTRACTS_MAX}`, text);
}

const DECIMAL = /^[+-]?(\d{1,15}(\.\d*)?|\.\d+)(e[+-]?\d{1,2})?$/i;

function number(field: Field, column: Column, expected: string): number {
  const text = field(column);
  return DECIMAL.test(text) ? Number(text) : wrong(column, expected, text);
}

interface Range {
  readonly least: number;
  readonly most: number;
  readonly words: string;
}
const NET: Range = { least: -1e9, most: 1e9, words: "dollars, below a thousand million" };
const FEES: Range = { least: 0, most: 1e7, words: "dollars without a sign" };
const RISK: Range = { least: 1e-4, most: 1e9, words: "dollars above zero, or nothing" };

/** Dollars as money. */
function amount(field: Field, column: Column, { least, most, words }: Range): number {
  const dollars = number(field, column, words);
  if (dollars < least || dollars > most) wrong(column, words, field(column));
  return settled(dollars * MONEY_PER_DOLLAR);
}

const POINTS_MAX = 1e7;

function points(field: Field, column: Column): number {
  if (field(column) === "") return Number.NaN;
  const value = number(field, column, POINTS);
  return value >= 0 && value <= POINTS_MAX ? value : wrong(column, POINTS, field(column));
}

const POINTS = "points without a sign, or nothing";

interface Position {
  readonly instrument: Instrument;
  readonly quantity: number;
}

/** Of a long, before fees: money. */
const grossOf = (field: Field, position: Position): number =>
  (ticksOf(field, "exit_price", position) - ticksOf(field, "entry_price", position)) *
  position.instrument.tickValue;

/** Price times contracts, in ticks: whole where the mean came from fills. */
function ticksOf(field: Field, column: Column, { instrument, quantity }: Position): number {
  const { decimals, tickUnits, group } = instrument;
  const price = number(field, column, PRICE);
  const isPossible = (price > 0 || group === "energy") && Math.abs(price) <= POINTS_MAX;
  if (!isPossible) wrong(column, PRICE, field(column));
  return snapped((price * quantity * 10 ** decimals) / tickUnits, 1e-4);
}

const PRICE = "a price above zero";

/** Without what a float leaves behind the last ten-thousandth of a dollar. */
const settled = (money: number): number => snapped(money, 2e-4);

function snapped(value: number, within: number): number {
  const whole = Math.round(value);
  return Math.abs(value - whole) <= within ? whole + 0 : value;
}

const WORD_MAX = 200;

function word(field: Field, column: Column): string {
  const text = field(column);
  return text.length <= WORD_MAX ? text : wrong(column, `at most ${WORD_MAX} characters`, text);
}

function wrong(column: string, expected: string, found: string): never {
  throw new WrongField(fault(column, expected, found === "" ? "nothing" : `"${found}"`));
}

const SHOWN_MAX = 80;
const shortened = (text: string): string =>
  text.length > SHOWN_MAX ? `${text.slice(0, SHOWN_MAX)}...` : text;

const fault = (column: string, expected: string, found: string): FieldFault => ({
  ...{ column, expected },
  found: shortened(found),
});
