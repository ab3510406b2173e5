import { expect, it } from "vitest";
import { dollars, millis, money } from "../../../../src/core/model/units.ts";
import { isLockedToday, openingOf, riskOf } from "../../../../src/core/risk/memory.ts";
import { anAccount, later } from "../../../kit/builders.ts";

it("an account nothing has happened to remembers nothing", () => {
  const { peak, reached, streak, ...lists } = riskOf(anAccount());
  expect([peak, reached, streak]).toEqual([0, 0, 0]);
  expect(Object.values(lists).flat()).toEqual([]);
  const risk = { ...riskOf({}), streak: 2 };
  expect(riskOf(anAccount({ risk }))).toBe(risk);
});

it("the day's lock ends at its instant, and there is none without one", () => {
  const until = later(60_000);
  const lock = { until, scope: "total", reached: 900, limit: dollars(500) } as const;
  const account = anAccount({ risk: { ...riskOf({}), lock } });
  const at = (time: number) => isLockedToday(account, millis(time));
  expect([until - 1, until, until + 1].map(at)).toEqual([true, false, false]);
  expect(isLockedToday(anAccount(), until)).toBe(false);
  expect(isLockedToday(anAccount({ risk: riskOf({}) }), millis(0))).toBe(false);
});

it("what an account began the day with is neither richer by a loss nor poorer by a profit", () => {
  const began = (realisedToday: number) =>
    openingOf(anAccount({ balance: dollars(50_000), realisedToday: money(realisedToday) }));
  expect(began(dollars(-400))).toBe(dollars(50_400));
  expect(began(dollars(250.5))).toBe(dollars(49_749.5));
});
