/** The words for what became of a message: alert, plan, refusal, or why it was none. */
import { unreachable } from "../../std/assert.ts";
import { getIn } from "../../std/trie.ts";
import type { FactOf } from "../model/fact.ts";
import { instrumentOf } from "../model/instruments.ts";
import type { MessageFact } from "../model/message-fact.ts";
import type { Plan } from "../model/plan.ts";
import type { Refusal } from "../model/refusal.ts";
import { millis } from "../model/units.ts";
import { UPDATE_NAMES, updateText } from "../model/update-wording.ts";
import { showDuration, showMoney } from "../model/wording.ts";
import { explainRefusal } from "../notify/explain.ts";
import { opponentText } from "../notify/explain-accounts.ts";
import { explainCut } from "../notify/explain-cut.ts";
import { alertText } from "./alert-text.ts";
import { alertedIn, isOfShadowRoom, type Narrator, nameOf, tradedIn } from "./narrator.ts";
import { clean, cutTo, inLines } from "./plain-text.ts";
import { apart, ofTrade, pricesOf, type Said, type Tone, words } from "./said.ts";

/** Columns of a message that was ignored, enough to recognise it. */
const EXCERPT = 60;

export function tellMessage(narrator: Narrator, fact: MessageFact): Said | null {
  switch (fact.kind) {
    case "AlertRead":
      return null; // told by `tellAlert`, once its number is known
    case "MessageIgnored":
      return tellIgnored(fact);
    case "AlertRefused":
      return apart(
        words("verdict", toneOf(fact), `refused: ${refusalOf(narrator, fact, fact.refusal)}`),
      );
    case "TradeRefused": {
      const text = `refused${on(narrator, fact)}: ${refusalOf(narrator, fact, fact.refusal)}`;
      return apart(words("verdict", toneOf(fact), text), fact.account);
    }
    case "AlertShadowed": {
      const where = on(narrator, fact);
      const why = isOfShadowRoom(narrator, fact) ? "as its room asks" : "nothing can fill it";
      const { text, more } = planLines(`kept as a shadow${where}, ${why}: `, fact);
      return { ...apart(words("verdict", "quiet", text), fact.account), more };
    }
    case "ReentryPostponed": {
      const first = fact.trades.map((id) => `#${getIn(narrator.trades, id)?.number ?? "?"}`);
      const { behind } = fact;
      const what = [...first, ...(behind === undefined ? [] : [opponentText(behind)])].join(
        " and ",
      );
      const text = `waits${on(narrator, fact)} for the end of ${what}`;
      return apart(words("verdict", "plain", text), fact.account);
    }
    case "AlertHeld": {
      const text = `waits${on(narrator, fact)} until the account is compared with the venue`;
      return apart(words("verdict", "plain", text), fact.account);
    }
    case "UpdateRead":
      return apart(words("alert", "plain", `update: ${fact.updates.map(updateText).join(", ")}`));
    case "UpdateSettled":
      return tellSettled(narrator, fact);
    case "AlertTracked": {
      const excerpt = cutTo(clean(fact.text), EXCERPT);
      return apart(words("verdict", "quiet", `tracked, never executed here ("${excerpt}")`));
    }
    case "ApprovalAsked": {
      const time = showDuration(millis(fact.until - fact.at));
      const ask = `waits ${time} for a yes: approve ${fact.entry} or refuse ${fact.entry}`;
      const size = fact.smallest ? ", at the smallest size" : "";
      return apart(words("verdict", "bad", `${ask}${size} (${fact.reason})`));
    }
    case "ApprovalEnded":
      return apart(words("verdict", "plain", `entry ${fact.entry} ${fact.how}: ${fact.by}`));
    case "TradePlanned": {
      const { text, more } = planLines(`planned${on(narrator, fact)}: `, fact);
      return { ...ofTrade(words("order", "plain", text), fact), more };
    }
    default:
      return unreachable(fact);
  }
}

