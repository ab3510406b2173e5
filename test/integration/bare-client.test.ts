/**
 * A stranger trades a day: the client on bare HTTP and WebSocket against the stand-in venue on the
 * network, in each of the ways in which the hubs can be reached.
 */
import { afterEach, describe, expect, test } from "vitest";
import { type BareHub, type BareVenueClient, bareVenueClient } from "../kit/bare-venue-client.ts";
import type { Row } from "../kit/bare-wire.ts";
import { filesIn, read } from "../kit/tree.ts";
import { BOOK_ACCOUNT, type BookVenue, openBookVenue } from "../kit/wire-book-venue.ts";

const MES = "CON.F.US.MES.U26";
const MORNING = "2026-08-18T14:00:00Z";

let opened: { readonly venue: BookVenue; readonly client: BareVenueClient } | null = null;
afterEach(async () => {
  opened?.client.close();
  await opened?.venue.close();
  opened = null;
});

const WAYS = [
  { tokenIn: "header", negotiates: false },
  { tokenIn: "query", negotiates: false },
  { tokenIn: "header", negotiates: true },
  { tokenIn: "query", negotiates: true },
] as const;

async function morning(way: (typeof WAYS)[number]) {
  const venue = await openBookVenue();
  const login = { userName: "trader", apiKey: "book-key" };
  const client = bareVenueClient({ url: venue.url, ...login, ...way });
  opened = { venue, client };
  await client.login();
  const user = await client.hub("user");
  await user.invoke("SubscribeAccounts");
  for (const what of ["Orders", "Positions", "Trades"]) {
    await user.invoke(`Subscribe${what}`, BOOK_ACCOUNT);
  }
  return { venue, client, user, legs: (tag: string) => legsOf(user, tag) };
}

/** Both legs of a bracket, once they work. */
async function legsOf(user: BareHub, tag: string) {
  const leg = async (suffix: string): Promise<Row> => {
    const works = (data: Row) => data["customTag"] === `${tag}${suffix}` && data["status"] === 1;
    return (await user.until(`${tag}${suffix}`, ({ data }) => works(data))).data;
  };
  return { stop: await leg("-SL"), target: await leg("-TP") };
}

const long = (size: number, customTag: string) => ({
  ...{ accountId: BOOK_ACCOUNT, contractId: MES, type: 2, side: 0, size, customTag },
  stopLossBracket: { ticks: -40, type: 4 },
  takeProfitBracket: { ticks: 28, type: 1 },
});
const idOf = (row: Row): number => Number(row["id"]);
const became = (order: Row, status: number) => (event: { readonly data: Row }) =>
  event.data["id"] === order["id"] && event.data["status"] === status;
const ids = (rows: readonly Row[]): readonly number[] => rows.map(idOf).toSorted((a, b) => a - b);
const total = (rows: readonly Row[], key: string): number =>
  rows.reduce((sum, row) => sum + Number(row[key] ?? 0), 0);

