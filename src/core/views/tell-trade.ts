/** The words for the life of a trade: its targets and stop moved, its end and the sum of it. */
import { unreachable } from "../../std/assert.ts";
import type { FactOf, TradeFact } from "../model/fact.ts";
import { tighter } from "../model/levels.ts";
import type { ExitReason } from "../model/trade.ts";
import { showMoney } from "../model/wording.ts";
import { letsOut, type TradeStory } from "./narrator.ts";
import { pricesOf, type Tone, type Words, words } from "./said.ts";

export function tellTrade(story: TradeStory, fact: TradeFact): Words | null {
  switch (fact.kind) {
    case "TargetHit":
    case "TrimSent":
      return null; // the fills tell it, with their exact sizes
    case "BreakevenDue":
    case "BreakevenKept":
    case "StopAimed":
    case "TargetAimed":
      return tellAim(story, fact);
    case "StopLoosened": {
      const how = fact.price === null ? "cancelled" : `moved to ${pricesOf(story)(fact.price)}`;
      return words("trouble", "bad", `the stop was ${how} by hand; it is put back, once`);
    }
    case "ExitBegun":
    case "ExitRepeated":
    case "CloseAsked":
    case "TrimBegun":
    case "TrimEnded":
      return tellLeaving(story, fact);
    case "StopOverrun": {
      const price = pricesOf(story)(fact.price);
      return words("trouble", "bad", `the price is at ${price}, beyond a stop that has not filled`);
    }
    case "TradeReleased":
      return words("house", "plain", "released: its stop stays, everything else is by hand now");
    case "TradeClosed":
      return tellClosed(fact);
    case "TradeAbandoned":
      return words("close", "plain", `ended without a position: ${fact.reason}`);
    case "TradeReopened":
      return words("trouble", "bad", "on again: a fill came after its end, the position is real");
    default:
      return unreachable(fact);
  }
}

function tellAim(
  story: TradeStory,
  fact: FactOf<"BreakevenDue" | "BreakevenKept" | "StopAimed" | "TargetAimed">,
): Words | null {
  const price = pricesOf(story);
  const stays = `the stop stays at ${price(story.stopAim)}`;
  switch (fact.kind) {
    case "BreakevenDue":
      return tighter(story.side, fact.stop, story.stopAim) === fact.stop
        ? words("stop", "plain", `stop to breakeven ${price(fact.stop)}`)
        : words("stop", "quiet", `breakeven would be ${price(fact.stop)}, ${stays}`);
    case "BreakevenKept":
      return words("stop", "plain", `the price is already through breakeven, ${stays}`);
    case "StopAimed":
      return words("stop", "plain", `stop to ${price(fact.stop)}${STOP_REASONS[fact.why]}`);
    case "TargetAimed": {
      // A target counted from the fill is where the plan said it would be.
      if (fact.why === "anchor") return null;
      const tranche = story.tranches[fact.tranche];
      const target = tranche?.target ?? fact.tranche + 1;
      if (letsOut(fact)) {
        const why = fact.why === "trim" ? "" : ": filled at or beyond it";
        const tone = tranche?.leaving === true ? "quiet" : "plain"; // once more, after the price
        return words("close", tone, `taking off what was meant for target ${target}${why}`);
      }
      const hand = fact.why === "by-hand" ? ": moved by hand" : "";
      return words("target", "plain", `target ${target} to ${price(fact.target)}${hand}`);
    }
    default:
      return unreachable(fact);
  }
}

const STOP_REASONS: Readonly<Record<FactOf<"StopAimed">["why"], string>> = {
  command: "",
  message: ": the author said so",
  "worse-fill": ": filled worse than planned, so it stays tighter",
  refused: ": the venue refused the change",
  "by-hand": ": tightened by hand",
};

function tellLeaving(
  story: TradeStory,
  fact: FactOf<"ExitBegun" | "ExitRepeated" | "CloseAsked" | "TrimBegun" | "TrimEnded">,
): Words | null {
  switch (fact.kind) {
    case "ExitBegun":
      return words("close", "plain", `leaving: ${EXIT_REASONS[fact.reason]}`);
    case "ExitRepeated":
      return words("close", "quiet", `leaving, try ${fact.tries}`);
    case "CloseAsked":
      return words(
        "close",
        "plain",
        `asked the venue to close ${fact.contract}, try ${fact.tries}`,
      );
    case "TrimBegun":
      return words("close", "plain", `taking off ${fact.quantity} ${story.instrument}`);
    case "TrimEnded":
      return fact.how === "filled" ? null : words("trouble", "bad", TRIM_ENDS[fact.how]);
    default:
      return unreachable(fact);
  }
}

const EXIT_REASONS: Readonly<Record<ExitReason, string>> = {
  flatten: "flatten was asked for",
  "daily-loss": "the day has lost what it may",
  "firm-daily-limit": "the firm's daily limit is reached",
  "firm-floor": "the firm's floor is near",
  "firm-news": "a report is near, and the firm does not let it be held",
  "close-command": "close was asked for",
  "cut-off": "nothing is held past this hour",
  "contract-ends": "its contract is about to end",
  "close-message": "the author is out of it",
  "breakeven-passed": "the price is already through breakeven",
  "stop-passed": "the price is already through the author's stop",
  "stop-refused": "the venue refused the stop",
  "stop-unfilled": "the price went through the stop, which did not fill",
  "filled-beyond-target": "filled at or beyond the target",
  unprotected: "a contract is without a working stop",
  "late-fill": "it filled after it was given up",
  "beside-reversed": "another trade of its contract was reversed",
  reversed: "the position is reversed",
  "stop-loosened": "the stop was taken away by hand again",
};

const TRIM_ENDS: Readonly<Record<"refused" | "late", string>> = {
  refused: "nothing taken off: the venue refused",
  late: "taking off was not confirmed in time: stop and target cover everything again",
};

const ENDS: Readonly<Record<FactOf<"TradeClosed">["how"], string>> = {
  targets: "closed by targets",
  stop: "closed by stop",
  breakeven: "closed at breakeven",
  exit: "closed by exit",
  external: "closed by hand, blocked until `resume`",
};

function tellClosed({ how, gross, fees, net }: FactOf<"TradeClosed">): Words {
  const tone: Tone = net > 0 ? "good" : net < 0 ? "bad" : "plain";
  const sum = `gross ${showMoney(gross)}, fees ${showMoney(fees)}, net ${showMoney(net)}`;
  return words("close", tone, `${ENDS[how]}: ${sum}`);
}
