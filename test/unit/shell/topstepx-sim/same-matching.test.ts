/**
 * The stand-in and the paper venue are one exchange: the same orders meet the same prices at the
 * same fills. Whole days of chance are played at both, and compared after every step.
 */
import { expect, test } from "vitest";
import { money, toDollars } from "../../../../src/core/model/units.ts";
import { DEFAULT_VENUE } from "../../../../src/core/paper/settings.ts";
import { DEFAULT_STAND_IN, PRACTICE_ACCOUNT } from "../../../../src/shell/topstepx-sim/settings.ts";
import { type Dice, seeded } from "../../../../src/std/seeded.ts";
import { PaperDesk } from "../../../kit/paper-desk.ts";
import { ACCOUNT, type StandInDesk, standInDesk } from "../../../kit/stand-in.ts";

/** Ticks of MES, and the same in points. */
const points = (ticks: number): number => ticks / 4;
const BASE = 25_200;

interface Pair {
  readonly paper: PaperDesk;
  readonly venue: StandInDesk;
  readonly dice: Dice;
  last: number;
  count: number;
}

function openPair(seed: number): Pair {
  const venue = standInDesk({
    accounts: [{ ...PRACTICE_ACCOUNT, balance: 50_000 }],
    fees: { kind: "flat", roundTurn: money(25_000) },
    matching: { ...DEFAULT_STAND_IN.matching, ...DEFAULT_VENUE },
  });
  const pair = { paper: new PaperDesk(), venue, dice: seeded(seed), last: BASE, count: 0 };
  move(pair, 0);
  return pair;
}

function move(pair: Pair, by: number): void {
  pair.last += by;
  pair.paper.price(pair.last);
  pair.venue.advance(1_000);
  pair.venue.price(points(pair.last), { ask: points(pair.last + 1) });
}

function place({ paper, venue, dice, last, count }: Pair): void {
  const tag = `e${count}`;
  const side = dice.below(2) === 0 ? "buy" : "sell";
  const quantity = 1 + dice.below(3);
  const isLimit = dice.below(2) === 0;
  const price = last + dice.below(21) - 10;
  const stop = 4 + dice.below(20);
  const target = 4 + dice.below(20);
  const hasBracket = dice.below(3) > 0;
  const sign = side === "buy" ? 1 : -1;
  const outcome = paper.place({
    ...{ tag, side, quantity, price: isLimit ? price : null },
    bracket: hasBracket ? [stop, target] : null,
  });
  const answer = venue.place({
    ...{ customTag: tag, side: side === "buy" ? 0 : 1, size: quantity, type: isLimit ? 1 : 2 },
    ...(isLimit ? { limitPrice: points(price) } : {}),
    ...(hasBracket
      ? {
          stopLossBracket: { ticks: -sign * stop, type: 4 },
          takeProfitBracket: { ticks: sign * target, type: 1 },
        }
      : {}),
  });
  expect(answer.success).toBe(outcome.kind === "done");
}

/** Something is done to an order that rests: moved, or cancelled. */
function change({ paper, venue, dice, last }: Pair): void {
  const live = paper.account().live.filter(({ view }) => view.status === "working");
  const order = live[dice.below(Math.max(1, live.length))]?.view;
  if (order === undefined) return;
  const row = venue.orders().find((one) => one.customTag === order.tag);
  const about = { accountId: ACCOUNT, orderId: row?.id };
  if (dice.below(4) === 0) {
    expect(venue.call("/api/Order/cancel", about).success).toBe(
      paper.cancel(order.tag as string).kind === "done",
    );
    return;
  }
  const price = last + dice.below(31) - 15;
  const kind = row?.type === 4 ? "stopPrice" : "limitPrice";
  const answer = venue.call("/api/Order/modify", { ...about, [kind]: points(price) });
  expect(answer.success).toBe(paper.modify(order.tag as string, price).kind === "done");
}

function compare({ paper, venue }: Pair): void {
  const fills = paper.account().fills;
  const tags = new Map(venue.orders().map((one) => [one.id, one.customTag]));
  const sums = new Map<string, number>();
  for (const { orderId, price, size, side } of venue.trades()) {
    const key = `${tags.get(orderId)} ${side} ${price}`;
    sums.set(key, (sums.get(key) ?? 0) + size);
  }
  const wanted = new Map<string, number>();
  for (const { tag, side, price, quantity } of fills) {
    const key = `${tag} ${side === "buy" ? 0 : 1} ${points(price)}`;
    wanted.set(key, (wanted.get(key) ?? 0) + quantity);
  }
  expect(sums).toEqual(wanted);
  expect(venue.net()).toBe(paper.net());
  const { accounts } = venue.call("/api/Account/search", { onlyActiveAccounts: false });
  expect(accounts[0]?.balance).toBe(toDollars(paper.account().balance));
  const working = paper.account().live.filter(({ view }) => view.status === "working");
  expect(venue.open().map((one) => one.customTag)).toEqual(working.map(({ view }) => view.tag));
}

test.each(Array.from({ length: 20 }, (_, seed) => seed))("day %i is the same at both", (seed) => {
  const pair = openPair(seed);
  for (; pair.count < 40; pair.count += 1) {
    const what = pair.dice.below(10);
    if (what < 3) place(pair);
    else if (what < 5) change(pair);
    else if (what === 5) {
      const closed = pair.paper.close().kind === "done";
      const about = { accountId: ACCOUNT, contractId: pair.venue.contract };
      expect(pair.venue.call("/api/Position/closeContract", about).success).toBe(closed);
    } else move(pair, pair.dice.below(25) - 12);
    compare(pair);
  }
});
