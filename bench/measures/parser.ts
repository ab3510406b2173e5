/** Alerts a second in the channel's usual shape, and the dearest message that may still come. */

import type { Message } from "../../src/core/model/message.ts";
import { OPEN_ROOM } from "../../src/core/model/room.ts";
import { readMessage } from "../../src/core/parse/read-message.ts";
import { understood } from "../floor/rows.ts";
import { alertOf, textOf } from "../kit/alerts.ts";
import { spreadOf } from "../kit/distribution.ts";
import {
  atLeast,
  atMost,
  type Bench,
  type Finding,
  type Measure,
  shareOfFloor,
} from "../kit/measure.ts";
import { again, inTurn, ratioOf } from "../kit/rounds.ts";
import { OPENING } from "../kit/trading-day.ts";

const ALERTS = 200_000;
const LENGTH_MAX = 4_000;

/** Pieces that make a parser work; each is repeated to the full length. */
const PIECES = [
  "🚨 ES long 6326: A\nStop: 6316\n@everyone ",
  "ES 6326 ",
  "stop ",
  "**__~~||`> ",
  "<@1234567890> ",
  "https://a.b/c?d=e ",
  "long short long short ",
  "1,234.25 6,326.50 ",
  "> quoted\n",
  "((((((((",
  "\u200b\u0301a",
  "T1 T2 T3 hit out at ",
  "ES T1 hit 6333 ",
  "stop to BE\n",
  "trim half and ",
] as const;

export const parser: Measure = {
  name: "parser",
  async run(bench) {
    bench.tell("the parser");
    return [await usual(bench), await dearest(bench)];
  },
};

async function usual({ rounds }: Bench): Promise<Finding> {
  const texts = Array.from({ length: 16 }, (_, n) => textOf(n));
  const messages = texts.map((_, n) => alertOf(n, OPENING));
  const rateOf = (read: (n: number) => unknown): number => {
    const from = performance.now();
    for (let n = 0; n < ALERTS; n++) read(n & 15);
    return ALERTS / ((performance.now() - from) / 1_000);
  };
  const pairs = await inTurn(
    rounds,
    () => rateOf((n) => readMessage(messages[n]!, OPEN_ROOM)),
    () => rateOf((n) => understood(texts[n]!)),
  );
  const ratio = ratioOf(pairs, (one) => one);
  const [product, floor] = [spreadOf(pairs.product), spreadOf(pairs.floor)];
  return {
    ...{ id: "5", what: "alerts a second read", unit: "/s", product, floor, ratio },
    goals: [shareOfFloor(ratio, 0.35), atLeast(product.median, 1_000_000)],
  };
}

async function dearest({ rounds }: Bench): Promise<Finding> {
  const messages = PIECES.map((piece, n) => ({
    ...alertOf(n, OPENING),
    text: piece.repeat(Math.ceil(LENGTH_MAX / piece.length)).slice(0, LENGTH_MAX),
  }));
  const times = await again(rounds, () => Math.max(...messages.map(timeOf)));
  const product = spreadOf(times);
  const what = "the dearest of fifteen messages of 4,000 characters";
  return {
    ...{ id: "5b", what, unit: "ms", product, floor: null, ratio: null },
    goals: [atMost(product.median, 1, "ms")],
  };
}

const READS = 15;

/** The middle of several reads: one may be interrupted by anything. */
function timeOf(message: Message): number {
  const reads = Array.from({ length: READS }, () => {
    const from = performance.now();
    readMessage(message, OPEN_ROOM);
    return performance.now() - from;
  });
  return spreadOf(reads).median;
}
