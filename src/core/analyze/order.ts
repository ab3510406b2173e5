/**
 * Trades in the order of their exits; of two that left together the one that came first, then the
 * one that made less. So the order in which they were handed in changes nothing.
 *
 * Trades nearly always come sorted, which costs one look at each. Otherwise they are sorted by the
 * bits of their keys, sixteen at a time (radix sort), the last key first: a million take some tenths
 * of a second, in slices. Few are sorted by comparing them, which costs less than counting 65,536
 * values twelve times.
 */
import { LABELS, type Labelled, NUMBERS, type TradeColumns } from "../model/trade-columns.ts";
import { inSlices, SLICE, type Sliced } from "./slices.ts";

export function* inOrder(columns: TradeColumns): Sliced<TradeColumns> {
  if (yield* isInOrder(columns)) return columns;
  let order = yield* counted(columns.length);
  if (columns.length <= COMPARED_MAX) return yield* gathered(columns, compared(columns, order));
  for (const key of [columns.net, columns.entryAt, columns.exitAt]) {
    order = yield* sortedBy(order, key);
  }
  return yield* gathered(columns, order);
}

function* isInOrder({ length, exitAt, entryAt, net }: TradeColumns): Sliced<boolean> {
  let isSorted = true;
  yield* inSlices(length, (from, to) => {
    for (let at = Math.max(1, from); at < to && isSorted; at++) {
      const later = at - 1;
      const exit = (exitAt[at] as number) - (exitAt[later] as number);
      const entry = (entryAt[at] as number) - (entryAt[later] as number);
      if (exit > 0) continue;
      const isTieInOrder =
        entry > 0 || (entry === 0 && (net[at] as number) >= (net[later] as number));
      isSorted = exit === 0 && isTieInOrder;
    }
  });
  return isSorted;
}

/** 0, 1, 2 ... */
function* counted(length: number): Sliced<Uint32Array<ArrayBuffer>> {
  const numbers = new Uint32Array(length);
  yield* inSlices(length, (from, to) => {
    for (let at = from; at < to; at++) numbers[at] = at;
  });
  return numbers;
}

/** From some ten thousand on the bits are faster; so many are compared within one slice. */
const COMPARED_MAX = SLICE;

const compared = ({ exitAt, entryAt, net }: TradeColumns, order: Uint32Array<ArrayBuffer>) =>
  order.sort(
    (a, b) =>
      (exitAt[a] as number) - (exitAt[b] as number) ||
      (entryAt[a] as number) - (entryAt[b] as number) ||
      (net[a] as number) - (net[b] as number) ||
      a - b,
  );

const DIGITS = 65_536;

/** Stable. */
function* sortedBy(
  order: Uint32Array<ArrayBuffer>,
  key: Float64Array,
): Sliced<Uint32Array<ArrayBuffer>> {
  const digits = yield* digitsOf(key);
  let [from, to] = [order, new Uint32Array(order.length)];
  for (const digit of [0, 1, 2, 3]) {
    const starts = new Uint32Array(DIGITS + 1);
    yield* inSlices(order.length, (begin, end) => {
      for (let at = begin; at < end; at++) {
        const value = digits(at, digit) + 1;
        starts[value] = (starts[value] as number) + 1;
      }
    });
    for (let value = 1; value <= DIGITS; value++) {
      starts[value] = (starts[value] as number) + (starts[value - 1] as number);
    }
    yield* inSlices(order.length, (begin, end) => {
      for (let at = begin; at < end; at++) {
        const index = from[at] as number;
        const value = digits(index, digit);
        const place = starts[value] as number;
        to[place] = index;
        starts[value] = place + 1;
      }
    });
    [from, to] = [to, from];
  }
  return from;
}

/** Sixteen bits of a number, in an order in which all the numbers compare as they do themselves. */
function* digitsOf(key: Float64Array): Sliced<(index: number, digit: number) => number> {
  const values = new Float64Array(key.length);
  yield* inSlices(key.length, (from, to) => {
    // Minus zero would sort below zero.
    for (let at = from; at < to; at++) values[at] = (key[at] as number) + 0;
  });
  const bits = new Uint16Array(values.buffer);
  return (index, digit) => {
    const isBelowZero = (bits[index * 4 + 3] as number) >= 0x8000;
    const own = bits[index * 4 + digit] as number;
    if (isBelowZero) return own ^ 0xffff;
    return digit === 3 ? own ^ 0x8000 : own;
  };
}

function* gathered(columns: TradeColumns, order: Uint32Array): Sliced<TradeColumns> {
  const { length } = order;
  const numbers: [string, Float64Array][] = [];
  for (const name of NUMBERS) {
    const [source, target] = [columns[name], new Float64Array(length)];
    yield* inSlices(length, (from, to) => {
      for (let at = from; at < to; at++) target[at] = source[order[at] as number] as number;
    });
    numbers.push([name, target]);
  }
  const labels: [string, Labelled][] = [];
  for (const name of LABELS) {
    const { codes, names } = columns.labels[name];
    const target = new Uint16Array(length);
    yield* inSlices(length, (from, to) => {
      for (let at = from; at < to; at++) target[at] = codes[order[at] as number] as number;
    });
    labels.push([name, { codes: target, names }]);
  }
  // Every name of both lists is there.
  return {
    length,
    ...Object.fromEntries(numbers),
    labels: Object.fromEntries(labels),
  } as unknown as TradeColumns;
}
