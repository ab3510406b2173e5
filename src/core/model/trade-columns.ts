/**
 * Closed trades as columns: one array a field, so that a million of them are a hundred megabytes and
 * are added up in milliseconds.
 *
 * ```text
 * row by row ─► builder ─► entryAt [..]  exitAt [..]  net [..]  fees [..] ...
 *                          labels: { author: codes [0,1,0..], names ["", "Mike", ..] }
 * ```
 *
 * A trade is one entry with all its partial exits. Times are milliseconds UTC. Money is ten-thousandths
 * of a dollar, whole for every trade of ours; one from elsewhere whose mean price no fills could have
 * had keeps its fraction. What nobody said (risk, excursions) is not a number.
 */
import type { Root } from "./instrument.ts";

/** What a trade may be told apart by. */
export const LABELS = ["instrument", "author", "tag", "account", "sizeLetter", "exit"] as const;
export type Label = (typeof LABELS)[number];

export interface Labelled {
  /** Of each trade, an index into `names`. */
  readonly codes: Uint16Array;
  /** "" = nobody said. */
  readonly names: readonly string[];
}

export interface TradeColumns {
  readonly length: number;
  readonly entryAt: Float64Array;
  /** Of the last exit. */
  readonly exitAt: Float64Array;
  /** After fees. */
  readonly net: Float64Array;
  readonly fees: Float64Array;
  readonly quantity: Float64Array;
  /** 1 = long, -1 = short. */
  readonly direction: Float64Array;
  /** Money a contract gains or loses per point. */
  readonly pointWorth: Float64Array;
  /** Money at risk when it was entered. */
  readonly risk: Float64Array;
  /** Worst and best excursion, points, both positive. */
  readonly mae: Float64Array;
  readonly mfe: Float64Array;
  readonly labels: Readonly<Record<Label, Labelled>>;
}

/** The columns that hold a number a trade. */
export const NUMBERS = [
  "entryAt",
  "exitAt",
  "net",
  "fees",
  "quantity",
  "direction",
  "pointWorth",
  "risk",
  "mae",
  "mfe",
] as const;
type Numbers = (typeof NUMBERS)[number];

export type ClosedTrade = Readonly<Record<Numbers, number>> & {
  readonly labels: Readonly<Record<Exclude<Label, "instrument">, string>> & {
    readonly instrument: Root;
  };
};

/** Different authors, tags and so on; what comes after shares the last name. */
export const NAMES_MAX = 10_000;
export const OTHERS = "(others)";

export interface ColumnsBuilder {
  add(trade: ClosedTrade): void;
  length(): number;
  finish(): TradeColumns;
}

const FIRST_ROOM = 1_024;

type NumberColumns = Record<Numbers, Float64Array>;

const roomFor = (room: number): NumberColumns => {
  const columns = NUMBERS.map((name) => [name, new Float64Array(room)]);
  return Object.fromEntries(columns) as NumberColumns; // every name is there
};

export function columnsBuilder(): ColumnsBuilder {
  let room = FIRST_ROOM;
  let length = 0;
  let numbers = roomFor(room);
  const labels = LABELS.map((name) => [name, labelBuilder(room)] as const);
  const grow = (): void => {
    room *= 2;
    const larger = roomFor(room);
    for (const name of NUMBERS) larger[name].set(numbers[name]);
    numbers = larger;
    for (const [, label] of labels) label.grow(room);
  };
  return {
    // One by one and not in a loop over the names: it is done a million times.
    add(trade) {
      if (length === room) grow();
      numbers.entryAt[length] = trade.entryAt;
      numbers.exitAt[length] = trade.exitAt;
      numbers.net[length] = trade.net;
      numbers.fees[length] = trade.fees;
      numbers.quantity[length] = trade.quantity;
      numbers.direction[length] = trade.direction;
      numbers.pointWorth[length] = trade.pointWorth;
      numbers.risk[length] = trade.risk;
      numbers.mae[length] = trade.mae;
      numbers.mfe[length] = trade.mfe;
      for (const [name, label] of labels) label.put(length, trade.labels[name]);
      length += 1;
    },
    length: () => length,
    finish() {
      const columns = NUMBERS.map((name) => [name, numbers[name].subarray(0, length)]);
      const named = labels.map(([name, label]) => [name, label.finish(length)]);
      // Every name of both lists is there.
      return {
        length,
        ...Object.fromEntries(columns),
        labels: Object.fromEntries(named),
      } as TradeColumns;
    },
  };
}

function labelBuilder(room: number) {
  let codes = new Uint16Array(room);
  const codeOf = new Map<string, number>();
  // Mostly it is the name of the trade before.
  let [newest, newestCode] = ["", -1];
  const enrolled = (name: string): number => {
    const known = codeOf.get(name);
    if (known !== undefined) return known;
    if (codeOf.size >= NAMES_MAX && name !== OTHERS) return enrolled(OTHERS);
    codeOf.set(name, codeOf.size);
    return codeOf.size - 1;
  };
  return {
    put(index: number, name: string): void {
      if (name !== newest || newestCode < 0) [newest, newestCode] = [name, enrolled(name)];
      codes[index] = newestCode;
    },
    grow(larger: number): void {
      const next = new Uint16Array(larger);
      next.set(codes);
      codes = next;
    },
    finish: (length: number): Labelled => ({
      codes: codes.subarray(0, length),
      names: [...codeOf.keys()],
    }),
  };
}
