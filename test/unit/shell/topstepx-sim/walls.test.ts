/** Whatever grows has a limit, and what is beyond it is gone in a way that harms nobody. */
import { expect, test } from "vitest";
import { type Millis, millis } from "../../../../src/core/model/units.ts";
import { tradedContract } from "../../../../src/shell/topstepx-sim/contracts.ts";
import { type OrderBook, orderBook, STATUS } from "../../../../src/shell/topstepx-sim/orders.ts";
import { tokens } from "../../../../src/shell/topstepx-sim/tokens.ts";
import { trades } from "../../../../src/shell/topstepx-sim/trades.ts";
import { wishes } from "../../../../src/shell/topstepx-sim/wishes.ts";

const contract = tradedContract("CON.F.US.MES.Z26") ?? expect.fail("MES trades here");
const at = millis(0) as Millis;

function addTo(book: OrderBook, status: number) {
  const birth = { account: 1, contract, createdAt: at, type: 2, side: 0, size: 1, tag: null };
  const rest = { parent: null, isStopLeg: false, linked: null, trail: null };
  return book.add({ id: book.nextId(0), ...birth, ...rest }, status);
}

test("the oldest ended orders are forgotten, and none that works", () => {
  const book = orderBook();
  const resting = addTo(book, STATUS.open);
  const oldest = addTo(book, STATUS.filled);
  for (let count = 0; count < 19_999; count += 1) addTo(book, STATUS.open);
  expect(book.find(1, oldest.id)).toBeNull();
  expect(book.find(1, resting.id)).toBe(resting);
  addTo(book, STATUS.open);
  expect(book.of(1)).toHaveLength(20_001);
});

test("the oldest half-turns are forgotten", () => {
  const rows = trades(true);
  const order = addTo(orderBook(), STATUS.filled);
  const fill = { order, at, price: 1 as never, quantity: 1, fees: 0 as never };
  const moved = { row: {} as never, closed: 0, earned: 0 as never, opened: 1 };
  for (let count = 0; count < 50_001; count += 1) rows.book(fill, moved);
  expect(rows.of(1)).toHaveLength(50_000);
});

test("the oldest token is forgotten", () => {
  const known = tokens(millis(1_000), 1);
  const first = known.issue("u", at);
  for (let count = 0; count < 10_000; count += 1) known.issue("u", at);
  expect(known.read(first.token, at)).toBeNull();
});

test("more wishes than anybody remembers are not taken", () => {
  const list = wishes();
  const refusal = { errorCode: 2, errorMessage: null };
  for (let count = 0; count < 1_001; count += 1) list.add("/x", refusal);
  expect(list.take("/y")).toBeNull();
  for (let count = 0; count < 1_000; count += 1) expect(list.take("/x")).toBe(refusal);
  expect(list.take("/x")).toBeNull();
});
