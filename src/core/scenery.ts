/** Builds the scene a trade is attended in from the turn under way. */
import type { Account } from "./model/account.ts";
import type { Trade } from "./model/trade.ts";
import { accountOf, openTradesOf, type State } from "./state.ts";
import type { Beside, Scene } from "./track/scene.ts";
import { quoteIn, type Turn } from "./turn.ts";

export function sceneOf(turn: Turn, trade: Trade): Scene {
  const quote = quoteIn(turn, { root: trade.plan.instrument });
  const ageMax = turn.state.run?.priceAgeMax ?? 0;
  const account = accountOf(turn.state, trade.account);
  const { brackets, gate } = account;
  return {
    at: turn.at,
    lastQuote: quote,
    quote: quote !== null && turn.at - quote.at <= ageMax ? quote : null,
    brackets,
    mayEnter: gate === "active",
    compared: account.settled && account.link?.state !== "down",
    beside: besideOf(turn.state, account, trade),
    truthAt: turn.truth?.account === trade.account ? turn.truth.askedAt : null,
  };
}

/** Nearly always nothing: one trade of a product family at a time. */
function besideOf(state: State, account: Account, trade: Trade): Beside {
  if (account.open.length < 2) return "nothing";
  const { contract, side } = trade.plan;
  const others = openTradesOf(state, account).filter(
    (one) => one.id !== trade.id && one.plan.contract === contract,
  );
  if (others.some((one) => one.exit?.reason === "reversed")) return "reversed";
  if (others.some((one) => one.plan.side !== side)) return "opposite";
  return others.length > 0 ? "same-side" : "nothing";
}
