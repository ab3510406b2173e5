/**
 * The plans that accounts name, found among the packs: those of the program and of a directory of
 * one's own.
 *
 * The packs are read only where an account names a plan. A name nobody knows is refused where it is
 * written, with the nearest one that is known.
 */

import { CME_CALENDAR } from "../../core/model/cme-calendar.ts";
import type { FirmPlan, FirmPlans } from "../../core/model/firm-plan.ts";
import type { FirmTerms } from "../../core/model/firm-state.ts";
import type { TradeDate } from "../../core/model/trade-date.ts";
import { type Money, money } from "../../core/model/units.ts";
import { showMoney } from "../../core/model/wording.ts";
import type { ConfigFault } from "../../ports/config-source.ts";
import { ownOf } from "../../std/own.ts";
import { err, ok, type Result } from "../../std/result.ts";
import type { Dates } from "./dates-of.ts";
import { nearest } from "./nearest.ts";
import { type Finding, faultOf } from "./problems.ts";
import type { Checked } from "./read-as.ts";
import type { ConfigFile } from "./schema.ts";

/** `calendarUntil`: the last day whose holidays are known. */
export type PlanReader = (
  directory: string | null,
  calendarUntil: TradeDate,
) => Result<FirmPlans, ConfigFault>;

/** The plans in use, by id. */
export function plansFor(
  { value, document }: Checked<ConfigFile>,
  { file, dates }: { readonly file: string; readonly dates: Dates },
  read: PlanReader,
): Result<FirmPlans, ConfigFault> {
  const named = namedIn(value);
  if (named.length === 0) return ok({});
  const found = read(value.rulePacks, (dates.calendar ?? CME_CALENDAR).validUntil);
  if (!found.ok) return found;
  const known = found.value;
  const findings = named.flatMap(({ plan: id, one, path }) =>
    problemsWith(one, id, known).map(({ key, reason }): Finding => {
      const where = [...path, key];
      return { place: document.placeOf(where), path: where, reason };
    }),
  );
  if (findings.length > 0) return err(faultOf("invalid", file, findings));
  const used = new Set(named.map(({ plan }) => plan));
  return ok(Object.fromEntries(Object.entries(known).filter(([id]) => used.has(id))));
}

interface Named {
  readonly plan: string;
  readonly one: Following;
  readonly path: readonly PropertyKey[];
}

const namedIn = ({ accounts, broker }: ConfigFile): readonly Named[] => [
  ...accounts.flatMap((one, at) => namedAt(one, ["accounts", at])),
  ...(broker.kind === "paper"
    ? []
    : broker.accounts.flatMap((one, at) => namedAt(one, ["broker", "accounts", at]))),
];

const namedAt = (one: Following, path: Named["path"]): readonly Named[] =>
  one.plan === undefined ? [] : [{ plan: one.plan, one, path }];

/** An account of the file; one at a venue has the balance that the venue tells. */
type Following = FirmFile & { readonly balance?: Money | undefined };

interface Problem {
  readonly key: "plan" | "balance" | "floorBuffer";
  readonly reason: string;
}

function problemsWith(one: Following, id: string, known: FirmPlans): readonly Problem[] {
  const plan = ownOf(known, id);
  return plan === undefined
    ? [{ key: "plan", reason: unknownPlan(id, known) }]
    : neverTrading(one, plan);
}

/** It would be lost, or shut, before its first trade. */
function neverTrading(
  { balance, floorBuffer: buffer }: Following,
  { id, balanceStart, floor: { lossMax } }: FirmPlan,
): readonly Problem[] {
  const floor = money(balanceStart - lossMax);
  const below = `not above the floor of ${id} at ${showMoney(floor)}`;
  const all = `all that ${id} lets be lost, or more (${showMoney(lossMax)})`;
  return [
    ...(balance === undefined || balance > floor
      ? []
      : [problem("balance", balance, `${below}: the account would be lost as it begins`)]),
    ...(buffer < lossMax
      ? []
      : [problem("floorBuffer", buffer, `${all}: nothing could be entered`)]),
  ];
}

const problem = (key: Problem["key"], amount: Money, is: string): Problem => ({
  key,
  reason: `${showMoney(amount)} is ${is}`,
});

function unknownPlan(plan: string, known: FirmPlans): string {
  const ids = Object.keys(known);
  const near = nearest(plan, ids);
  const said = `there is no plan "${plan}"`;
  if (near !== null) return `${said}; did you mean ${near}?`;
  const firmIn = (id: string): string => id.split("/", 1).join();
  const ofFirm = ids.filter((id) => firmIn(id) === firmIn(plan));
  const listed = ofFirm.length > 0 ? ofFirm : [...new Set(ids.map(firmIn))];
  return `${said}; known: ${listed.join(", ")}`;
}

export type FirmFile = Pick<ConfigFile["accounts"][number], "plan" | "floorBuffer" | "soFar">;

/** Nothing where no plan is named. */
export function firmOf({ plan, floorBuffer: buffer, soFar }: FirmFile): {
  readonly firm?: FirmTerms;
} {
  if (plan === undefined) return {};
  if (soFar === undefined) return { firm: { plan, buffer } };
  const { highest, days, payouts, since } = soFar;
  const told = {
    ...(highest !== undefined && { highest }),
    ...(days.length > 0 && { days }),
    ...(payouts > 0 && { payouts }),
    ...(since !== undefined && { since }),
  };
  return { firm: { plan, buffer, soFar: told } };
}
