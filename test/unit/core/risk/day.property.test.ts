/**
 * Random markets and alerts through the whole program: at every entry, what the day has lost and what
 * everything open can lose at its stop is below the daily loss, of each account and of all; nothing is
 * entered behind a lock; and after half of the size is taken away it does not come back.
 */
import fc from "fast-check";
import { expect, it } from "vitest";
import type { Fact } from "../../../../src/core/model/fact.ts";
import { dollars } from "../../../../src/core/model/units.ts";
import { replay } from "../../../kit/transcript.ts";
import { treasurer } from "../../../storm/treasurer.ts";

interface Day {
  readonly accounts: number;
  readonly dailyLoss: number;
  readonly total: number;
  readonly adds: boolean;
  readonly moments: readonly Moment[];
}

type Moment =
  | { readonly kind: "price"; readonly of: "ES" | "NQ"; readonly moved: number }
  | {
      readonly kind: "alert";
      readonly of: "ES" | "NQ";
      readonly isLong: boolean;
      readonly stop: number;
      readonly size: "A" | "B" | "C";
    }
  | { readonly kind: "restart" };

const root = fc.constantFrom("ES" as const, "NQ" as const);

const moment: fc.Arbitrary<Moment> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant("price" as const),
      of: root,
      moved: fc.integer({ min: -24, max: 22 }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant("alert" as const),
      of: root,
      isLong: fc.boolean(),
      stop: fc.integer({ min: 3, max: 12 }),
      size: fc.constantFrom("A" as const, "B" as const, "C" as const),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: "restart" as const }) },
);

const day: fc.Arbitrary<Day> = fc.record({
  accounts: fc.integer({ min: 1, max: 3 }),
  dailyLoss: fc.integer({ min: 120, max: 500 }),
  total: fc.integer({ min: 150, max: 900 }),
  adds: fc.boolean(),
  moments: fc.array(moment, { minLength: 8, maxLength: 30 }),
});

const START = { ES: 6326, NQ: 21_000 };

function transcriptOf({ accounts, dailyLoss, total, adds, moments }: Day): string {
  const names = ["one", "two", "three"].slice(0, accounts);
  const price = { ...START };
  let second = 9 * 3_600;
  const lines = moments.flatMap((one, index) => {
    second += 70;
    if (one.kind === "restart") return [line(second, "crash"), line(second + 5, "restart")];
    if (one.kind === "price") {
      price[one.of] += (one.moved / 4) * (one.of === "NQ" ? 4 : 1);
      return [line(second, `price ${one.of} ${price[one.of]}`)];
    }
    const now = price[one.of];
    const away = one.stop * (one.of === "NQ" ? 4 : 1);
    const stop = one.isLong ? now - away : now + away;
    const side = one.isLong ? "long" : "short";
    const text = `${one.of} ${side} ${now}: ${one.size} / Stop: ${stop} / @everyone`;
    return [line(second, `price ${one.of} ${now}`), line(second + 1, `alert m${index} 🚨 ${text}`)];
  });
  return [
    `@ accounts ${names.join(" ")}`,
    `@ limit daily-loss ${dailyLoss}`,
    `@ limit total-daily-loss ${total}`,
    "@ limit consecutive-losses off",
    ...(adds ? ["@ adds allow", "@ limit loss-per-trade 1000"] : []),
    `> 08:59:00 price ES ${START.ES}`,
    `> 08:59:00 price NQ ${START.NQ}`,
    ...lines,
  ].join("\n");
}

function line(second: number, what: string): string {
  const pair = (n: number): string => String(n).padStart(2, "0");
  const [hours, minutes] = [Math.floor(second / 3_600), Math.floor(second / 60) % 60];
  return `> ${pair(hours)}:${pair(minutes)}:${pair(second % 60)} ${what}`;
}

const LETTERS = { A: 3, B: 2, C: 1 };

function wrongIn(one: Day): readonly string[] {
  const wrong: string[] = [];
  const { accounts, dailyLoss, total } = one;
  const judge = treasurer(
    {
      dailyLoss: dollars(dailyLoss),
      total: accounts > 1 ? dollars(total) : null,
      ...{ firm: null, trade: null },
      block: 900,
      positionMax: () => Number.POSITIVE_INFINITY,
    },
    (rule, detail) => void wrong.push(`${rule} ${detail}`),
  );
  const halved = new Set<string>();
  const checkSize = (fact: Fact): void => {
    if (fact.kind === "LossStepReached" && fact.step === "half-size") halved.add(fact.account);
    if (fact.kind !== "TradePlanned" || !halved.has(fact.account)) return;
    const quantity = fact.plan.tranches.reduce((sum, tranche) => sum + tranche.quantity, 0);
    const most = Math.max(1, Math.floor(LETTERS[fact.size ?? "C"] / 2));
    if (quantity > most) wrong.push(`${fact.trade} takes ${quantity} after half the size`);
  };
  replay(transcriptOf(one), (fact) => {
    judge.hear(fact);
    checkSize(fact);
  });
  return wrong;
}

it("nothing is entered that the day could not bear", { timeout: 120_000 }, () => {
  fc.assert(
    fc.property(day, (one) => {
      expect(wrongIn(one)).toEqual([]);
    }),
    { numRuns: 12 },
  );
});
