/**
 * The firm a storm's accounts belong to, and its auditor: a reckoning of floors, limits and sizes by the
 * facts alone, which knows nothing of how the program does it.
 *
 * I12 at every entry: should everything go to its stop, the account stays above its floor and within the
 * firm's daily limit, and no more is held than the firm allows. I13: nobody enters who is shut out or
 * lost, and what was touched is followed by it. I39: a floor never falls, never passes its lock, follows
 * the equity it is said to follow, and is never below one that follows closes.
 */
import type { Fact, FactOf } from "../../src/core/model/fact.ts";
import type { FirmPlan } from "../../src/core/model/firm-plan.ts";
import type { FirmTerms } from "../../src/core/model/firm-state.ts";
import { tradeDate } from "../../src/core/model/trade-date.ts";
import { dollars, money, weight } from "../../src/core/model/units.ts";
import { readRuleDirectory } from "../../src/shell/yaml/rule-packs.ts";
import { chance } from "../../src/std/seeded.ts";

export interface StormFirm {
  readonly plan: FirmPlan;
  readonly terms: FirmTerms;
  /** The trader keeps no limits of his own: the firm's alone decide. */
  readonly isAlone: boolean;
}

const START = dollars(50_000);

let read: readonly FirmPlan[] | null = null;

/** Real ones, of fifty thousand, in which MES may be traded. */
function realPlans(): readonly FirmPlan[] {
  if (read !== null) return read;
  const dates = { today: tradeDate("2026-11-20"), calendarUntil: tradeDate("2027-12-31") };
  const packs = readRuleDirectory("config/rules", dates);
  if (!packs.ok) throw new Error(JSON.stringify(packs.error.problems));
  read = packs.value
    .flatMap(({ plans }) => plans)
    .filter((plan) => plan.balanceStart === START && plan.products.includes("MES"));
  return read;
}

export function firmFor(seed: number): StormFirm | null {
  const draw = (site: string, below: number): number => chance(seed, `firm/${site}`, 0) % below;
  if (draw("any", 3) === 0) return null;
  const plans = realPlans();
  const real = plans[draw("plan", plans.length)];
  if (real === undefined) throw new Error("there are plans of fifty thousand");
  // A beginner's size, now and then: half an hour is too short to reach five minis with micros.
  const isSmall = draw("small", 3) === 0;
  const size = { ...real.size, limit: { first: weight(200), steps: [] } };
  const plan = isSmall ? { ...real, size } : real;
  // Most accounts have had their worst weeks already, or half an hour would not bring them near it.
  // One who has little left and keeps none of it back loses his account to a stop that slips.
  const isDaring = draw("daring", 5) === 0;
  const rooms = draw("room", 7);
  const room = dollars(isDaring ? 60 + 30 * rooms : 300 + 100 * rooms);
  const highest = money(START + plan.floor.lossMax - room);
  const isYoung = draw("young", 4) === 0;
  const buffer = isDaring ? dollars(1) : dollars(50 + 50 * draw("buffer", 3));
  const terms = { plan: plan.id, buffer };
  return {
    plan,
    terms: isYoung ? terms : { ...terms, soFar: { highest } },
    isAlone: draw("alone", 2) === 0,
  };
}

/** What the treasurer knows of an account as it enters. */
export interface Entering {
  readonly account: string;
  readonly trade: string;
  /** Net of the trades that are over. */
  readonly realised: number;
  /** What open trades can lose, and this one. */
  readonly open: number;
  readonly risk: number;
  /** Held or on order, this entry included, in thousandths of a mini. */
  readonly weight: number;
}

export interface Auditor {
  hear(fact: Fact): void;
  enter(entering: Entering): void;
  mayEnter(account: string, what: string, at: number): void;
  /** With nothing open, its cash is its equity. */
  flat(account: string, realised: number, now: number): void;
}

interface Followed {
  floor: number;
  lock: number | null;
  lockedUntil: number;
  isLost: boolean;
  /** By the venue's word, with nothing open, and what had been made by then. */
  cash: number;
  made: number;
  opening: number;
}

