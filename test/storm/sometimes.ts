/**
 * Situations a storm must have seen to mean anything. Each is counted from facts and requests; one
 * that never happened in a whole window fails the window: the test was too weak, not the program
 * too good.
 */

import type { Cut } from "../../src/core/model/cut.ts";
import type { Fact, FactOf } from "../../src/core/model/fact.ts";
import { tradeIdOf } from "../../src/core/model/ids.ts";
import type { VenueReport } from "../../src/core/model/venue.ts";
import { ASKING } from "./person.ts";
import type { WireSituation } from "./wire-sometimes.ts";

export const SITUATIONS = [
  "trade planned",
  "entry filled in parts",
  "fill before its answer",
  "answer lost, order adopted",
  "entry proved absent",
  "entry refused by the venue",
  "second tranche kept home",
  "entry expired",
  "late fill after the end",
  "late fill, its place taken",
  "target 1 hit",
  "target 2 hit",
  "stopped at the first stop",
  "stopped at breakeven",
  "breakeven already passed",
  "breakeven by price",
  "worse fill, tighter stop",
  "left through the legs",
  "left by the close call",
  "stop refused, trade left",
  "stop overrun, trade left",
  "stop overrun, and filled after all",
  "stop placed by ourselves",
  "legs resized by ourselves",
  "change asked again",
  "tag already in use",
  "part taken off",
  "part close given up",
  "reversed and bought back",
  "stranger's order reported",
  "closed by hand",
  "stop tightened by hand",
  "stop put back",
  "stop taken away again",
  "re-entry taken after the trade before it",
  "re-entry refused after its wait",
  "a yes, and taken",
  "a yes, and refused by the limits or the market",
  "a no",
  "nobody answered",
  "question withdrawn",
  "answered too late or twice",
  "alert refused as stale",
  "alert refused as duplicate",
  "alert refused as superseded",
  "refused because of another account",
  "waited for another account to be out",
  "stop moved by the author",
  "author's stop refused as looser",
  "left at the author's stop",
  "breakeven by the author",
  "trimmed by the author",
  "author's trim covered by a target",
  "closed by the author",
  "cancelled by the author in time",
  "cancelled by the author too late",
  "author stopped, our stop rests",
  "author's word about a trade that is over",
  "author's word while leaving",
  "author's edit applied",
  "message delivered twice",
  "edited message ignored",
  "crash before the journal",
  "crash after the journal",
  "crash before the send",
  "crash after the send",
  "crash with a position open",
  "disk refused with a position open",
  "facts written late",
  "line broken with a position open",
  "alert refused while the line is down",
  "an alert waited for the first comparison and traded",
  "an alert waited for the first comparison and was refused",
  "a person told of an entry's unknown fate",
  "size cut to what fits below the daily loss",
  "refused, for nothing fits below the daily loss",
  "a step of the daily loss reached",
  "a step of the loss of all accounts reached",
  "a breaker opened",
  "a breaker proved closed",
  "refused by a lock or a breaker",
  "size cut by the firm",
  "refused for the firm's floor or daily limit",
  "a step towards a firm's limit reached",
  "a floor lifted by equity",
  "left before the firm's floor",
  "refused by the firm around a report",
  "an account lost to its firm",
  "refused for its risk score",
  "size cut for its risk score",
  "a mini was traded",
  "a mini became micros",
] as const;
export type Situation = (typeof SITUATIONS)[number];

export type Counts = Map<Situation | WireSituation, number>;

export const count = (counts: Counts, situation: Situation | WireSituation): void =>
  void counts.set(situation, (counts.get(situation) ?? 0) + 1);

const isOfFirm = (cut: Cut): boolean =>
  cut.why === "firm-cap" || (cut.why === "room" && cut.scope.startsWith("firm"));

