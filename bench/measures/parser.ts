/**
 * How fast messages are read: alerts in the channel's usual shape, the mixture of the labelled
 * corpus, chatter; and how dear a message can be made by somebody who wants it to be.
 *
 * The dearest message is looked for, not thought up: from pieces that make a parser work, the
 * dearest is damaged again and again, and kept whenever it became dearer. The seed is fixed.
 */

import type { Message } from "../../src/core/model/message.ts";
import { OPEN_ROOM } from "../../src/core/model/room.ts";
import { readMessage } from "../../src/core/parse/read-message.ts";
import { type Dice, seeded } from "../../src/std/seeded.ts";
import { allMessages } from "../../test/kit/all-messages.ts";
import { attacksOn, patternsIn } from "../../test/kit/patterns.ts";
import { understood } from "../floor/rows.ts";
import { alertOf, textOf } from "../kit/alerts.ts";
import { type Spread, spreadOf } from "../kit/distribution.ts";
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
const PIECES: readonly string[] = [
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
  "BTO SPY 662C 9/19 @ 2.50 ",
  "sold half ES 6326 C ",
  "XAUUSD BUY 4329 SL 4320 TP 4334 ",
  '{"ticker":"MES1!","action":"buy",',
  "yesterday if ES long was 6326 stop hit ",
  "1. ",
  "ES T1 hit 6333 ",
  "stop to BE\n",
  "trim half and ",
];

