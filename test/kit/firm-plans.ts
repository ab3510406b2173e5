/** A plan of a firm for tests: plain figures, each to be changed in the one place a test is about. */
import type {
  DailyLimitRule,
  FirmPlan,
  HoursRule,
  SizeRule,
  TrailingRule,
} from "../../src/core/model/firm-plan.ts";
import type { FirmState } from "../../src/core/model/firm-state.ts";
import { tradeDate } from "../../src/core/model/trade-date.ts";
import { dollars, type Money, money, weight } from "../../src/core/model/units.ts";

export const minis = (count: number) => weight(Math.round(count * 1_000));

interface Trail {
  readonly kind: "end-of-day" | "intraday";
  readonly lossMax: number;
  /** Null: it never stops. */
  readonly lock: number | null;
  readonly afterPayout?: number;
}

const maybe = (amount: number | null | undefined): Money | null =>
  amount === null || amount === undefined ? null : dollars(amount);

export function trail({ kind, lossMax, lock, afterPayout }: Trail): TrailingRule {
  const rule = {
    lossMax: dollars(lossMax),
    lock: maybe(lock),
    afterPayout: maybe(afterPayout),
  };
  return kind === "intraday" ? { kind, ...rule } : { kind, ...rule, recomputedAt: 17 * 60 };
}

export const HOURS: HoursRule = {
  opensAt: 17 * 60,
  flatBy: 15 * 60 + 10,
  earlyClose: { before: 15, latest: null, counts: "account" },
  calendarUntil: tradeDate("2027-12-31"),
};

export const SIZE: SizeRule = {
  limit: { first: minis(5), steps: [] },
  microWeight: minis(0.1),
  weights: { SIL: minis(0.2) },
  mixing: "allowed",
  caps: [],
};

/** A thousand dollars of equity a day, until 17:00. */
export const DAILY_LIMIT: DailyLimitRule = {
  effect: "soft",
  amount: { first: dollars(1_000), steps: [] },
  basis: "equity",
  feesCounted: true,
  resetsAt: 17 * 60,
  ends: "never",
};

export const FIRM_PLAN: FirmPlan = {
  id: "house/evaluation",
  firm: "House",
  title: "An evaluation",
  venue: "topstepx",
  sources: [{ kind: "primary", text: "House rules" }],
  verified: tradeDate("2026-09-23"),
  notes: [],
  stage: {
    kind: "evaluation",
    profitTarget: dollars(3_000),
    consistency: { measure: "target", share: 550 },
    daysMin: 2,
    daysMax: null,
  },
  balanceStart: dollars(50_000),
  floor: trail({ kind: "end-of-day", lossMax: 2_000, lock: 50_000 }),
  dailyLimit: null,
  size: SIZE,
  products: ["ES", "MES"],
  hours: HOURS,
  news: [],
  hedging: { kind: "allowed" },
  copying: "allowed",
  automation: { kind: "allowed", device: "own", supervised: true, conditions: [] },
  holdTime: null,
  inactivity: null,
  accountsMax: null,
  priceLimitBuffer: null,
};

/** An account of that plan on a fresh day. */
export const aFirmState = (floor: Money, changed: Partial<FirmState> = {}): FirmState => ({
  plan: FIRM_PLAN.id,
  buffer: money(0),
  shift: money(0),
  began: tradeDate("2026-11-02"),
  floor: { at: floor, lock: null },
  peak: FIRM_PLAN.balanceStart,
  day: {
    date: tradeDate("2026-11-20"),
    opening: FIRM_PLAN.balanceStart,
    size: minis(5),
    dailyLimit: null,
    reached: { floor: 0, "daily-limit": 0 },
  },
  payouts: 0,
  days: [],
  ...changed,
});

interface Travelled extends Partial<Pick<FirmState, "days" | "payouts">> {
  readonly opening: Money;
  readonly dailyLimit?: Money;
}

/** One that has come some way: its floor has been lifted once. */
export function aTravelledState({ opening, dailyLimit, ...own }: Travelled): FirmState {
  const fresh = aFirmState(dollars(48_500));
  return {
    ...fresh,
    buffer: dollars(100),
    floor: { at: dollars(48_500), lock: dollars(50_000) },
    peak: dollars(50_500),
    day: { ...fresh.day, opening, dailyLimit: dailyLimit ?? null },
    ...own,
  };
}
