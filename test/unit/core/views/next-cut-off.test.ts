import { expect, it } from "vitest";
import { CME_CALENDAR } from "../../../../src/core/model/cme-calendar.ts";
import { DEFAULT_RULES } from "../../../../src/core/model/defaults.ts";
import { dollars, type Millis, millis } from "../../../../src/core/model/units.ts";
import { type CutOffSource, nextCutOff } from "../../../../src/core/views/next-cut-off.ts";
import { anAccount, later, NOW } from "../../../kit/builders.ts";
import { aFirmState, FIRM_PLAN } from "../../../kit/firm-plans.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const own: CutOffSource = { account: anAccount(), rules: DEFAULT_RULES, plan: null };

const next = (at: Millis, ...accounts: readonly CutOffSource[]): string | null => {
  const found = nextCutOff(accounts, CME_CALENDAR, at);
  return found && `${found.what}, ${found.clock}`;
};

it("walks through the day of an account", () => {
  const times = [NOW, later(6 * HOUR), later(6 * HOUR + 300_000), later(10 * HOUR)];
  expect(times.map((at) => next(at, own))).toEqual([
    "entries-end, Thursday 15:00 CT",
    "all-out, Thursday 15:05 CT",
    "entries-begin, Thursday 17:00 CT",
    "entries-end, Friday 15:00 CT",
  ]);
  expect(nextCutOff([own], CME_CALENDAR, NOW)).toMatchObject({
    at: "2026-11-19T21:00:00.000Z",
    secondsLeft: 6 * 3_600,
  });
});

it("knows when a session ends early, and waits over a holiday", () => {
  expect(next(later(7 * DAY), own)).toBe("entries-end, Thursday 11:35 CT");
  const christmasEve = later(35 * DAY + 8 * HOUR);
  expect(next(christmasEve, own)).toBe("entries-begin, Sunday 17:00 CT");
});

it("takes the sooner of the house's hours and the firm's", () => {
  const plan = { ...FIRM_PLAN, hours: { ...FIRM_PLAN.hours, flatBy: 12 * 60 } };
  const account = anAccount({ firm: aFirmState(dollars(48_000)) });
  const firm = { account, rules: null, plan };
  expect(next(NOW, own, firm)).toBe("entries-end, Thursday 11:50 CT");
  expect(next(NOW, firm, own)).toBe("entries-end, Thursday 11:50 CT");
});

it("is of no account that keeps no hours", () => {
  const account = anAccount({ sessions: "always-open" });
  expect(next(NOW)).toBeNull();
  expect(next(NOW, { account, rules: DEFAULT_RULES, plan: null })).toBeNull();
  expect(next(NOW, { account, rules: null, plan: FIRM_PLAN })).toBeNull();
});

it("begins later for a live account, and leaves nothing where no time is set", () => {
  const { hours } = DEFAULT_RULES;
  const rules = {
    ...DEFAULT_RULES,
    hours: { ...hours, flatFrom: null } as NonNullable<typeof hours>,
  };
  const live = { account: anAccount({ probation: 1 }), rules, plan: null };
  expect([-2, 0, 7].map((hour) => next(millis(NOW + hour * HOUR), live))).toEqual([
    "entries-begin, Thursday 08:30 CT",
    "entries-end, Thursday 15:00 CT",
    "entries-begin, Friday 08:30 CT",
  ]);
});
