/** Builds the scene a trade is attended in from the turn under way. */
import type { Trade } from "./model/trade.ts";
import { accountOf } from "./state.ts";
import type { Scene } from "./track/scene.ts";
import { quoteIn, type Turn } from "./turn.ts";

export function sceneOf(turn: Turn, trade: Trade): Scene {
  const quote = quoteIn(turn, { root: trade.plan.instrument });
  const ageMax = turn.state.run?.priceAgeMax ?? 0;
  const { brackets, gate } = accountOf(turn.state, trade.account);
  return {
    at: turn.at,
    lastQuote: quote,
    quote: quote !== null && turn.at - quote.at <= ageMax ? quote : null,
    brackets,
    mayEnter: gate === "active",
    truthAt: turn.truth?.account === trade.account ? turn.truth.askedAt : null,
  };
}
