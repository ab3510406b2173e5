import fc from "fast-check";
import { expect, test } from "vitest";
import { directionOf } from "../../../../src/core/model/alert.ts";
import { INSTRUMENTS } from "../../../../src/core/model/instruments.ts";
import { PRICE_LIMITS } from "../../../../src/core/parse/limits.ts";
import { checkedAlert, type Draft } from "../../../../src/core/parse/validate.ts";

const draft = (more: Partial<Draft> = {}): Draft => ({
  instrument: "ES",
  side: "long",
  entry: 6326,
  stop: { kind: "price", value: 6316 },
  targets: [],
  size: "A",
  tags: [],
  stopCondition: null,
  ...more,
});

const price = (value: number) => ({ kind: "price", value }) as const;
const points = (value: number) => ({ kind: "points", value }) as const;

const reasonOf = (more: Partial<Draft>, limits = PRICE_LIMITS): string => {
  const result = checkedAlert(draft(more), limits);
  return result.ok ? "taken" : result.error.reason;
};

test("prices become whole ticks of the contract as written", () => {
  const result = checkedAlert(draft({ targets: [price(6333.25), points(12)] }), PRICE_LIMITS);
  expect(result).toMatchObject({
    ok: true,
    value: { instrument: "ES", entry: 25_304, stop: 25_264, targets: [25_333, 25_352] },
  });
});

test("a distance counts from the entry, against the trade for a stop, with it for a target", () => {
  const short = draft({ side: "short", stop: points(8), targets: [points(7)] });
  expect(checkedAlert(short, PRICE_LIMITS)).toMatchObject({
    value: { stop: 25_304 + 32, targets: [25_304 - 28] },
  });
});

test.each<[string, Partial<Draft>, string]>([
  ["entry off the grid", { entry: 6326.3 }, "unsure: entry 6326.3 is off the tick grid of ES"],
  ["stop off the grid", { stop: price(6316.1) }, "unsure: stop 6316.1 is off the tick grid of ES"],
  [
    "target off the grid",
    { targets: [price(6333.1)] },
    "unsure: target 6333.1 is off the tick grid of ES",
  ],
  ["price too low", { entry: 2999.75 }, "price out of range"],
  ["price too high", { entry: 8000.25 }, "price out of range"],
  ["stop at the entry", { stop: price(6326) }, "stop on the wrong side of the entry"],
  ["stop above a long", { stop: price(6336) }, "stop on the wrong side of the entry"],
  ["stop below a short", { side: "short" }, "stop on the wrong side of the entry"],
  ["stop too far", { stop: price(6275.75) }, "stop too far from the entry"],
  [
    "target behind a long",
    { targets: [price(6333), price(6326)] },
    "target on the wrong side of the entry",
  ],
  ["farthest stop", { stop: price(6276) }, "taken"],
  ["lowest price", { entry: 3000, stop: price(2999) }, "taken"],
])("%s", (_, more, reason) => {
  expect(reasonOf(more)).toBe(reason);
});

test("limits can be replaced, and a product without limits is not traded", () => {
  const row = { min: 100, max: 200, stopMax: 5 };
  const limits = { ...PRICE_LIMITS, ES: row };
  expect(checkedAlert(draft(), limits)).toMatchObject({ error: { reason: "price out of range" } });
  expect(checkedAlert(draft(), { NQ: row })).toMatchObject({
    error: { reason: "unsure: no price limits are set for ES", review: true },
  });
});

test("every contract has limits, and its farthest stop is allowed to the tick", () => {
  for (const { root, family, tickUnits, decimals } of Object.values(INSTRUMENTS)) {
    const limit = PRICE_LIMITS[family as keyof typeof PRICE_LIMITS];
    const tick = tickUnits / 10 ** decimals;
    const entry = Math.round((limit.min + limit.max) / 2 / tick) * tick;
    const farthest = Math.floor(limit.stopMax / tick + 1e-9) * tick;
    const stop = (distance: number) => ({ instrument: root, entry, stop: price(entry - distance) });
    expect([root, reasonOf(stop(farthest))]).toEqual([root, "taken"]);
    expect([root, reasonOf(stop(farthest + 2 * tick))]).toEqual([
      root,
      "stop too far from the entry",
    ]);
  }
});

test("whatever is taken has its stop behind and its targets ahead of the entry", () => {
  const anyPrice = fc.integer({ min: 11_000, max: 33_000 }).map((ticks) => ticks / 4);
  const anyDraft = fc.record({
    side: fc.constantFrom("long" as const, "short" as const),
    entry: anyPrice,
    stop: anyPrice.map(price),
    targets: fc.array(anyPrice.map(price), { maxLength: 3 }),
  });
  fc.assert(
    fc.property(anyDraft, (more) => {
      const result = checkedAlert(draft(more), PRICE_LIMITS);
      if (!result.ok) return;
      const { side, entry, stop, targets } = result.value;
      const ahead = (level: number) => (level - entry) * directionOf(side);
      expect(ahead(stop)).toBeLessThan(0);
      for (const target of targets) expect(ahead(target)).toBeGreaterThan(0);
    }),
  );
});
