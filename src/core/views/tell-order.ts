/**
 * The words for orders: entries, stops, targets and their fills.
 *
 * Most of what passes between us and a venue is chatter: an order accepted, a leg corrected to its
 * planned price, a cancel asked for. A trader wants the fills, the protection once it stands where
 * it should, and everything that went wrong.
 */
import { unreachable } from "../../std/assert.ts";
import type { EntryFact, FactOf, LegFact } from "../model/fact.ts";
import type { TradeStory } from "./narrator.ts";
import { pricesOf, type Words, words } from "./said.ts";

export function tellEntry(story: TradeStory, fact: EntryFact): Words | null {
  switch (fact.kind) {
    case "EntryFilled":
      return words("fill", "plain", `filled ${lot(story, fact)}`);
    case "EntryRejected":
      return words("trouble", "bad", `entry refused by the venue: ${fact.reason} (${fact.code})`);
    case "EntryUnknown":
      return words("trouble", "bad", `no answer about the entry (${fact.reason}), looking it up`);
    case "EntryNotSent":
      return words("order", "bad", `the entry never reached the venue: ${fact.reason}`);
    case "EntryWithdrawn":
      return words("order", "plain", `entry withdrawn: ${fact.reason}`);
    case "EntryEnded":
      return words("order", "quiet", `entry ${fact.how}`);
    case "EntrySent":
    case "EntryAccepted":
    case "EntryAbsent":
    case "EntryClockStarted":
    case "EntryCancelAsked":
    case "EntrySplit":
      return null;
    default:
      return unreachable(fact);
  }
}

export function tellLeg(story: TradeStory, fact: LegFact): Words | null {
  switch (fact.kind) {
    case "LegConfirmed":
      return fact.leg === "stop" ? tellStop(story, fact) : null;
    case "LegChangeRefused":
      return words("trouble", "bad", `${fact.leg} not changed: ${fact.reason}`);
    case "LegRejected":
      return words("trouble", "bad", `${fact.leg} refused by the venue: ${fact.reason}`);
    case "LegUnknown":
      return words("trouble", "bad", `no answer about the ${fact.leg} (${fact.reason})`);
    case "ExitFilled":
      return tellExit(story, fact);
    case "LegPlaced":
    case "LegChangeAsked":
    case "LegCancelAsked":
    case "LegEnded":
      return null;
    default:
      return unreachable(fact);
  }
}

/**
 * A stop is told when it stands where it should, and again when that or its size changed. At any
 * other price it is on its way there; should the venue refuse, that is a line of its own.
 */
function tellStop(story: TradeStory, fact: FactOf<"LegConfirmed">): Words | null {
  if (fact.price !== story.stopAim) return null;
  const told = story.tranches[fact.tranche]?.stop;
  if (told?.price === fact.price && told.quantity === fact.quantity) return null;
  return words("stop", "quiet", `stop confirmed ${pricesOf(story)(fact.price)} x${fact.quantity}`);
}

function tellExit(story: TradeStory, fact: FactOf<"ExitFilled">): Words {
  // A closing order that took too much is bought back: contracts return.
  if (fact.quantity < 0) {
    return words("trouble", "bad", `took back ${-fact.quantity} ${at(story, fact)}`);
  }
  const tranche = story.tranches[fact.tranche];
  if (fact.by === "stop") {
    return story.atBreakeven
      ? words("stop", "plain", `stopped at breakeven: ${lot(story, fact)}`)
      : words("stop", "bad", `stopped: ${lot(story, fact)}`);
  }
  if (fact.by === "hand") return words("close", "plain", `closed by hand: ${lot(story, fact)}`);
  if (fact.by === "close" || story.leaving || tranche === undefined || tranche.leaving) {
    return words("close", "plain", `out ${lot(story, fact)}`);
  }
  return words("target", "good", `target ${tranche.target} hit: ${lot(story, fact)}`);
}

type Fill = Pick<FactOf<"ExitFilled">, "price" | "quantity">;

const lot = (story: TradeStory, fill: Fill): string => `${fill.quantity} ${at(story, fill)}`;

const at = (story: TradeStory, { price }: Fill): string =>
  `${story.instrument} at ${pricesOf(story)(price)}`;
