/**
 * Where not one contract fits, its micro: the same bet in tenths (of SI in fifths).
 *
 * ```text
 * 2 ES could lose 1,255.60, limit 200 ─► 20 MES ─► 3 MES, 191.16
 *                                        │          └ cut to the loss per trade, then like any entry
 *                                        └ never more than the minis would have been, in dollars
 * ```
 *
 * The micro is judged by itself: its own price, its own fees, what the firm says of it. Limits that
 * count contracts count a micro like a mini, so another contract is no way around them.
 */
import { err, ok, type Result } from "../../std/result.ts";
import type { Cut } from "../model/cut.ts";
import type { FirmPlan } from "../model/firm-plan.ts";
import type { Instrument } from "../model/instrument.ts";
import type { Micro } from "../model/instruments.ts";
import { amountOf } from "../model/limits.ts";
import type { Refusal } from "../model/refusal.ts";
import type { Rules } from "../model/rules.ts";
import { type Contracts, contracts, type Money, money } from "../model/units.ts";
import { type AccountView, openRiskIn, refuseFamily, wantedIn } from "./account-limits.ts";
import { type Candidate, withCuts } from "./candidate.ts";
import { type PlanReading, refuseFirm } from "./firm-gate.ts";
import { beginWith, fitAll, type Ruled } from "./fit.ts";
import { openingOf } from "./memory.ts";
import type { Scoring } from "./score-verdict.ts";

/** What a rule set makes of the alert in the micro. */
export interface AssessedInMicro extends Micro {
  readonly late: Result<Candidate, Refusal>;
  readonly scoring: Scoring;
  readonly readingOf: (plan: FirmPlan) => PlanReading;
}

/** What did not fit: so many minis, or not even one by their size. */
export interface Unfit {
  readonly refusal: Refusal;
  readonly mini: Candidate | null;
}

/** A limit in dollars, or in parts of a contract. */
export function mayFitInMicro(refusal: Refusal): boolean {
  switch (refusal.kind) {
    case "loss-per-trade":
    case "no-room":
    case "firm-cap":
    case "risk-too-small":
    case "ratio-too-small":
      return true;
    case "part-loss":
      return refusal.of === "trade";
    default:
      return false;
  }
}

export function takenInMicro(
  unfit: Unfit,
  micro: AssessedInMicro & Ruled,
  account: AccountView,
): Result<Candidate, Refusal> {
  const { late, instrument, rules, moment, readingOf } = micro;
  if (!late.ok) return late;
  const { reading } = account;
  const view = reading == null ? account : { ...account, reading: readingOf(reading.plan) };
  const refusal =
    refuseFirm(instrument, view, rules.hours, moment.at) ??
    refuseFamily(instrument, late.value.levels, rules, view);
  if (refusal !== null) return err(refusal);
  const rebuilt = rebuiltIn(late.value, unfit, micro);
  if (!rebuilt.ok) return rebuilt;
  const begun = beginWith(rebuilt.value, micro, view);
  return begun.ok ? fitAll(cutToLimits(begun.value, micro, view), micro, view) : begun;
}

/** As many micros as the minis come to, and no more dollars than they could have lost. */
function rebuiltIn(
  whole: Candidate,
  { refusal, mini }: Unfit,
  { ratio }: Micro,
): Result<Candidate, Refusal> {
  const { instrument } = whole;
  const named = { why: "micro", instrument: instrument.family, micro: instrument.root } as const;
  if (mini === null) {
    const { cuts = [], quantity } = whole;
    const to = cuts[0]?.from ?? quantity;
    const from = contracts(refusal.kind === "ratio-too-small" ? refusal.quantity : 0);
    return ok({ ...whole, cuts: [{ ...named, from, to, ratio, refusal }, ...cuts] });
  }
  const each = money(whole.risk / whole.quantity);
  const to = contracts(Math.min(mini.quantity * ratio, Math.floor(mini.risk / each)));
  if (to < 1) return err({ kind: "risk-too-small", risk: each, budget: mini.risk });
  const cut: Cut = { ...named, from: mini.quantity, to, ratio, refusal };
  return ok({ ...whole, quantity: to, risk: money(each * to), cuts: [...(mini.cuts ?? []), cut] });
}

/** Down to the limits that only ever refuse; one contract is left to be refused by them. */
function cutToLimits(micro: Candidate, ruled: Ruled, view: AccountView): Candidate {
  const counts = countLimits(micro.instrument, ruled.rules, view);
  const cut = tightest([...lossLimits(micro, ruled, view), ...counts], micro.quantity);
  return cut === null ? micro : withCuts(micro, [cut]);
}

/** The same of the limits that count contracts: all that is known before there is a stop. */
export const countCut = (
  { instrument, quantity }: Pick<Candidate, "instrument" | "quantity">,
  rules: Rules,
  view: AccountView,
): Cut | null => tightest(countLimits(instrument, rules, view), quantity);

interface Limited {
  /** Contracts that fit, which may be less than none. */
  readonly room: number;
  readonly why: Cut extends infer One
    ? One extends Cut
      ? Omit<One, "from" | "to">
      : never
    : never;
}

/** Null where all of it fits. */
function tightest(limits: readonly Limited[], quantity: Contracts): Cut | null {
  let least: Limited | null = null;
  for (const one of limits) if (one.room < (least?.room ?? quantity)) least = one;
  if (least === null) return null;
  return { ...least.why, from: quantity, to: contracts(Math.max(1, least.room)) };
}

function lossLimits(
  { instrument, quantity, risk }: Candidate,
  { rules, moment }: Ruled,
  view: AccountView,
): readonly Limited[] {
  const opening = openingOf(view.account);
  const each = money(risk / quantity);
  const loss = (limit: Money, open: Money, part?: string): Limited => ({
    room: Math.floor((limit - open) / each),
    why: { why: "loss-per-trade", limit, open, each, ...(part !== undefined && { part }) },
  });
  const own = amountOf(rules.limits.lossPerTrade, opening);
  const limits = [loss(own, openRiskIn(instrument, rules, view))];
  for (const { name, limits: ofPart } of moment.parts)
    if (ofPart.lossPerTrade !== undefined)
      limits.push(loss(amountOf(ofPart.lossPerTrade, opening), money(0), name));
  return limits;
}

function countLimits(instrument: Instrument, { limits }: Rules, view: AccountView) {
  const { positionSize, exposure, total } = limits;
  const { family } = instrument;
  const held = wantedIn(instrument, view);
  const found: Limited[] = [
    { room: positionSize - held, why: { why: "position-size", family, limit: positionSize, held } },
  ];
  const exposed = (scope: "account" | "total", limit: number | undefined, count: number) => {
    if (limit === undefined) return;
    found.push({
      room: limit - count,
      why: { why: "exposure", scope, family, limit, held: count },
    });
  };
  exposed("account", exposure?.[family], held);
  if (view.total != null)
    exposed("total", total?.exposure?.[family], view.total.wantedIn(instrument));
  return found;
}
