/**
 * Whether a program may trade an account of a firm, here and on this machine.
 *
 * A firm may allow it while one is tested and forbid it where its own money is at stake; then no
 * setting of ours helps: such an account is refused before anything is sent.
 */
import type { FirmPlan, Stage } from "../model/firm-plan.ts";

export type AutomationFault =
  | { readonly kind: "automation-forbidden"; readonly plan: string; readonly stage: Stage["kind"] }
  | { readonly kind: "no-venue"; readonly plan: string }
  | { readonly kind: "own-device-only"; readonly plan: string };

export interface Whereabouts {
  /** The operator has said that this machine is their own, at their own line. */
  readonly ownDevice: boolean;
}

/** Null when live trading may begin. */
export function refuseLive(
  { id, stage, venue, automation }: Pick<FirmPlan, "id" | "stage" | "venue" | "automation">,
  { ownDevice }: Whereabouts,
): AutomationFault | null {
  if (automation.kind === "forbidden") {
    return { kind: "automation-forbidden", plan: id, stage: stage.kind };
  }
  if (venue === null) return { kind: "no-venue", plan: id };
  if (automation.device === "own" && !ownDevice) return { kind: "own-device-only", plan: id };
  return null;
}
