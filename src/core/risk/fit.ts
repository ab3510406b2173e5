/**
 * From the size an alert is worth to what an account may hold of it.
 *
 * ```text
 * size ─► begin small ─► the firm's cap ─► loss per trade ─► what fits (`gate.ts`) ─► exposure
 * ```
 */
import { err, ok, type Result } from "../../std/result.ts";
import type { Refusal } from "../model/refusal.ts";
import type { Rules } from "../model/rules.ts";
import { type AccountView, refuseSize } from "./account-limits.ts";
import { type Candidate, withCuts } from "./candidate.ts";
import { cutsBefore, fitDay, type Moment, refuseExposure, refusePartLoss } from "./day-limits.ts";
import { capFirm } from "./firm-gate.ts";

export interface Ruled {
  readonly rules: Rules;
  readonly moment: Moment;
}

export function beginWith(
  candidate: Candidate,
  { rules, moment }: Ruled,
  view: AccountView,
): Result<Candidate, Refusal> {
  const cuts = cutsBefore(candidate, rules, view, moment.at);
  return cuts.ok ? ok(withCuts(candidate, cuts.value)) : cuts;
}

export function fitAll(
  candidate: Candidate,
  { rules, moment }: Ruled,
  view: AccountView,
): Result<Candidate, Refusal> {
  const capped = capFirm(candidate.instrument, candidate.quantity, view, rules.hours);
  if (!capped.ok) return capped;
  const smaller = capped.value === null ? candidate : withCuts(candidate, [capped.value]);
  const oversized = refuseSize(smaller, rules, view) ?? refusePartLoss(smaller.risk, view, moment);
  if (oversized !== null) return err(oversized);
  const fits = fitDay(smaller, rules, view, moment);
  if (!fits.ok) return fits;
  const fitting = fits.value === null ? smaller : withCuts(smaller, [fits.value]);
  const exposed = refuseExposure(fitting, rules, view);
  return exposed === null ? ok(fitting) : err(exposed);
}
