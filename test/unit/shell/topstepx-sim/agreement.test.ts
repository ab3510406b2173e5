/**
 * Whatever happens, under whatever switches and at whatever pace, three tales of it agree: the books
 * of the matching, the answers to calls, and what was heard over the hub.
 */
import { expect, test } from "vitest";
import { millis, toDollars } from "../../../../src/core/model/units.ts";
import { REAL_DELAYS } from "../../../../src/shell/topstepx-sim/settings.ts";
import { SWITCHES } from "../../../../src/shell/topstepx-sim/switches.ts";
import { type Dice, seeded } from "../../../../src/std/seeded.ts";
import { getIn } from "../../../../src/std/trie.ts";
import {
  ACCOUNT,
  type Listener,
  rowIn,
  type StandInDesk,
  standInDesk,
} from "../../../kit/stand-in.ts";

const MATTERING = [
  "cancelLeg",
  "modifyLegSize",
  "partialClose",
  "modifySuspended",
  "cancelEntry",
  "partialEntry",
  "tagUsedAgain",
  "linkedOrderId",
  "wrongSideStop",
  "bracketIds",
] as const;

function randomDesk(dice: Dice): StandInDesk {
  const partialFill = dice.below(2) === 0 ? null : { permille: 600, seed: dice.below(1_000) };
  const matching = { slippage: dice.below(2) as never, limitFill: "through", partialFill } as const;
  const activation = millis(5 + dice.below(200));
  const desk = standInDesk({ matching, delays: { ...REAL_DELAYS, activation } });
  for (const name of MATTERING) {
    const values = SWITCHES[name];
    desk.venue.setSwitch(name, values[dice.below(values.length)] as string);
  }
  desk.price(6300);
  return desk;
}

function place(desk: StandInDesk, dice: Dice, last: number): void {
  const side = dice.below(2);
  const sign = side === 0 ? 1 : -1;
  const orders = desk.orders();
  desk.place({
    ...{ side, size: 1 + dice.below(4), type: [1, 2, 4, 5, 6][dice.below(5)] },
    ...{ limitPrice: last + dice.below(21) * 0.25 - 2.5, stopPrice: last + sign * dice.below(20) },
    ...{ trailPrice: last - sign * (1 + dice.below(20)), customTag: `t${dice.below(60)}` },
    ...(dice.below(3) > 0
      ? { stopLossBracket: { ticks: -sign * (4 + dice.below(30)), type: 4 } }
      : {}),
    ...(dice.below(3) > 0
      ? { takeProfitBracket: { ticks: sign * (4 + dice.below(30)), type: 1 } }
      : {}),
    linkedOrderId: orders[dice.below(Math.max(1, orders.length))]?.id ?? null,
  });
}

function change(desk: StandInDesk, dice: Dice, last: number): void {
  const orders = desk.orders();
  const orderId = orders[dice.below(Math.max(1, orders.length))]?.id ?? 1;
  const about = { accountId: ACCOUNT, orderId };
  const price = last + dice.below(41) * 0.25 - 5;
  if (dice.below(3) === 0) desk.call("/api/Order/cancel", about);
  else {
    const size = dice.below(2) === 0 ? null : 1 + dice.below(4);
    desk.call("/api/Order/modify", { ...about, size, limitPrice: price, stopPrice: price });
  }
}

function close(desk: StandInDesk, dice: Dice): void {
  const about = { accountId: ACCOUNT, contractId: desk.contract };
  if (dice.below(2) === 0) desk.call("/api/Position/closeContract", about);
  else desk.call("/api/Position/partialCloseContract", { ...about, size: 1 + dice.below(3) });
}

/** The newest event of each id. */
function newest(
  { heard }: Listener,
  target: string,
): ReadonlyMap<number, ReturnType<typeof rowIn>> {
  const rows = heard.filter((one) => one.target === target).map(rowIn);
  return new Map(rows.map((row) => [row.id ?? 0, row]));
}

function booksAgree(desk: StandInDesk): void {
  const account = getIn(desk.venue.truth().accounts, String(ACCOUNT));
  if (account === undefined) expect.fail("the account is in the books");
  expect(desk.net()).toBe(account.positions[0]?.net ?? 0);
  const working = account.live.filter(({ view }) => view.status === "working");
  const rows = desk.open();
  expect(rows.map((one) => one.size - one.fillVolume).toSorted()).toEqual(
    working.map(({ view }) => view.quantity - view.filled).toSorted(),
  );
  const { accounts } = desk.call("/api/Account/search", { onlyActiveAccounts: false });
  expect(accounts[0]?.balance).toBe(toDollars(account.balance));
  const cents = (value: number | null): number => Math.round((value ?? 0) * 100);
  const earned = desk
    .trades()
    .reduce(
      (sum, one) => sum + cents(one.profitAndLoss) - cents(one.fees) - cents(one.commissions),
      0,
    );
  expect(cents(accounts[0]?.balance ?? 0)).toBe(15_000_000 + earned);
}

function hubAgrees(desk: StandInDesk, listener: Listener): void {
  const told = newest(listener, "GatewayUserOrder");
  for (const order of desk.orders()) {
    const {
      status,
      size,
      fillVolume,
      customTag = null,
      limitPrice = null,
      stopPrice = null,
    } = told.get(order.id) ?? {};
    expect(order).toMatchObject({ status, size, fillVolume, customTag, limitPrice, stopPrice });
  }
  const trades = newest(listener, "GatewayUserTrade");
  expect([...trades.keys()]).toEqual(
    desk
      .trades()
      .map((one) => one.id)
      .toReversed(),
  );
  const held = [...newest(listener, "GatewayUserPosition").values()].filter(
    (one) => (one.size ?? 0) > 0,
  );
  expect(held.map(({ id, type, size }) => ({ id, type, size }))).toEqual(
    desk.positions().map(({ id, type, size }) => ({ id, type, size })),
  );
}

test.each(Array.from({ length: 25 }, (_, seed) => seed))("storm %i over the stand-in", (seed) => {
  const dice = seeded(seed);
  const desk = randomDesk(dice);
  const listener = desk.follow();
  let last = 6300;
  for (let count = 0; count < 60; count += 1) {
    const what = dice.below(10);
    if (what < 3) place(desk, dice, last);
    else if (what < 5) change(desk, dice, last);
    else if (what === 5) close(desk, dice);
    else {
      last += dice.below(41) * 0.25 - 5;
      desk.price(last);
    }
    desk.advance([0, 1, 4, 13, 400][dice.below(5)] ?? 0);
    booksAgree(desk);
  }
  desk.advance(10_000);
  booksAgree(desk);
  hubAgrees(desk, listener);
});
