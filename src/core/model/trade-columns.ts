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
  /** In slices, for a million trades are eighty megabytes to be put side by side. */
  finishInSlices(): Generator<undefined, TradeColumns, undefined>;
}

/** Trades a block. */
const BLOCK = 1_024;

type NumberColumns = Record<Numbers, Float64Array>;

const roomFor = (room: number): NumberColumns => {
  const columns = NUMBERS.map((name) => [name, new Float64Array(room)]);
  return Object.fromEntries(columns) as NumberColumns; // every name is there
};

interface Block {
  readonly numbers: NumberColumns;
  readonly codes: Readonly<Record<Label, Uint16Array>>;
}

function blockOf(room: number): Block {
  const codes = LABELS.map((name) => [name, new Uint16Array(room)]);
  // Every label is there.
  return { numbers: roomFor(room), codes: Object.fromEntries(codes) as Block["codes"] };
}

/** Puts the first trades of one block into another, from a place on. */
function copy({ numbers, codes }: Block, count: number, into: Block, place: number): void {
  for (const name of NUMBERS) into.numbers[name].set(numbers[name].subarray(0, count), place);
  for (const name of LABELS) into.codes[name].set(codes[name].subarray(0, count), place);
}

/** Rows go into blocks, so that nothing has to be moved while more and more of them come. */
export function columnsBuilder(): ColumnsBuilder {
  let block = blockOf(BLOCK);
  const blocks = [block];
  let place = 0;
  const books = LABELS.map((name) => [name, nameBook()] as const);
  // Every label is there.
  const bookOf = Object.fromEntries(books) as Record<Label, NameBook>;
  const length = (): number => (blocks.length - 1) * BLOCK + place;
  const finishInSlices = function* (): Generator<undefined, TradeColumns, undefined> {
    const all = blockOf(length());
    for (const [index, one] of blocks.entries()) {
      copy(one, one === block ? place : BLOCK, all, index * BLOCK);
      yield;
    }
    const labels = books.map(([name, book]) => [
      name,
      { codes: all.codes[name], names: book.names() },
    ]);
    // Every label is there.
    const named = Object.fromEntries(labels) as TradeColumns["labels"];
    return { length: length(), ...all.numbers, labels: named };
  };
  return {
    // One by one and not in a loop over the names: it is done a million times.
    add(trade) {
      if (place === BLOCK) {
        block = blockOf(BLOCK);
        blocks.push(block);
        place = 0;
      }
      const { numbers, codes } = block;
      numbers.entryAt[place] = trade.entryAt;
      numbers.exitAt[place] = trade.exitAt;
      numbers.net[place] = trade.net;
      numbers.fees[place] = trade.fees;
      numbers.quantity[place] = trade.quantity;
      numbers.direction[place] = trade.direction;
      numbers.pointWorth[place] = trade.pointWorth;
      numbers.risk[place] = trade.risk;
      numbers.mae[place] = trade.mae;
      numbers.mfe[place] = trade.mfe;
      const { labels } = trade;
      codes.instrument[place] = bookOf.instrument.codeOf(labels.instrument);
      codes.author[place] = bookOf.author.codeOf(labels.author);
      codes.tag[place] = bookOf.tag.codeOf(labels.tag);
      codes.account[place] = bookOf.account.codeOf(labels.account);
      codes.sizeLetter[place] = bookOf.sizeLetter.codeOf(labels.sizeLetter);
      codes.exit[place] = bookOf.exit.codeOf(labels.exit);
      place += 1;
    },
    length,
    finishInSlices,
    finish() {
      const slices = finishInSlices();
      for (;;) {
        const step = slices.next();
        if (step.done === true) return step.value;
      }
    },
  };
}

type NameBook = ReturnType<typeof nameBook>;

function nameBook() {
  const codes = new Map<string, number>();
  // Mostly it is the name of the trade before.
  let [newest, newestCode] = ["", -1];
  const enrolled = (name: string): number => {
    const known = codes.get(name);
    if (known !== undefined) return known;
    if (codes.size >= NAMES_MAX && name !== OTHERS) return enrolled(OTHERS);
    codes.set(name, codes.size);
    return codes.size - 1;
  };
  return {
    codeOf(name: string): number {
      if (name !== newest || newestCode < 0) {
        newestCode = enrolled(name);
        newest = name;
      }
      return newestCode;
    },
    names: (): readonly string[] => [...codes.keys()],
  };
}