describe.each(WAYS)("a client with its token in the $tokenIn, negotiating: $negotiates", (way) => {
  test("finds its account, its contract and its past", async () => {
    const { client, venue } = await morning(way);
    expect(await client.ping()).toBe("pong");
    expect(await client.accounts()).toMatchObject([{ id: BOOK_ACCOUNT, canTrade: true }]);
    const found = await client.contracts("MES");
    const active = found.filter((one) => one["symbolId"] === "F.US.MES" && one["activeContract"]);
    expect(active).toMatchObject([{ id: MES, tickSize: 0.25, tickValue: 1.25 }]);
    for (let i = 0; i < 180; i += 1) {
      venue.quote("MES", 6300, 6300.25);
      venue.pass(1_000);
    }
    const bars = await client.bars(MES, MORNING, "2026-08-18T15:00:00Z");
    expect(bars.length).toBeGreaterThanOrEqual(2);
    expect(String(bars[0]?.["t"]) > String(bars[1]?.["t"])).toBe(true);
  });

  test("hears the market: a whole quote first, then what changed, and trades", async () => {
    const { client, venue } = await morning(way);
    const market = await client.hub("market");
    await market.invoke("SubscribeContractQuotes", MES);
    await market.invoke("SubscribeContractTrades", MES);
    const quoteOf = (args: readonly unknown[]): Row => args[1] as Row;
    venue.pass(1);
    const first = await market.until("a quote", ({ target }) => target === "GatewayQuote");
    expect(quoteOf(first.args)).toMatchObject({ bestBid: 6300, bestAsk: 6300.25 });
    venue.quote("MES", 6300.25, 6300.5);
    const next = await market.until(
      "the next quote",
      ({ target, args }) => target === "GatewayQuote" && quoteOf(args)["bestBid"] === 6300.25,
    );
    expect(quoteOf(next.args)).not.toHaveProperty("open");
    const trade = await market.until("a trade", ({ target }) => target === "GatewayTrade");
    expect(trade.args[0]).toBe(MES);
    expect(Array.isArray(trade.args[1])).toBe(true);
  });

  test("trades a whole day and goes home flat", async () => {
    const { client, venue, user, legs } = await morning(way);

    // A long, taken at its target.
    const entry = await client.place(long(1, "day-1"));
    venue.pass(100);
    const one = await legs("day-1");
    expect(one.stop).toMatchObject({ parentOrderId: entry, stopPrice: 6290.25, type: 4, side: 1 });
    expect(one.target).toMatchObject({ parentOrderId: entry, limitPrice: 6307.25, type: 1 });
    expect(await client.order(BOOK_ACCOUNT, entry)).toMatchObject({
      status: 2,
      filledPrice: 6300.25,
    });
    expect(ids(await client.openOrders(BOOK_ACCOUNT))).toEqual(ids([one.stop, one.target]));
    venue.quote("MES", 6307.5, 6307.75);
    venue.pass(100);
    await user.until("the target filled", became(one.target, 2));
    await user.until("its stop cancelled", became(one.stop, 3));
    expect(await client.positions(BOOK_ACCOUNT)).toEqual([]);
    expect(await client.openOrders(BOOK_ACCOUNT)).toEqual([]);

    // Another one: the stop goes up, then everything is closed, and the legs stay behind.
    await client.place(long(2, "day-2"));
    venue.pass(100);
    const two = await legs("day-2");
    await client.modify({ accountId: BOOK_ACCOUNT, orderId: idOf(two.stop), stopPrice: 6304.5 });
    const moved = await user.until("the stop moved", ({ data }) => data["stopPrice"] === 6304.5);
    expect(idOf(moved.data)).toBe(idOf(two.stop));
    await client.partialClose(BOOK_ACCOUNT, MES, 1);
    venue.pass(100);
    expect(await client.positions(BOOK_ACCOUNT)).toMatchObject([{ type: 1, size: 1 }]);
    await client.closeContract(BOOK_ACCOUNT, MES);
    venue.pass(100);
    expect(await client.positions(BOOK_ACCOUNT)).toEqual([]);
    const orphans = await client.openOrders(BOOK_ACCOUNT);
    expect(ids(orphans)).toEqual(ids([two.stop, two.target]));
    for (const orphan of orphans) await client.cancel(BOOK_ACCOUNT, idOf(orphan));
    venue.pass(100);

    // A limit that waits, comes nearer and is called off; its legs never worked.
    const { stopLossBracket, takeProfitBracket } = long(1, "day-3");
    const waiting = await client.place({
      ...{ accountId: BOOK_ACCOUNT, contractId: MES, type: 1, side: 0, size: 1 },
      ...{ limitPrice: 6290, customTag: "day-3", stopLossBracket, takeProfitBracket },
    });
    venue.pass(100);
    await client.modify({ accountId: BOOK_ACCOUNT, orderId: waiting, limitPrice: 6295 });
    venue.pass(100);
    expect(await client.openOrders(BOOK_ACCOUNT)).toMatchObject([
      { id: waiting, limitPrice: 6295 },
    ]);
    expect(await client.ordersOf(BOOK_ACCOUNT, [8])).toHaveLength(2);
    await client.cancel(BOOK_ACCOUNT, waiting);
    venue.pass(100);

    // Flat, nothing works or waits, and the half-turns say what the day was.
    expect(await client.positions(BOOK_ACCOUNT)).toEqual([]);
    expect(await client.ordersOf(BOOK_ACCOUNT, [1, 6, 7, 8])).toEqual([]);
    const trades = await client.trades(BOOK_ACCOUNT, MORNING);
    // + 7 points x 1, - 0.25 points x 2, at $5 a point; 6 contract sides at $0.36 and $0.25.
    expect(total(trades, "profitAndLoss")).toBeCloseTo(35 - 2.5, 9);
    expect(total(trades, "fees")).toBeCloseTo(6 * 0.36, 9);
    const [account] = await client.accounts();
    expect(account?.["balance"]).toBeCloseTo(150_000 + 32.5 - 6 * (0.36 + 0.25), 9);
  });

  test("gets its refusals as words, and an order is refused after the close", async () => {
    const { client, venue, user } = await morning(way);
    await expect(client.place({ ...long(1, "no-1"), type: 1, limitPrice: 6290.1 })).rejects.toThrow(
      "2 Invalid limit price. Price is not aligned to tick size.",
    );
    venue.pass(100);
    const rejected = await user.until("no-1", ({ data }) => data["customTag"] === "no-1");
    expect(rejected.data).toMatchObject({ status: 5, fillVolume: 0 });
    venue.at("2026-08-18T20:30:00Z");
    await expect(client.place(long(1, "no-2"))).rejects.toThrow("Trading is currently unavailable");
  });

  test("is told when the line is dropped, and is let in again", async () => {
    const { client, venue, user } = await morning(way);
    venue.drop();
    expect(await user.ended).toBe("Connection closed with an error.");
    const again = await client.hub("user");
    await again.invoke("SubscribeOrders", BOOK_ACCOUNT);
    await client.place(long(1, "again-1"));
    venue.pass(100);
    expect((await legsOf(again, "again-1")).stop).toMatchObject({ status: 1 });
  });
});

test("the stranger shares nothing with the program", () => {
  const strangers = filesIn("test/kit").filter((path) => path.includes("/bare-"));
  expect(strangers).toHaveLength(2);
  for (const path of strangers) expect(read(path)).not.toMatch(/from ".*src\//);
});
