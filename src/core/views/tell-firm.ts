/** The words for what stands between an account and its firm: floors, limits, days, payouts. */
import { unreachable } from "../../std/assert.ts";
import type { FactOf } from "../model/fact.ts";
import type { FirmFact } from "../model/firm-fact.ts";
import type { FirmLimit, LossFloor } from "../model/firm-state.ts";
import type { AccountId } from "../model/ids.ts";
import { money, WEIGHT_PER_MINI } from "../model/units.ts";
import { showMoney } from "../model/wording.ts";
import { dayAndTime } from "../notify/day-and-time.ts";
import { type Narrator, nameOf } from "./narrator.ts";
import { apart, type Said, type Words, words } from "./said.ts";

export function tellFirm(narrator: Narrator, fact: FirmFact): Said {
  if (fact.kind === "FirmPlanKept") {
    const names = fact.accounts.map((account) => nameOf(narrator, account)).join(", ");
    return apart(words("house", "plain", `${names}: ${firmText(fact)}`));
  }
  const { account } = fact;
  return apart(toned(fact, who(narrator, account)), account);
}

const who = (narrator: Narrator, account: AccountId): string =>
  narrator.accounts.size > 1 ? `${nameOf(narrator, account)}: ` : "";

function toned(fact: FirmFact, about: string): Words {
  const text = `${about}${firmText(fact)}`;
  if (fact.kind === "FirmStepReached" || fact.kind === "FirmBreached")
    return words("trouble", "bad", text);
  return words("house", fact.kind === "FirmFloorRaised" ? "quiet" : "plain", text);
}

/** One sentence with every number that counts; the account is named by whoever asks. */
export function firmText(fact: FirmFact): string {
  switch (fact.kind) {
    case "FirmBegan": {
      const { plan, floor, day } = fact.firm;
      const begins = fact.why === "reset" ? "begun anew by the firm" : "begins";
      return `${plan} ${begins} with ${showMoney(day.opening)}: ${floorText(floor)}; ${dayText(day)}`;
    }
    case "FirmTermsChanged":
      return fact.plan === null
        ? "no plan of a firm counts any more"
        : `${fact.plan} counts from here on: ${floorText(fact.floor)}; ${dayText(fact)}`;
    case "FirmDayClosed": {
      const { result, day, floor } = fact;
      const made = result === null ? "" : `${result.date} made ${showMoney(result.net)}; `;
      return `${made}closed at ${showMoney(day.opening)}: ${floorText(floor)}; ${dayText(day)}`;
    }
    case "FirmFloorRaised":
      return `equity of ${showMoney(fact.peak)} lifts the floor: ${floorText(fact.floor)}`;
    case "FirmStepReached":
      return stepText(fact);
    case "FirmBreached": {
      const { of, equity, level } = fact;
      const lost = `the account is lost: equity of ${showMoney(equity)}, ${NAMES[of]} at ${showMoney(level)}`;
      return `${lost}; nothing is entered until \`firm reset\``;
    }
    case "FirmPaidOut":
      return `${showMoney(fact.amount)} paid out: ${floorText(fact.floor)}`;
    case "FirmPlanKept": {
      const kept = `traded on ${fact.until} already, so until it ends the tighter plan holds`;
      return `${kept}: ${fact.loosened.join("; ")}`;
    }
    default:
      return unreachable(fact);
  }
}

const NAMES: Readonly<Record<FirmLimit, string>> = {
  floor: "the firm's floor",
  "daily-limit": "the end of the firm's daily limit",
};

function floorText({ at, lock }: LossFloor): string {
  const locked = lock !== null && at >= lock ? ", locked" : "";
  return `floor ${showMoney(at)}${locked}`;
}

type Day = Pick<FactOf<"FirmTermsChanged">, "size" | "dailyLimit">;

const dayText = ({ size, dailyLimit }: Day): string => {
  const daily = dailyLimit === null ? "no daily limit" : `daily limit ${showMoney(dailyLimit)}`;
  return `${daily}, ${size / WEIGHT_PER_MINI} minis`;
};

function stepText({ of, step, share, limit, equity, level, until }: FactOf<"FirmStepReached">) {
  const room = showMoney(money(Math.abs(equity - level)));
  const side = equity < level ? "below" : "above";
  const used = `${share / 10}% of the firm's ${of === "floor" ? "loss" : "daily limit"} of ${showMoney(limit)}`;
  const left = `equity ${showMoney(equity)}, ${room} ${side} ${NAMES[of]} at ${showMoney(level)}`;
  if (step === "warn") return `${used}: ${left}`;
  const then = until === null ? "nothing is entered here" : `no entries until ${dayAndTime(until)}`;
  return `${used}: ${left}; everything is closed, ${then}`;
}
