/**
 * From facts to orders: every request to a venue is the consequence of a fact written before it.
 */
import { isOfAlarm } from "./model/alarm-fact.ts";
import type { Effect } from "./model/effect.ts";
import type { EntryFact, Fact, FactOf, LegFact, TradeFact } from "./model/fact.ts";
import { requestIdOf, tagOf } from "./model/ids.ts";
import type { Trade } from "./model/trade.ts";
import type { TroubleFact } from "./model/trouble-fact.ts";
import { ticks } from "./model/units.ts";
import { type Bracket, entrySide, exitSide, type VenueRequest } from "./model/venue.ts";
import { accountOf, findTrade, type State } from "./state.ts";

/** `state` already holds the fact. */
export function react(state: State, fact: Fact): readonly Effect[] {
  if (isOfAlarm(fact)) return [];
  if (!("trade" in fact) || fact.trade === null) return reactHouse(fact);
  const trade = findTrade(state, fact.trade);
  if (trade === undefined) return NOTHING;
  if (needsLook(fact)) return askAbout(state, trade);
  const request = requestFor(state, trade, fact);
  return request === null ? NOTHING : [{ kind: "Send", request }];
}

const NOTHING: readonly Effect[] = [];

/** Accounts that share their calls wait for their turn, which is soon where there was news. */
const askAbout = (state: State, { account, plannedAt }: Trade): readonly Effect[] =>
  accountOf(state, account).login === undefined
    ? [{ kind: "AskVenue", account, since: plannedAt }]
    : NOTHING;

/** An order nobody knows of, and legs made smaller for contracts that stayed: the poll is too slow. */
const needsLook = (fact: Fact): boolean =>
  fact.kind === "EntryUnknown" || (fact.kind === "TrimEnded" && fact.how !== "filled");

function reactHouse(fact: Fact): readonly Effect[] {
  if (fact.kind === "OrphanCancelAsked") {
    const { account, contract, order } = fact;
    return [
      {
        kind: "Send",
        request: { kind: "cancel", id: `orphan/${order}`, account, contract, order },
      },
    ];
  }
  return NOTHING;
}

type OfTrade =
  | EntryFact
  | LegFact
  | TradeFact
  | FactOf<"TradePlanned">
  | Extract<TroubleFact, { trade: unknown }>;

function requestFor(state: State, trade: Trade, fact: Fact & OfTrade): VenueRequest | null {
  const about = { account: trade.account, contract: trade.plan.contract };
  switch (fact.kind) {
    case "TradePlanned":
      return placeEntry(state, trade, 0);
    case "EntrySent":
      return placeEntry(state, trade, fact.tranche);
    case "EntryCancelAsked":
      return {
        ...about,
        kind: "cancel",
        id: requestIdOf(tagOf(trade.id, "e", fact.tranche, 1), "cancel"),
        order: fact.order,
      };
    case "LegPlaced":
      return placeLeg(trade, fact);
    case "LegChangeAsked":
      return modifyLeg(trade, fact);
    case "LegCancelAsked":
      return {
        ...about,
        kind: "cancel",
        id: requestIdOf(tagOf(trade.id, roleOf(fact.leg), fact.tranche, 1), "cancel"),
        order: fact.order,
      };
    case "CloseAsked":
      return { ...about, kind: "close", id: tagOf(trade.id, "c", 0, fact.tries) };
    case "TrimSent":
      return {
        ...about,
        kind: "close-part",
        id: tagOf(trade.id, "p", fact.tranche, trade.trims),
        quantity: fact.quantity,
      };
    default:
      return null;
  }
}

const roleOf = (leg: "stop" | "target"): "s" | "t" => (leg === "stop" ? "s" : "t");

function placeEntry(state: State, trade: Trade, index: number): VenueRequest | null {
  const { plan } = trade;
  const tranche = trade.tranches[index];
  if (tranche === undefined) return null;
  const native = accountOf(state, trade.account).brackets === "native";
  return {
    kind: "place",
    id: requestIdOf(tranche.entry.tag, "place"),
    account: trade.account,
    contract: plan.contract,
    tag: tranche.entry.tag,
    role: "entry",
    side: entrySide(plan.side),
    type: plan.entry.kind,
    quantity: tranche.quantity,
    price: plan.entry.kind === "limit" ? plan.entry.limit : null,
    bracket: native ? bracketFor(trade, index) : null,
  };
}

/** Venues refuse brackets nearer than this. */
const BRACKET_MIN = 4;

/** Counted from where the fill is expected; both legs are corrected once the fill is known. */
function bracketFor({ plan }: Trade, index: number): Bracket {
  const target = plan.tranches[index]?.target ?? plan.expected;
  // Targets that count from the fill are as far from it as they were from the alert.
  const from = plan.anchor === "fill" ? plan.alerted : plan.expected;
  return {
    stopTicks: ticks(Math.max(BRACKET_MIN, Math.abs(plan.expected - plan.stop))),
    targetTicks: ticks(Math.max(BRACKET_MIN, Math.abs(target - from))),
  };
}

function placeLeg(trade: Trade, fact: FactOf<"LegPlaced">): VenueRequest {
  const tag = tagOf(trade.id, roleOf(fact.leg), fact.tranche, fact.attempt);
  return {
    kind: "place",
    id: requestIdOf(tag, "place"),
    account: trade.account,
    contract: trade.plan.contract,
    tag,
    role: fact.leg,
    side: exitSide(trade.plan.side),
    type: fact.leg === "stop" ? "stop" : "limit",
    quantity: fact.quantity,
    price: fact.price,
    bracket: null,
  };
}

/** Null when the leg's order is not known yet: the next look at the venue brings it. */
function modifyLeg(trade: Trade, fact: FactOf<"LegChangeAsked">): VenueRequest | null {
  const order = trade.tranches[fact.tranche]?.[fact.leg]?.order ?? null;
  if (order === null) return null;
  const tag = tagOf(trade.id, roleOf(fact.leg), fact.tranche, fact.attempt);
  return {
    kind: "modify",
    id: requestIdOf(tag, "modify"),
    account: trade.account,
    contract: trade.plan.contract,
    order,
    price: fact.price,
    quantity: fact.quantity,
  };
}
