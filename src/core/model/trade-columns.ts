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
  /** In slices, for a million trades are eighty megabytes to be put side by side. */
  finish(): Generator<undefined, TradeColumns, undefined>;
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
  readonly codes: Record<Label, Uint16Array>;
}

const newBlock = (): Block => ({ numbers: roomFor(BLOCK), codes: codesFor(BLOCK) });

const codesFor = (room: number): Record<Label, Uint16Array> => {
  const columns = LABELS.map((name) => [name, new Uint16Array(room)]);
  return Object.fromEntries(columns) as Record<Label, Uint16Array>; // every label is there
};

/** Rows go into blocks, so that nothing has to be moved while more and more of them come. */
export function columnsBuilder(): ColumnsBuilder {
  let block = newBlock();
  const blocks = [block];
  let place = 0;
  const books = Object.fromEntries(LABELS.map((name) => [name, nameBook()])) as Record<
    Label,
    NameBook
  >;
  const length = (): number => (blocks.length - 1) * BLOCK + place;
  return {
    // One by one and not in a loop over the names: it is done a million times.
    add(trade) {
      const { labels } = trade;
      if (place === BLOCK) {
        block = newBlock();
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
      codes.instrument[place] = books.instrument.codeOf(labels.instrument);
      codes.author[place] = books.author.codeOf(labels.author);
      codes.tag[place] = books.tag.codeOf(labels.tag);
      codes.account[place] = books.account.codeOf(labels.account);
      codes.sizeLetter[place] = books.sizeLetter.codeOf(labels.sizeLetter);
      codes.exit[place] = books.exit.codeOf(labels.exit);
      place += 1;
    },
    length,
    *finish() {
      const [numbers, codes] = [roomFor(length()), codesFor(length())];
      for (const [index, one] of blocks.entries()) {
        const to = index === blocks.length - 1 ? place : BLOCK;
        for (const name of NUMBERS) {
          numbers[name].set(one.numbers[name].subarray(0, to), index * BLOCK);
        }
        for (const name of LABELS) codes[name].set(one.codes[name].subarray(0, to), index * BLOCK);
        yield;
      }
      const labelled = LABELS.map((name) => [
        name,
        { codes: codes[name], names: books[name].names() },
      ]);
      // Every label is there.
      const labels = Object.fromEntries(labelled) as Record<Label, Labelled>;
      return { length: length(), ...numbers, labels };
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