export function auditor(
  firm: StormFirm | null,
  blame: (rule: "I12" | "I13" | "I39", detail: string) => void,
): Auditor {
  const accounts = new Map<string, Followed>();
  if (firm === null) return { hear() {}, enter() {}, mayEnter() {}, flat() {} };
  const { plan, terms } = firm;
  const { floor: rule, dailyLimit } = plan;
  const daily = dailyLimit === null ? null : dailyLimit.amount.first;
  const minis = plan.size.limit.first;

  function begins(fact: FactOf<"FirmBegan">): void {
    const { floor, day } = fact.firm;
    const peak = Math.max(START, terms.soFar?.highest ?? START);
    const begun = START - rule.lossMax;
    const followed = rule.kind === "static" ? begun : Math.max(begun, peak - rule.lossMax);
    const lock = rule.kind === "static" ? begun : rule.lock;
    const wanted = lock === null ? followed : Math.max(begun, Math.min(followed, lock));
    if (floor.at !== wanted) blame("I39", `${fact.account} begins at ${floor.at}, not ${wanted}`);
    const zero = { lockedUntil: 0, isLost: false, made: 0 };
    accounts.set(fact.account, {
      ...{ ...zero, floor: floor.at, lock, cash: day.opening, opening: day.opening },
    });
  }

  function raised({ account, peak, floor }: FactOf<"FirmFloorRaised">): void {
    const known = accounts.get(account);
    if (known === undefined) return blame("I39", `${account} is raised before it begins`);
    if (floor.at <= known.floor) blame("I39", `${account} is raised to ${floor.at}, lower`);
    if (known.lock !== null && floor.at > known.lock) blame("I39", `${account} passes its lock`);
    if (rule.kind !== "intraday") blame("I39", `${account} is raised by equity`);
    const wanted = Math.min(known.lock ?? Number.POSITIVE_INFINITY, peak - rule.lossMax);
    if (floor.at > wanted) blame("I39", `${account} is raised to ${floor.at}, not ${wanted}`);
    known.floor = floor.at;
  }

  const cashOf = ({ cash, made }: Followed, realised: number): number => cash + realised - made;

  return {
    hear(fact) {
      switch (fact.kind) {
        case "FirmBegan":
          return begins(fact);
        case "FirmFloorRaised":
          return raised(fact);
        case "FirmStepReached": {
          const known = accounts.get(fact.account);
          if (known !== undefined && fact.until !== null) known.lockedUntil = fact.until;
          return;
        }
        case "FirmBreached": {
          const known = accounts.get(fact.account);
          if (known !== undefined) known.isLost = true;
          return;
        }
        default:
          return;
      }
    },
    enter({ account, trade, realised, open, risk, weight: held }) {
      const known = accounts.get(account);
      if (known === undefined) return blame("I12", `${account} enters before its firm begins`);
      const left = cashOf(known, realised) - open - risk;
      if (left <= known.floor)
        blame("I12", `${trade}: ${left} could be left, and the floor is ${known.floor}`);
      const lost = Math.max(0, known.opening - cashOf(known, realised));
      if (daily !== null && lost + open + risk > daily)
        blame("I12", `${trade}: ${lost + open + risk} could be lost, of the firm's ${daily}`);
      if (held > minis) blame("I12", `${trade}: ${held} would be held, of the firm's ${minis}`);
    },
    mayEnter(account, what, at) {
      const known = accounts.get(account);
      if (known === undefined) return;
      if (known.isLost) blame("I13", `${what} enters although ${account} is lost to its firm`);
      if (at < known.lockedUntil) blame("I13", `${what} enters although the firm shuts ${account}`);
    },
    flat(account, realised, now) {
      const known = accounts.get(account);
      if (known === undefined) return;
      const cash = cashOf(known, realised);
      if (cash <= known.floor && !known.isLost)
        blame("I13", `${account} has ${cash}, its floor is ${known.floor}, and it is not lost`);
      if (daily !== null && known.opening - cash >= daily && known.lockedUntil <= now)
        if (!known.isLost) blame("I13", `${account} has lost the firm's ${daily} and is not shut`);
      if (rule.kind !== "intraday") return;
      const least = Math.min(known.lock ?? Number.POSITIVE_INFINITY, cash - rule.lossMax);
      if (known.floor < least)
        blame("I39", `${account} has ${cash}, and its floor is ${known.floor} only`);
    },
  };
}
