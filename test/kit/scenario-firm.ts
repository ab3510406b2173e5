/**
 * The plan of a firm that a scenario's accounts follow, by its `@ firm` lines.
 *
 * ```text
 * @ firm plain                        start 50,000, floor 2,000 below the closes, lock there, 5 minis
 * @ firm floor intraday 2000 50100    end-of-day, intraday: loss and lock (`none`); static: loss
 * @ firm daily 1000                   or `daily 1000 hard`
 * @ firm minis 2 3@1500 5@2000        how much may be held, and from which profit on more
 * @ firm cap 2 MES                    contracts of one product
 * @ firm mixing forbidden             products MES ES, flat-by 14:00, funded 0, start 0
 * @ firm news 2 2 flat cpi fomc       minutes before and after; also `no-opening ES`, `below-maximum`,
 *                                     `cap 3 MES`, and then all reports
 * @ firm hedging account index ES NQ  or `own-accounts`: the group of what it counts as correlated
 * @ firm buffer 150                   so far above the floor everything is closed
 * @ firm highest 51000                payouts 1: what was before the account was first seen here
 * ```
 */
import type { FirmPlan, FloorRule, NewsRule } from "../../src/core/model/firm-plan.ts";
import type { FirmTerms } from "../../src/core/model/firm-state.ts";
import type { Root } from "../../src/core/model/instrument.ts";
import { contracts, dollars, type Millis, millis } from "../../src/core/model/units.ts";
import { FIRM_PLAN, minis, trail } from "./firm-plans.ts";

export interface ScenarioFirm {
  readonly plan: FirmPlan;
  readonly terms: FirmTerms;
}

const PLAIN: ScenarioFirm = {
  plan: FIRM_PLAN,
  terms: { plan: FIRM_PLAN.id, buffer: dollars(100) },
};

export function withFirm(
  before: ScenarioFirm = PLAIN,
  [key = "", ...values]: readonly string[],
): ScenarioFirm {
  const { plan, terms } = before;
  const planned = (change: Partial<FirmPlan>) => ({ ...before, plan: { ...plan, ...change } });
  const told = (change: Partial<FirmTerms>) => ({ ...before, terms: { ...terms, ...change } });
  const [first = ""] = values;
  switch (key) {
    case "plain":
      return before;
    case "start":
      return planned({ balanceStart: dollars(Number(first)) });
    case "floor":
      return planned({ floor: floorOf(values) });
    case "daily":
      return planned({ dailyLimit: dailyOf(values) });
    case "minis":
      return planned({ size: { ...plan.size, limit: tiersOf(values) } });
    case "cap": {
      const roots = [values[1] as Root] as const;
      const most = { unit: "contracts", value: contracts(Number(first)) } as const;
      const caps = [...plan.size.caps, { roots, most, until: null }];
      return planned({ size: { ...plan.size, caps } });
    }
    case "mixing":
      return planned({ size: { ...plan.size, mixing: "forbidden" } });
    case "products":
      return planned({ products: values as unknown as FirmPlan["products"] });
    case "flat-by": {
      const [hours = 0, minutes = 0] = first.split(":").map(Number);
      return planned({ hours: { ...plan.hours, flatBy: 60 * hours + minutes } });
    }
    case "news":
      return planned({ news: [...(plan.news ?? []), newsRule(values)] });
    case "hedging":
      return planned({ hedging: hedgingOf(values) });
    case "funded":
      return planned({ stage: FUNDED, floor: { ...plan.floor, ...paid(first) } as FloorRule });
    case "buffer":
      return told({ buffer: dollars(Number(first)) });
    case "highest":
      return told({ soFar: { ...terms.soFar, highest: dollars(Number(first)) } });
    case "payouts":
      return told({ soFar: { ...terms.soFar, payouts: Number(first) } });
    default:
      throw new Error(`a scenario's firm has no "${key}"`);
  }
}

function newsRule([before, after, kind, ...rest]: readonly string[]): NewsRule {
  const margins = { before: minutes(before), after: minutes(after) };
  const roots = rest as unknown as readonly [Root, ...Root[]];
  const all = { ...margins, events: ["major"] } as const;
  switch (kind) {
    case "no-opening":
      return { ...all, action: { kind, roots } };
    case "below-maximum":
      return { ...all, action: { kind } };
    case "cap": {
      const [count, root] = rest;
      const most = { unit: "contracts", value: contracts(Number(count)) } as const;
      return { ...all, action: { kind, cap: { roots: [root as Root], most } } };
    }
    default:
      return {
        ...margins,
        events: rest as unknown as NewsRule["events"],
        action: { kind: "flat" },
      };
  }
}

const minutes = (count = "0"): Millis => millis(60_000 * Number(count));

function hedgingOf([within, name = "", ...roots]: readonly string[]): FirmPlan["hedging"] {
  const group = { name, roots: roots as unknown as readonly [Root, ...Root[]] };
  return {
    kind: "forbidden",
    within: within === "account" ? within : "own-accounts",
    counts: "correlated",
    groups: [group],
  };
}

const paid = (floor: string) => ({ afterPayout: dollars(Number(floor)) });

const FUNDED: FirmPlan["stage"] = {
  kind: "funded",
  payout: {
    ...{ split: null, smallest: null, buffer: dollars(0), countMax: null },
    ways: [{ name: "standard", qualifyingDays: null, consistency: null, shareMax: 500, cap: null }],
  },
};

function floorOf([kind, loss, lock]: readonly string[]): FloorRule {
  const lossMax = Number(loss);
  if (kind === "static") return { kind, lossMax: dollars(lossMax) };
  return trail({
    kind: kind === "intraday" ? kind : "end-of-day",
    lossMax,
    lock: lock === undefined || lock === "none" ? null : Number(lock),
  });
}

const dailyOf = ([amount, effect]: readonly string[]): FirmPlan["dailyLimit"] => ({
  effect: effect === "hard" ? "hard" : "soft",
  amount: { first: dollars(Number(amount)), steps: [] },
  basis: "equity",
  feesCounted: true,
  resetsAt: 17 * 60,
  ends: "never",
});

function tiersOf([first, ...steps]: readonly string[]): FirmPlan["size"]["limit"] {
  return {
    first: minis(Number(first)),
    steps: steps.map((step) => {
      const [value, from] = step.split("@").map(Number);
      return { from: dollars(from ?? 0), value: minis(value ?? 0) };
    }),
  };
}
