/** Folds one fact about a trade into that trade. Nothing is checked here: a fact is true. */
import { unreachable } from "../../std/assert.ts";
import type { EntryFact, FactOf, LegFact, TradeFact } from "../model/fact.ts";
import { tighter } from "../model/levels.ts";
import {
  type Exit,
  isLeaving,
  type Leg,
  type PartClose,
  type StopWhy,
  type Trade,
} from "../model/trade.ts";
import type { Ticks } from "../model/units.ts";
import { evolveEntry, inTranche } from "./evolve-entry.ts";
import { evolveLeg } from "./evolve-leg.ts";
import { nextPhase } from "./phases.ts";

export type FactOfTrade = EntryFact | LegFact | TradeFact;

export function evolveTrade(trade: Trade, fact: FactOfTrade): Trade {
  switch (fact.kind) {
    case "TargetHit":
      return {
        ...trade,
        phase: nextPhase(trade.phase, "target-hit"),
        targetsHit: Math.max(trade.targetsHit, fact.target),
      };
    case "BreakevenDue":
      return { ...aimStopAtBreakeven(trade, fact.stop), breakeven: "due" };
    case "BreakevenKept":
      return { ...trade, breakeven: "off" };
    case "StopAimed":
      return aimStops(trade, fact.stop, fact.why);
    case "TargetAimed":
      return inTranche(trade, fact.tranche, (one) => ({
        ...one,
        targetAim: fact.target,
        target: askedAnew(one.target),
        // On its way out it stays so, wherever the average fill moves.
        targetWhy: isLeaving(one) && fact.why === "anchor" ? one.targetWhy : fact.why,
      }));
    case "StopLoosened":
      return inTranche(trade, fact.tranche, (one) => ({ ...one, loosened: one.loosened + 1 }));
    case "StopOverrun":
      return inTranche(trade, fact.tranche, (one) =>
        one.stop === null ? one : { ...one, stop: { ...one.stop, overrunAt: fact.askedAt } },
      );
    case "ExitBegun":
      // Whoever asks for the exit takes a released trade back.
      return { ...trade, released: false, exit: evolveExit(trade.exit, fact) };
    case "ExitRepeated":
    case "CloseAsked":
      return { ...trade, exit: evolveExit(trade.exit, fact) };
    case "TrimBegun":
      return { ...unshrunk(trade), trims: trade.trims + 1, part: partOf(fact, "shrinking") };
    case "TrimSent":
      return { ...trade, part: partOf(fact, "closing") };
    case "TrimEnded":
      return endPart(trade, fact);
    case "TradeReleased":
      // What has not filled by now is not theirs to wait for.
      return { ...trade, released: true, entryEnding: trade.entryEnding ?? "released to a person" };
    case "TradeClosed":
      return { ...trade, phase: nextPhase(trade.phase, "flat"), closedAt: fact.at };
    case "TradeAbandoned":
      return { ...trade, phase: nextPhase(trade.phase, "ended"), closedAt: fact.at };
    case "TradeReopened":
      // Either a fill, or an order that turned up after it was given up.
      return {
        ...trade,
        phase: nextPhase(trade.phase, hasEntered(trade) ? "filled" : "accepted"),
        closedAt: null,
        exit: null,
        // What the price did while it was over was not its own.
        ...(trade.pricedFrom !== undefined && { pricedFrom: fact.at }),
      };
    default:
      return isEntry(fact) ? evolveEntry(trade, fact) : evolveLeg(trade, fact);
  }
}

/** A stop that is tighter already stays, for the reason it had. */
const aimStopAtBreakeven = (trade: Trade, stop: Ticks): Trade =>
  tighter(trade.plan.side, trade.stopAim, stop) === stop
    ? aimStops(trade, stop, "breakeven")
    : aimStops(trade, trade.stopAim, trade.stopWhy);

const aimStops = (trade: Trade, stopAim: Ticks, stopWhy: StopWhy): Trade => ({
  ...trade,
  stopAim,
  stopWhy,
  tranches: trade.tranches.map((one) => ({ ...one, stop: askedAnew(one.stop) })),
});

/** A new aim is a new question: what the venue refused before says nothing about it. */
const askedAnew = (leg: Leg | null): Leg | null =>
  leg === null || leg.refusal === null ? leg : { ...leg, refusal: null, refusals: 0 };

type TrimFact = FactOf<"TrimBegun"> | FactOf<"TrimSent">;

const partOf = (fact: TrimFact, stage: PartClose["stage"]): PartClose => ({
  tranche: fact.tranche,
  quantity: fact.quantity,
  askedAt: fact.at,
  stage,
});

const unshrunk = ({ shrunk: _, ...trade }: Trade): Trade => trade;

function endPart(trade: Trade, { how }: FactOf<"TrimEnded">): Trade {
  const ended = { ...unshrunk(trade), part: null };
  return how === "filled" || trade.part === null ? ended : { ...ended, shrunk: trade.part.tranche };
}

const hasEntered = (trade: Trade): boolean =>
  trade.tranches.some((one) => one.entered.quantity > 0);

type ExitFact = Extract<TradeFact, { kind: "ExitBegun" | "ExitRepeated" | "CloseAsked" }>;

function evolveExit(exit: Exit | null, fact: ExitFact): Exit {
  const base: Exit = exit ?? {
    reason: "unprotected",
    since: fact.at,
    tries: 0,
    triedAt: fact.at,
    closeAskedAt: null,
    closeTries: 0,
  };
  switch (fact.kind) {
    case "ExitBegun":
      return { ...base, reason: fact.reason, since: fact.at };
    case "ExitRepeated":
      return { ...base, tries: fact.tries, triedAt: fact.at };
    case "CloseAsked":
      return { ...base, closeAskedAt: fact.at, closeTries: fact.tries };
    default:
      return unreachable(fact);
  }
}

const isEntry = (fact: EntryFact | LegFact): fact is EntryFact => fact.kind.startsWith("Entry");
