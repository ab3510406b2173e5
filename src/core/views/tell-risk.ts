/** The words for what the limits decided: steps of the daily loss, breakers, limits that are kept. */
import { unreachable } from "../../std/assert.ts";
import { getIn } from "../../std/trie.ts";
import type { FactOf } from "../model/fact.ts";
import type { LossStep, RiskFact } from "../model/risk-fact.ts";
import { money } from "../model/units.ts";
import { showMoney } from "../model/wording.ts";
import { dayAndTime } from "../notify/day-and-time.ts";
import { breakerText } from "../notify/explain-day.ts";
import { type Narrator, nameOf } from "./narrator.ts";
import { apart, type Said, words } from "./said.ts";

export function tellRisk(narrator: Narrator, fact: RiskFact): Said | null {
  switch (fact.kind) {
    case "LossStepReached": {
      const who = narrator.accounts.size > 1 ? ` of ${nameOf(narrator, fact.account)}` : "";
      return apart(words("trouble", "bad", stepText(fact, who)), fact.account);
    }
    case "TotalStepReached": {
      if (fact.again === true) return null;
      const who = fact.book === "twins" ? " of all twins" : " of all accounts";
      return apart(words("trouble", "bad", stepText(fact, who)));
    }
    case "BreakerOpened": {
      const { breaker, measured, limit, until, account } = fact;
      const found = breakerText(breaker, measured, limit);
      const text = `breaker "${breaker}" opens on ${nameOf(narrator, account)}: ${found}; no entries until ${dayAndTime(until)}`;
      return apart(words("trouble", "bad", text), account);
    }
    case "BreakerClosed": {
      const { breaker, account, by } = fact;
      const number = getIn(narrator.trades, by)?.number ?? "?";
      const text = `breaker "${breaker}" closes on ${nameOf(narrator, account)}: trade #${number} proved it`;
      return apart(words("house", "good", text), account);
    }
    case "LimitsKept": {
      const names = fact.accounts.map((account) => nameOf(narrator, account)).join(", ");
      const what = `${names}: ${fact.until} is under way, so until it ends the tighter holds`;
      return apart(words("house", "plain", `${what}: ${fact.loosened.join("; ")}`));
    }
    default:
      return unreachable(fact);
  }
}

const STEPS: Readonly<Record<LossStep, string>> = {
  warn: "take care",
  "half-size": "half size from here on",
  block: "no more entries on this trade date",
  flatten: "everything is closed, no entries on this trade date",
};

function stepText(
  {
    step,
    share,
    limit,
    realised,
    open,
  }: Pick<FactOf<"LossStepReached">, "step" | "share" | "limit" | "realised" | "open">,
  who: string,
): string {
  const lost = showMoney(money(-(realised + open)));
  const parts = `${showMoney(realised)} booked, ${showMoney(open)} open`;
  const at = `${share / 10}% of the daily loss${who}`;
  return `${at}: ${lost} of ${showMoney(limit)} lost (${parts}); ${STEPS[step]}`;
}