/** What one fact shows, given those before it about the same trade. */
export function situationsOf(fact: Fact, before: ReadonlySet<string>): readonly Situation[] {
  switch (fact.kind) {
    case "FirmStepReached":
      return ["a step towards a firm's limit reached"];
    case "FirmFloorRaised":
      return ["a floor lifted by equity"];
    case "FirmBreached":
      return ["an account lost to its firm"];
    case "LossStepReached":
      return ["a step of the daily loss reached"];
    case "TotalStepReached":
      return ["a step of the loss of all accounts reached"];
    case "BreakerOpened":
      return ["a breaker opened"];
    case "BreakerClosed":
      return ["a breaker proved closed"];
    case "TradePlanned":
      return [...plannedSeen(fact, before), ...sizeSeen(fact)];
    case "TradeRefused":
      if (fact.refusal.kind === "firm-news") return ["refused by the firm around a report"];
      if (fact.refusal.kind === "no-room" && fact.refusal.scope.startsWith("firm"))
        return ["refused for the firm's floor or daily limit"];
      if (fact.refusal.kind === "no-room")
        return ["refused, for nothing fits below the daily loss"];
      if (fact.refusal.kind === "daily-loss" || fact.refusal.kind === "breaker")
        return ["refused by a lock or a breaker"];
      if (fact.refusal.kind === "score") return ["refused for its risk score"];
      if (fact.refusal.kind === "opposing-account") return ["refused because of another account"];
      if (fact.refusal.kind === "link-down") return ["alert refused while the line is down"];
      if (before.has("AlertHeld"))
        return ["an alert waited for the first comparison and was refused"];
      return before.has("ReentryPostponed") ? ["re-entry refused after its wait"] : [];
    case "ReentryPostponed":
      return fact.behind === undefined ? [] : ["waited for another account to be out"];
    case "ApprovalEnded":
      return ENDS[fact.how];
    case "CommandTaken":
      return answersOf(fact);
    case "EntryFilled": {
      const again = before.has(`EntryFilled/${fact.tranche}`)
        ? (["entry filled in parts"] as const)
        : [];
      if (before.has(`EntryAccepted/${fact.tranche}`)) return again;
      return [
        ...again,
        before.has(`EntryUnknown/${fact.tranche}`)
          ? "answer lost, order adopted"
          : "fill before its answer",
      ];
    }
    case "EntryAccepted":
      return before.has(`EntryUnknown/${fact.tranche}`) ? ["answer lost, order adopted"] : [];
    case "EntryNotSent":
      return before.has(`EntryAbsent/${fact.tranche}`)
        ? ["entry proved absent"]
        : ["second tranche kept home"];
    case "EntryRejected":
      return ["entry refused by the venue"];
    case "EntryWithdrawn":
      return fact.reason === "not filled in time" ? ["entry expired"] : [];
    case "TradeReopened":
      return ["late fill after the end"];
    case "TargetHit":
      return fact.target === 1 ? ["target 1 hit"] : ["target 2 hit"];
    case "TradeClosed":
      if (before.has("StopOverrun/0") && fact.how === "stop")
        return ["stop overrun, and filled after all"];
      if (fact.how === "external") return ["closed by hand"];
      if (fact.how === "stop") return ["stopped at the first stop"];
      return fact.how === "breakeven" ? ["stopped at breakeven"] : [];
    case "BreakevenDue":
      if (fact.why === "message") return ["breakeven by the author"];
      return fact.why === "price" ? ["breakeven by price"] : [];
    case "ExitBegun":
      if (fact.reason === "firm-floor") return ["left before the firm's floor"];
      if (fact.reason === "breakeven-passed") return ["breakeven already passed"];
      if (fact.reason === "stop-unfilled") return ["stop overrun, trade left"];
      if (fact.reason === "stop-refused") return ["stop refused, trade left"];
      if (fact.reason === "late-fill") return ["late fill, its place taken"];
      if (fact.reason === "stop-loosened") return ["stop taken away again"];
      if (fact.reason === "stop-passed") return ["left at the author's stop"];
      return fact.reason === "reversed" ? ["reversed and bought back"] : [];
    case "StopLoosened":
      return ["stop put back"];
    case "StopAimed":
      if (fact.why === "by-hand") return ["stop tightened by hand"];
      return fact.why === "worse-fill" ? ["worse fill, tighter stop"] : [];
    case "LegPlaced":
      return fact.leg === "stop" ? ["stop placed by ourselves"] : [];
    case "LegChangeAsked":
      if (fact.why === "exit") return ["left through the legs"];
      return fact.why === "resize"
        ? ["legs resized by ourselves"]
        : before.has(`LegChangeAsked/${fact.tranche}/${fact.leg}/${fact.price}`)
          ? ["change asked again"]
          : [];
    case "CloseAsked":
      return ["left by the close call"];
    case "TrimEnded":
      return fact.how === "filled" ? ["part taken off"] : ["part close given up"];
    case "ForeignOrderSeen":
      return ["stranger's order reported"];
    case "AlertRefused":
      return fact.refusal.kind === "stale"
        ? ["alert refused as stale"]
        : fact.refusal.kind === "duplicate"
          ? ["alert refused as duplicate"]
          : fact.refusal.kind === "superseded"
            ? ["alert refused as superseded"]
            : [];
    case "UpdateRead":
      return fact.edit === undefined ? [] : ["author's edit applied"];
    case "UpdateSettled":
      return wordsSeen(fact);
    case "MessageIgnored":
      return fact.reason.includes("edit") ? ["edited message ignored"] : [];
    case "IncidentFound":
      return fact.what === "outcome-unknown" ? ["a person told of an entry's unknown fate"] : [];
    case "JournalRecovered":
      return ["facts written late"];
    default:
      return [];
  }
}

