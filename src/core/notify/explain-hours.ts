/** Why an alert was not taken at this hour, in one calm sentence: until when, and what helps. */
import { unreachable } from "../../std/assert.ts";
import type { Refusal } from "../model/refusal.ts";
import { showWhen } from "../model/when.ts";
import { showDuration } from "../model/wording.ts";

export type HourRefusal = Extract<
  Refusal,
  { kind: "cut-off" | "outside-hours" | "news" | "locked-out" | "unattended" | "no-push" }
>;

export function explainHour(refusal: HourRefusal): string {
  switch (refusal.kind) {
    case "cut-off":
      return `entries ended ${showWhen(refusal.cutOff)}; they are taken again ${showWhen(refusal.opensAt)}`;
    case "outside-hours":
      return `entries are taken from ${showWhen(refusal.opensAt)} to ${showWhen(refusal.until)}`;
    case "news":
      return `no entries around ${refusal.name}; they are taken again ${showWhen(refusal.until)}`;
    case "locked-out":
      return `locked out by the operator until ${showWhen(refusal.until)}; nothing ends that earlier`;
    case "no-push":
      return refusal.channels.length === 0
        ? "nobody could be woken: no push channel tells alarms; name one under notify.channels, then say `tradestream notify test`"
        : `nobody could be woken: no push channel has passed a test (${refusal.channels.join(", ")}); say \`tradestream notify test\``;
    case "unattended": {
      const heard = `nobody has been heard of since ${showWhen(refusal.since)}`;
      return `${heard}, and entries stop after ${showDuration(refusal.limit)}; say \`attend\``;
    }
    default:
      return unreachable(refusal);
  }
}