export const parser: Measure = {
  name: "parser",
  async run(bench) {
    bench.tell("the parser");
    return [
      await usual(bench),
      await mixed(bench),
      await chatter(bench),
      await dearest(bench),
      await growth(bench),
      await patternGrowth(bench),
    ];
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

/** Beforehand, for the runtime goes on compiling for some seconds after the mixture has changed. */
const WARM = 6;

/** Each message of a list as often as fits into about half a second. */
async function rateOver({ rounds, quicker }: Bench, messages: readonly Message[]): Promise<Spread> {
  const passes = Math.ceil(100_000 / quicker / messages.length);
  const round = (): number => {
    const from = performance.now();
    for (let pass = 0; pass < passes; pass++) {
      for (const message of messages) readMessage(message, OPEN_ROOM);
    }
    return (passes * messages.length) / ((performance.now() - from) / 1_000);
  };
  for (let n = 0; n < WARM; n++) round();
  return spreadOf(await again(rounds, round));
}

const plain = { unit: "/s", floor: null, ratio: null } as const;

async function mixed(bench: Bench): Promise<Finding> {
  const messages = allMessages(["dev"]).map(({ message }) => message);
  const product = await rateOver(bench, messages);
  const goals = [atLeast(product.median, 150_000)];
  return { id: "5 mixed", what: "messages a second, labelled corpus", ...plain, product, goals };
}

const CHATTER = [
  "good morning everyone",
  "lunch, back in an hour",
  "what a day haha",
  "anyone watching the fed presser later",
  "nice one, thanks boss \u{1F64F}",
  "lol",
  "my internet is so slow today",
  "see you all tomorrow, have a great evening",
];

async function chatter(bench: Bench): Promise<Finding> {
  const messages = CHATTER.map((text, n) => ({ ...alertOf(n, OPENING), text }));
  const product = await rateOver(bench, messages);
  const goals = [atLeast(product.median, 1_000_000)];
  return { id: "5 chatter", what: "messages a second, plain chatter", ...plain, product, goals };
}

async function dearest({ rounds, quicker }: Bench): Promise<Finding> {
  const messages = climbed(Math.ceil(CLIMBS / quicker)).map(messageOf);
  const times = await again(rounds, () => Math.max(...messages.map((one) => timeOf(one))));
  const product = spreadOf(times);
  const what = "the dearest message of up to 4,000 characters that was found";
  return {
    ...{ id: "5b", what, unit: "ms", product, floor: null, ratio: null },
    goals: [atMost(product.median, 1, "ms")],
  };
}

const messageOf = (text: string, n: number): Message => ({ ...alertOf(n, OPENING), text });

const filled = (piece: string, length = LENGTH_MAX): string =>
  piece.repeat(Math.ceil(length / piece.length)).slice(0, length);

const CLIMBS = 800;
const KEPT = 8;

/** The dearest texts after so many attempts to make one of them dearer. */
function climbed(attempts: number): readonly string[] {
  const dice = seeded(5);
  let best = PIECES.map((piece) => ({ text: filled(piece), cost: 0 })).map(costed);
  for (let left = attempts; left > 0; left--) {
    best = best.toSorted((one, other) => other.cost - one.cost).slice(0, KEPT);
    const { text } = best[dice.below(best.length)]!;
    best.push(costed({ text: changed(text, dice), cost: 0 }));
  }
  return best
    .toSorted((one, other) => other.cost - one.cost)
    .slice(0, KEPT)
    .map(({ text }) => text);
}

const costed = ({ text }: { readonly text: string; readonly cost: number }) => ({
  text,
  cost: timeOf(messageOf(text, 0), 3),
});

/** Another piece somewhere, a part made of one piece, a piece inside another, or two texts in one. */
function changed(text: string, dice: Dice): string {
  const piece = PIECES[dice.below(PIECES.length)]!;
  const at = dice.below(text.length);
  const count = 1 + dice.below(1_500);
  const part = dice.permille(300) ? piece : filled(piece, count);
  if (dice.permille(150)) return filled(text.slice(at, at + 1 + dice.below(60)) + piece);
  return (text.slice(0, at) + part + text.slice(at + part.length)).slice(0, LENGTH_MAX);
}

/** Four times the length may cost four times as much: the worst of all pieces, per doubling. */
async function growth({ rounds }: Bench): Promise<Finding> {
  const ratios = await again(rounds, () =>
    Math.max(
      ...PIECES.map((piece) => {
        const [short, long] = [filled(piece, 1_000), filled(piece)];
        return Math.sqrt(timeOf(messageOf(long, 0)) / timeOf(messageOf(short, 0)));
      }),
    ),
  );
  const product = spreadOf(ratios);
  const what = "a message of double length: times the time, at worst";
  return {
    ...{ id: "5b growth", what, unit: "x", product, floor: null, ratio: null },
    goals: [atMost(product.median, 2.6, "x")],
  };
}

/** Below this a pattern costs nothing worth measuring. */
const NOTABLE_MS = 0.02;

/** Every pattern of the program against texts out of its own signs, at 2,000 and 8,000. */
async function patternGrowth({ rounds }: Bench): Promise<Finding> {
  const suspects = patternsIn().flatMap(({ regex }) => {
    const long = attacksOn(regex, 8_000);
    return attacksOn(regex, 2_000).flatMap((text, index) => {
      const pair = { regex, short: text, long: long[index] ?? text };
      return searchTime(regex, pair.long, 1) > NOTABLE_MS ? [pair] : [];
    });
  });
  const ratios = await again(rounds, () =>
    Math.max(
      ...suspects.map(({ regex, short, long }) =>
        Math.sqrt(searchTime(regex, long) / searchTime(regex, short)),
      ),
    ),
  );
  const product = spreadOf(ratios);
  const what = "any pattern of the program on a text of double length: times the time, at worst";
  return {
    ...{ id: "5b patterns", what, unit: "x", product, floor: null, ratio: null },
    goals: [atMost(product.median, 2.6, "x")],
  };
}

/** The quickest of several searches: what it costs without interruption. */
function searchTime(regex: RegExp, text: string, searches = 7): number {
  let best = Number.POSITIVE_INFINITY;
  for (let left = searches; left > 0; left--) {
    const from = performance.now();
    for (let times = 0; times < 4; times++) {
      regex.lastIndex = 0;
      if (regex.global) text.replace(regex, "");
      else regex.test(text);
    }
    best = Math.min(best, (performance.now() - from) / 4);
  }
  return best;
}

const READS = 15;

/** The middle of several reads: one may be interrupted by anything. */
function timeOf(message: Message, count = READS): number {
  const reads = Array.from({ length: count }, () => {
    const from = performance.now();
    readMessage(message, OPEN_ROOM);
    return performance.now() - from;
  });
  return spreadOf(reads).median;
}