/** Under the number of the trade it was bound to. What a person should see is not told quietly. */
function tellSettled(narrator: Narrator, fact: FactOf<"UpdateSettled">): Said {
  const { bound, action, how, reason, review } = fact;
  const tone = review === true ? "bad" : how === "applied" ? "plain" : "quiet";
  const said = words("verdict", tone, `${UPDATE_NAMES[action]}: ${how}, ${reason}`);
  const story = bound === null ? undefined : getIn(narrator.trades, bound);
  return story === undefined ? apart(said) : ofTrade(said, story);
}

/** What a person should look at is told apart from chatter. */
function tellIgnored({ reason, review, text }: FactOf<"MessageIgnored">): Said {
  const excerpt = cutTo(clean(text), EXCERPT);
  if (review !== true) return apart(words("verdict", "quiet", `ignored: ${reason} ("${excerpt}")`));
  const why = reason.startsWith("unsure") ? reason : `unsure: ${reason}`;
  return apart(words("verdict", "bad", `${why}; a person should look ("${excerpt}")`));
}

/** The line of an alert, under the number and account of the trade it became, if it became one. */
export function tellAlert(fact: FactOf<"AlertRead">, planned: FactOf<"TradePlanned"> | null): Said {
  const said = words("alert", "plain", `alert ${alertText(fact.alert)}`);
  return planned === null ? apart(said) : ofTrade(said, planned);
}

/** The same alert with two stops: somebody should find out which one holds. */
const toneOf = ({ refusal }: FactOf<"AlertRefused" | "TradeRefused">): Tone =>
  refusal.kind === "duplicate" && !refusal.sameStop ? "bad" : "plain";

/** From the size its letter asks for, down to what was taken. */
function cutText({ cut, cuts = [] }: Plan): readonly string[] {
  if (cut !== undefined) return [`not ${cut.from}: live trade date ${cut.date} of ${cut.of}`];
  const [first] = cuts;
  return first === undefined ? [] : [`not ${first.from}: ${cuts.map(explainCut).join("; ")}`];
}

/** Columns of its lines, so that time, number and the word DEMO find room beside them on 120. */
const PLAN_COLUMNS = 97;

type Planned = Pick<FactOf<"TradePlanned">, "plan" | "score">;

/** Orders first; what they may cost goes below where it is too much for one line. */
function planLines(begin: string, { plan, score }: Planned) {
  const price = pricesOf(plan);
  const quantity = plan.tranches.reduce((sum, tranche) => sum + tranche.quantity, 0);
  const targets = plan.tranches.map((one) => `${price(one.target)} x${one.quantity}`);
  const entry = [
    `${begin}${quantity} ${plan.instrument} ${plan.side}`,
    plan.entry.kind === "limit" ? `limit ${price(plan.entry.limit)}` : "at market",
    `stop ${price(plan.stop)}`,
  ].join(", ");
  const exits = `target${targets.length === 1 ? "" : "s"} ${targets.join(", ")}`;
  const costs = [
    `at risk ${showMoney(plan.risk)}`,
    ...(score === undefined ? [] : [`risk score ${score.total}`]),
    ...cutText(plan),
  ].join(", ");
  const orders = `${entry}, ${exits}`;
  const whole = `${orders}, ${costs}`;
  if (whole.length <= PLAN_COLUMNS) return { text: whole, more: [] };
  const below = (text: string) => inLines(text, PLAN_COLUMNS - 2);
  return orders.length <= PLAN_COLUMNS
    ? { text: orders, more: below(costs) }
    : { text: entry, more: below(`${exits}, ${costs}`) };
}

/** A refusal counts in the traded instrument's ticks once an account has judged it. */
function refusalOf(
  narrator: Narrator,
  fact: FactOf<"AlertRefused" | "TradeRefused">,
  refusal: Refusal,
): string {
  const alerted = alertedIn(narrator, fact.message);
  // Of an alert too long ago to be remembered, the kind is all that can be said in words.
  if (alerted === null) return refusal.kind;
  const traded = fact.kind === "AlertRefused" ? alerted : tradedIn(narrator, fact.account, alerted);
  return explainRefusal(refusal, instrumentOf(traded));
}

/** Which account, where there is more than one. */
const on = (narrator: Narrator, { account }: Pick<FactOf<"TradeRefused">, "account">): string =>
  narrator.accounts.size > 1 ? ` on ${nameOf(narrator, account)}` : "";