function plannedSeen(
  fact: FactOf<"TradePlanned">,
  before: ReadonlySet<string>,
): readonly Situation[] {
  if (before.has("AlertHeld"))
    return ["trade planned", "an alert waited for the first comparison and traded"];
  if (fact.plan.cuts?.some(({ why }) => why === "score") === true)
    return ["trade planned", "size cut for its risk score"];
  if (fact.plan.cuts?.some(isOfFirm) === true) return ["trade planned", "size cut by the firm"];
  if (fact.plan.cuts?.some(({ why }) => why === "room") === true)
    return ["trade planned", "size cut to what fits below the daily loss"];
  if (before.has("ReentryPostponed"))
    return ["trade planned", "re-entry taken after the trade before it"];
  return fact.message.channel === ASKING
    ? ["trade planned", "a yes, and taken"]
    : ["trade planned"];
}

function sizeSeen({ plan }: FactOf<"TradePlanned">): readonly Situation[] {
  if (plan.instrument === "ES") return ["a mini was traded"];
  return plan.cuts?.some(({ why }) => why === "micro") === true ? ["a mini became micros"] : [];
}

const ENDS: Readonly<Record<FactOf<"ApprovalEnded">["how"], readonly Situation[]>> = {
  approved: [],
  refused: ["a no"],
  expired: ["nobody answered"],
  withdrawn: ["question withdrawn"],
};

function answersOf({ command, answer }: FactOf<"CommandTaken">): readonly Situation[] {
  if (command.kind !== "approve" || answer.kind === "taken") return [];
  return answer.reason.startsWith("no account takes it")
    ? ["a yes, and refused by the limits or the market"]
    : ["answered too late or twice"];
}

function wordsSeen({ action, how, reason, review }: FactOf<"UpdateSettled">): readonly Situation[] {
  if (reason.endsWith(" is over")) return ["author's word about a trade that is over"];
  if (reason.includes("being left")) return ["author's word while leaving"];
  if (action === "stopped") return review ? ["author stopped, our stop rests"] : [];
  if (action === "cancel")
    return review
      ? ["cancelled by the author too late"]
      : how === "applied"
        ? ["cancelled by the author in time"]
        : [];
  if (action === "trim" && /took its part|cover it/.test(reason))
    return ["author's trim covered by a target"];
  if (how === "refused" && reason.includes("would risk more"))
    return ["author's stop refused as looser"];
  if (how !== "applied") return [];
  if (action === "move_stop") return ["stop moved by the author"];
  if (action === "trim") return ["trimmed by the author"];
  return action === "close" ? ["closed by the author"] : [];
}

/** Facts are traced by trade; of an alert that waits, by the trade it may become. */
export function traceKeyOf(fact: Fact): string {
  switch (fact.kind) {
    case "ReentryPostponed":
    case "AlertHeld":
    case "TradeRefused":
      return tradeIdOf(fact.message, fact.account);
    default:
      return "trade" in fact && fact.trade !== null ? fact.trade : "";
  }
}

/** Names under which a fact is remembered for the facts after it. */
export function traceOf(fact: Fact): readonly string[] {
  if (fact.kind === "LegChangeAsked")
    return [`LegChangeAsked/${fact.tranche}/${fact.leg}/${fact.price}`];
  if (fact.kind === "ReentryPostponed" || fact.kind === "AlertHeld") return [fact.kind];
  return "tranche" in fact ? [`${fact.kind}/${fact.tranche}`] : [];
}

export const situationOfReport = (report: VenueReport): Situation | null =>
  report.kind === "answer" &&
  report.outcome.kind === "refused" &&
  report.outcome.code === "tag-in-use"
    ? "tag already in use"
    : null;
