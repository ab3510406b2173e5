import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { FloorRule } from "../../../../src/core/model/firm-plan.ts";
import type { LossFloor } from "../../../../src/core/model/firm-state.ts";
import { dollars, type Money, money, toDollars } from "../../../../src/core/model/units.ts";
import {
  floorAfterClose,
  floorAfterPayout,
  floorAtEquity,
  isBreached,
  openingFloor,
  roomAbove,
} from "../../../../src/core/risk/loss-floor.ts";
import oracle from "../../../data/domain-oracle.json" with { type: "json" };
import { trail } from "../../../kit/firm-plans.ts";

interface Vector {
  readonly start: number;
  readonly maxLoss: number;
  readonly mode: string;
  readonly lockAt: number | null;
  readonly days: readonly { readonly path: readonly number[] }[];
  readonly result: readonly {
    readonly day: number;
    readonly close: number;
    readonly floorDuringDay: number;
    readonly floorNextDay: number;
  }[];
  readonly breach: { readonly day: number; readonly equity: number; readonly floor: number } | null;
}

/** Plays days of equities, the last of each being the close. */
function played({ start, maxLoss, mode, lockAt, days }: Vector): Pick<Vector, "result" | "breach"> {
  const kind = mode === "eod" ? "end-of-day" : "intraday";
  const rule = trail({ kind, lossMax: maxLoss, lock: lockAt });
  let floor = openingFloor({ floor: rule, balanceStart: dollars(start) });
  let breach: Vector["breach"] = null;
  const result = days.map(({ path }, index) => {
    for (const equity of path) {
      floor = floorAtEquity(rule, floor, dollars(equity));
      if (isBreached(floor, dollars(equity))) {
        breach ??= { day: index + 1, equity, floor: toDollars(floor.at) };
      }
    }
    const close = path.at(-1) ?? start;
    const floorDuringDay = toDollars(floor.at);
    floor = floorAfterClose(rule, floor, dollars(close));
    return { day: index + 1, close, floorDuringDay, floorNextDay: toDollars(floor.at) };
  });
  return { result, breach };
}

describe("the floors of the firms", () => {
  const vectors = Object.entries(oracle.propFloors as Readonly<Record<string, Vector>>);

  it("are eleven", () => {
    expect(vectors).toHaveLength(11);
  });

  it.each(vectors)("follow the days of %s as its rules say", (_, vector) => {
    const { result, breach } = vector;
    expect(played(vector)).toEqual({ result, breach });
  });
});

const STATIC: FloorRule = { kind: "static", lossMax: dollars(1_000) };
const EOD = trail({ kind: "end-of-day", lossMax: 2_000, lock: 50_100, afterPayout: 50_050 });
const start = dollars(50_000);

it("a static floor stays where it began", () => {
  const floor = openingFloor({ floor: STATIC, balanceStart: start });
  expect(floor).toEqual({ at: dollars(49_000), lock: dollars(49_000) });
  expect(floorAtEquity(STATIC, floor, dollars(70_000))).toBe(floor);
  expect(floorAfterClose(STATIC, floor, dollars(70_000))).toBe(floor);
  expect(floorAfterPayout(STATIC, floor)).toBe(floor);
});

it("touching the floor is breaking it, and a ten-thousandth above it is not", () => {
  const floor = openingFloor({ floor: EOD, balanceStart: start });
  expect(isBreached(floor, dollars(48_000))).toBe(true);
  expect(isBreached(floor, dollars(47_999.9999))).toBe(true);
  expect(isBreached(floor, dollars(48_000.0001))).toBe(false);
  expect(roomAbove(floor, dollars(48_250.5))).toBe(dollars(250.5));
  expect(roomAbove(floor, dollars(47_000))).toBe(dollars(-1_000));
});

it("the first payout moves the floor up and nails it down", () => {
  const floor = openingFloor({ floor: EOD, balanceStart: start });
  const paid = floorAfterPayout(EOD, floor);
  expect(paid).toEqual({ at: dollars(50_050), lock: dollars(50_050) });
  expect(floorAfterClose(EOD, paid, dollars(60_000))).toBe(paid);
  const high: LossFloor = { at: dollars(50_100), lock: dollars(50_100) };
  expect(floorAfterPayout(EOD, high)).toEqual(high);
});

it("a firm that says nothing of payouts leaves the floor as it is", () => {
  const rule = trail({ kind: "intraday", lossMax: 2_000, lock: null });
  const floor = openingFloor({ floor: rule, balanceStart: start });
  expect(floorAfterPayout(rule, floor)).toBe(floor);
});

describe("whatever an account goes through", () => {
  const path = fc.array(fc.integer({ min: -60_000_000, max: 60_000_000 }), { maxLength: 30 });
  const days = fc.array(path, { maxLength: 10 });
  const lossMax = fc.integer({ min: 1, max: 5_000 });
  const lock = fc.option(fc.integer({ min: 0, max: 3_000 }));
  const begin = dollars(0);

  /** Every floor there was, in order. */
  function floorsOf(
    rule: FloorRule,
    played: readonly (readonly number[])[],
    isPaid: boolean,
  ): readonly LossFloor[] {
    const floors = [openingFloor({ floor: rule, balanceStart: begin })];
    const last = (): LossFloor => floors.at(-1) ?? { at: begin, lock: null };
    for (const equities of played) {
      for (const equity of equities) floors.push(floorAtEquity(rule, last(), money(equity)));
      floors.push(floorAfterClose(rule, last(), money(equities.at(-1) ?? 0)));
      if (isPaid) floors.push(floorAfterPayout(rule, last()));
    }
    return floors;
  }

  const kinds = ["end-of-day", "intraday"] as const;

  it.each(kinds)("a floor that follows %s never falls and never passes its lock", (kind) => {
    fc.assert(
      fc.property(days, lossMax, lock, fc.boolean(), (played, loss, stop, isPaid) => {
        const rule = trail({ kind, lossMax: loss, lock: stop, afterPayout: 0 });
        const floors = floorsOf(rule, played, isPaid);
        floors.reduce((before, floor) => {
          expect(floor.at).toBeGreaterThanOrEqual(before.at);
          return floor;
        });
        for (const { at } of floors) {
          if (stop !== null) expect(at).toBeLessThanOrEqual(dollars(stop));
        }
      }),
    );
  });

  it("an end-of-day floor does not see what happens between the closes", () => {
    fc.assert(
      fc.property(days, lossMax, lock, (played, loss, stop) => {
        const rule = trail({ kind: "end-of-day", lossMax: loss, lock: stop });
        const closes = played.map((equities) => equities.slice(-1));
        expect(floorsOf(rule, played, false).at(-1)).toEqual(floorsOf(rule, closes, false).at(-1));
      }),
    );
  });

  it("an intraday floor is never below an end-of-day floor on the same path", () => {
    fc.assert(
      fc.property(days, lossMax, lock, (played, loss, stop) => {
        const of = (kind: (typeof kinds)[number]): readonly Money[] =>
          floorsOf(trail({ kind, lossMax: loss, lock: stop }), played, false).map(({ at }) => at);
        const eod = of("end-of-day");
        of("intraday").forEach((at, index) => {
          expect(at).toBeGreaterThanOrEqual(eod[index] ?? 0);
        });
      }),
    );
  });
});
