import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { instrumentOf } from "../../../../src/core/model/instruments.ts";
import { millis } from "../../../../src/core/model/units.ts";
import { type LivePrice, livePrice } from "../../../../src/shell/topstepx/live-price.ts";

const NOW = 1_000_000;

const started = (now = NOW): LivePrice =>
  livePrice({
    instrument: instrumentOf("MES"),
    venueNow: () => millis(now),
    ours: (at) => at,
    count: 0,
  });

interface Told {
  readonly bid?: number;
  readonly ask?: number;
  readonly last?: number;
  readonly at: number | null;
}

const quote = (price: LivePrice, { bid, ask, last, at }: Told) =>
  price.hearQuote({
    ...{ contract: "c", bid: bid ?? null, ask: ask ?? null, last: last ?? null },
    at: at === null ? null : millis(at),
  });

const print = (price: LivePrice, points: number, at: number) =>
  price.hearPrint({ price: points, at: millis(at) });

describe("a live price", () => {
  test("is none until both sides and a trade are known", () => {
    const price = started();
    expect([print(price, 100, 1), price.quote(), price.last()]).toEqual(["trade", null, 400]);
    quote(price, { bid: 99.75, at: 2 });
    expect(price.quote()).toBeNull();
    quote(price, { ask: 100.25, at: 3 });
    expect(price.quote()).toEqual({
      ...{ instrument: "MES", at: 3, last: 400, bid: 399, ask: 401, high: 400, low: 400 },
    });
  });

  test("takes the first last price there is for a trade, and then trades alone", () => {
    const price = started();
    expect(quote(price, { bid: 99.75, ask: 100.25, last: 100, at: 1_000 })).toBe("trade");
    expect(quote(price, { last: 101, at: 2_000 })).toBe("silent");
    expect(price.quote()?.last).toBe(400);
    expect(print(price, 101, 2_010)).toBe("trade");
    expect(price.quote()?.last).toBe(404);
  });

  test("takes the last price for a trade when the trades have fallen silent", () => {
    const price = started();
    quote(price, { bid: 99.75, ask: 100.25, at: 1_000 });
    print(price, 100, 1_000);
    expect(quote(price, { last: 102, at: 3_000 })).toBe("silent");
    expect(quote(price, { last: 102, at: 3_001 })).toBe("trade");
    // Of an old trade the quote tells again and again.
    expect(quote(price, { last: 102, at: 9_000 })).toBe("silent");
    expect(print(price, 101, 1_500)).toBe("trade");
  });

  test("lets no echo count", () => {
    const price = started();
    print(price, 100, 10);
    print(price, 101, 20);
    expect(print(price, 90, 19)).toBe("echo");
    expect(print(price, 102, 20)).toBe("trade");
    expect([price.last(), price.count()]).toEqual([408, 3]);
  });

  test("is as old as the venue says, whatever else arrives", () => {
    const price = started();
    quote(price, { bid: 99.75, ask: 100.25, last: 100, at: 1_000 });
    expect(quote(price, { bid: 50, at: null })).toBe("silent");
    quote(price, { bid: 99.5, at: 900 });
    expect(price.quote()).toMatchObject({ at: 1_000, bid: 399 });
    expect(price.freshAt()).toBe(1_000);
  });

  test("is never from the future", () => {
    const price = started(5_000);
    quote(price, { bid: 99.75, ask: 100.25, last: 100, at: 60_000 });
    expect(price.quote()?.at).toBe(5_000);
  });

  test("keeps the venue's order when the measured distance of its clock changes", () => {
    let offset = 0;
    const price = livePrice({
      ...{ instrument: instrumentOf("MES"), count: 0, venueNow: () => millis(NOW + offset) },
      ours: (at) => millis(at - offset),
    });
    quote(price, { bid: 99.75, ask: 100.25, at: 1_000 });
    print(price, 100, 1_000);
    offset = 500;
    quote(price, { bid: 100, at: 1_010 });
    expect(print(price, 100.25, 1_010)).toBe("trade");
    expect(price.quote()).toMatchObject({ at: 510, bid: 400, last: 401 });
    expect(price.freshAt()).toBe(510);
  });

  test("is young while it trades, but not when its book has stood still for long", () => {
    const price = started();
    quote(price, { bid: 99.75, ask: 100.25, at: 1_000 });
    print(price, 100, 4_000);
    expect(price.quote()?.at).toBe(4_000);
    print(price, 100, 4_001);
    expect(price.quote()?.at).toBe(1_000);
  });

  test("passes over what is off the tick grid", () => {
    const price = started();
    expect(quote(price, { bid: 99.75, ask: 100.3, at: 1 })).toBe("off-tick");
    expect(print(price, 100.1, 1)).toBe("off-tick");
    expect([price.last(), price.freshAt()]).toEqual([null, null]);
  });

  test("counts on from the price it takes the place of", () => {
    const price = livePrice({
      instrument: instrumentOf("ES"),
      venueNow: () => millis(NOW),
      ours: (at) => at,
      count: 7,
    });
    print(price, 100, 1);
    expect(price.count()).toBe(8);
  });
});

describe("changes in any order and any number of times", () => {
  const field = fc.option(fc.integer({ min: 390, max: 410 }), { nil: undefined });
  const change = fc.record({ bid: field, ask: field });
  const events = fc.array(fc.oneof(change, fc.integer({ min: 390, max: 410 })), { maxLength: 12 });

  /** Each has a time of its own; the first makes the price whole. */
  const hear = (price: LivePrice, told: unknown, at: number): void => {
    if (typeof told === "number") return void print(price, told / 4, at);
    const { bid, ask } = told as { bid?: number; ask?: number };
    const points = {
      ...(bid === undefined ? {} : { bid: bid / 4 }),
      ...(ask === undefined ? {} : { ask: ask / 4 }),
    };
    quote(price, { ...points, at });
  };

  test("leave the same price", () => {
    const orders = events.chain((all) =>
      fc.tuple(
        fc.constant(all),
        fc.shuffledSubarray(
          [...all.keys(), ...all.keys()].map((index, place) => ({ index, place })),
          { minLength: all.length * 2 },
        ),
      ),
    );
    fc.assert(
      fc.property(orders, ([all, shuffled]) => {
        const [inOrder, anyhow] = [started(), started()];
        for (const price of [inOrder, anyhow]) {
          quote(price, { bid: 99.75, ask: 100.25, at: 1 });
          print(price, 100, 1);
        }
        for (const [index, told] of all.entries()) hear(inOrder, told, 10 + index);
        for (const { index } of shuffled) hear(anyhow, all[index], 10 + index);
        expect(anyhow.quote()).toEqual(inOrder.quote());
        expect(anyhow.freshAt()).toBe(inOrder.freshAt());
      }),
    );
  });
});
