/** Refusals that come from having several accounts, in the words of `explain.ts`. */
import { unreachable } from "../../std/assert.ts";
import type { Opponent, Refusal } from "../model/refusal.ts";
import { showWhen } from "../model/when.ts";
import { ratioText } from "../model/wording.ts";

export type AccountsRefusal = Extract<
  Refusal,
  { kind: "ratio-too-small" | "opposing-account" | "switched-off" }
>;

export const MICRO_OR_RATIO = "trade the micro contract or raise the ratio";

export function explainAccounts(refusal: AccountsRefusal): string {
  switch (refusal.kind) {
    case "ratio-too-small": {
      const { quantity, ratio } = refusal;
      const whole = `${quantity} contract${quantity === 1 ? "" : "s"}`;
      return `${ratioText(ratio)} of ${whole} is less than one; ${MICRO_OR_RATIO}`;
    }
    case "opposing-account":
      return `${opponentText(refusal)}, and accounts of one owner do not stand against each other`;
    case "switched-off":
      return `the account was switched off ${showWhen(refusal.since)}; \`accounts on\` switches it on again`;
    default:
      return unreachable(refusal);
  }
}

/** `two is long 3 ES (trade #4)`. */
export function opponentText({ name, side, quantity, instrument, trade }: Opponent): string {
  const where = trade === null ? "by hand" : `trade #${trade}`;
  return `${name} is ${side} ${quantity} ${instrument} (${where})`;
}
