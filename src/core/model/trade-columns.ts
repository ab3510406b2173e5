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

export function columnsBuilder(): ColumnsBuilder {
  let room = FIRST_ROOM;
  let length = 0;
  const numbers = new Map(NUMBERS.map((name) => [name, new Float64Array(room)]));
  const labels = new Map(LABELS.map((name) => [name, labelBuilder(room)]));
  const grow = (): void => {
    room *= 2;
    for (const [name, column] of numbers) {
      const larger = new Float64Array(room);
      larger.set(column);
      numbers.set(name, larger);
    }
    for (const label of labels.values()) label.grow(room);
  };
  return {
    add(trade) {
      if (length === room) grow();
      for (const [name, column] of numbers) column[length] = trade[name];
      for (const [name, label] of labels) label.put(length, trade.labels[name]);
      length += 1;
    },
    length: () => length,
    finish() {
      const columns = [...numbers].map(([name, column]) => [name, column.subarray(0, length)]);
      const named = [...labels].map(([name, label]) => [name, label.finish(length)]);
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
  const enrolled = (name: string): number => {
    const known = codeOf.get(name);
    if (known !== undefined) return known;
    if (codeOf.size >= NAMES_MAX && name !== OTHERS) return enrolled(OTHERS);
    codeOf.set(name, codeOf.size);
    return codeOf.size - 1;
  };
  return {
    put(index: number, name: string): void {
      codes[index] = enrolled(name);
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
