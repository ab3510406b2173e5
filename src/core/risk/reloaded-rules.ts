/**
 * What a running house takes of changed rules: of every limit the tighter, of the exits what is
 * written, of what would be another bet nothing.
 *
 * ```text
 * in force ─┐
 *           ├─► tighter, key by key ─┬─► trades planned from now on, entries of everybody
 * the file ─┘                        └─► while trades are open: the way out they opened with
 * ```
 *
 * What is looser in the file waits for the next start, which knows its own rules for that
 * (`decide/kept-limits.ts`).
 */
import { canonical } from "../../std/canonical.ts";
import { ownOf } from "../../std/own.ts";
import { amountOf, type DailyLoss } from "../model/limits.ts";
import type { News } from "../model/news.ts";
import type { Limits, Rules, Settings } from "../model/rules.ts";
import { money } from "../model/units.ts";
import { newsOf } from "./hours.ts";
import { tighterOf } from "./tighter.ts";

export function reloadedSettings(was: Settings, is: Settings): Settings {
  const ruleSets = Object.entries(was.ruleSets).map(([name, before]) => {
    const now = ownOf(is.ruleSets, name);
    return [name, now === undefined ? before : reloadedRules(before, now)] as const;
  });
  const attended = sooner(was.attended, is.attended);
  return {
    ...was,
    ruleSets: Object.fromEntries(ruleSets),
    ...(namesAllOf(newsOf(was), newsOf(is)) && is.news !== undefined && { news: is.news }),
    ...(attended !== undefined && { attended }),
  };
}

export function reloadedRules(was: Rules, is: Rules): Rules {
  const tight = tighterOf(was, is);
  // Targets and chase were checked beside each other; where one stays, so does the other.
  const exits = canonical(tight.entry) === canonical(is.entry) ? is.exits : was.exits;
  const { tradeAs, fees } = was;
  return { ...tight, tradeAs, fees, exits, limits: withMore(was.limits, tight.limits) };
}

/** A new start takes these as they are written. */
function withMore(was: Limits, tight: Limits): Limits {
  const { duplicateWindow: before } = was;
  return {
    ...tight,
    duplicateWindow: before > tight.duplicateWindow ? before : tight.duplicateWindow,
    slippage: Math.max(was.slippage, tight.slippage),
  };
}

const sooner = <T extends number>(a?: T, b?: T): T | undefined => {
  if (a === undefined || b === undefined) return a ?? b;
  return a < b ? a : b;
};

/** Whether every report of the first list is in the second. */
function namesAllOf(was: News, is: News): boolean {
  const known = new Set(is.flatMap(({ times }) => times));
  return was.every(({ times }) => times.every((time) => known.has(time)));
}

/** The tighter rules, with the way out of trades that were opened under `was`. */
export function whileOpen(was: Rules, tight: Rules): Rules {
  const { limits, hours } = tight;
  return {
    ...tight,
    limits: {
      ...limits,
      ...(limits.dailyLoss !== undefined && {
        dailyLoss: lossWhileOpen(was.limits.dailyLoss, limits.dailyLoss),
      }),
      ...(limits.total?.dailyLoss !== undefined && {
        total: {
          ...limits.total,
          dailyLoss: lossWhileOpen(was.limits.total?.dailyLoss, limits.total.dailyLoss),
        },
      }),
    },
    ...(hours !== undefined && { hours: wayOutOf(was.hours, hours) }),
  };
}

/** Everything is closed at the loss it would have been closed at; all steps before that come sooner. */
function lossWhileOpen(was: DailyLoss | undefined, tight: DailyLoss): DailyLoss {
  const { limit, steps } = tight;
  const block = steps.block ?? steps.flatten;
  const flatten = was === undefined ? null : was.steps.flatten;
  if (was === undefined || flatten === null)
    return { limit, steps: { ...steps, block, flatten: null } };
  const whole = amountOf(limit, ONE_DOLLAR);
  // A limit of nothing is spent at any loss; nobody can say how many times over the older one is.
  if (whole <= 0) return tight;
  const before = (amountOf(was.limit, ONE_DOLLAR) * flatten) / whole;
  return { limit, steps: { ...steps, block, flatten: Math.ceil(before) } };
}

/** Parts of a balance are compared by one balance; dollars do not ask for any. */
const ONE_DOLLAR = money(10_000);

type Hours = NonNullable<Rules["hours"]>;

function wayOutOf(was: Hours | undefined, hours: Hours): Hours {
  if (was === undefined) return { ...hours, flatFrom: null, alwaysOpen: "exempt" };
  const { flatFrom, flatBeforeEarlyEnd, alwaysOpen } = was;
  return { ...hours, flatFrom, flatBeforeEarlyEnd, alwaysOpen };
}
