/** Folds the facts of protecting and profit-taking legs, and of their fills, into a trade. */
import { unreachable } from "../../std/assert.ts";
import type { FactOf, LegFact } from "../model/fact.ts";
import { tagOf } from "../model/ids.ts";
import { type Leg, type Trade, type Tranche, touchedAnew } from "../model/trade.ts";
import { heldOfTranche } from "../model/trade-sums.ts";
import { contracts, money } from "../model/units.ts";
import { inTranche, plus } from "./evolve-entry.ts";

export function evolveLeg(trade: Trade, fact: LegFact): Trade {
  switch (fact.kind) {
    case "LegPlaced":
      return withLeg(trade, fact, (leg) => placed(trade, fact, leg));
    case "LegConfirmed":
      return withLeg(trade, fact, (leg) => confirmed(leg, fact));
    case "LegChangeAsked":
      return inLeg(trade, fact, (leg) => changing(leg, fact));
    case "LegChangeRefused":
      return inLeg(trade, fact, (leg) => ({
        ...leg,
        change: null,
        refusal: fact.reason,
        refusals: leg.refusals + 1,
      }));
    case "LegRejected":
      return inLeg(trade, fact, (leg) => ({
        ...leg,
        state: "rejected",
        refusal: fact.reason,
        touchedAt: fact.at,
      }));
    case "LegUnknown":
      return inLeg(trade, fact, (leg) => ({
        ...leg,
        state: leg.state === "sent" ? "unknown" : leg.state,
      }));
    case "LegCancelAsked":
      return inLeg(trade, fact, (leg) => ({ ...leg, cancelAskedAt: fact.at, touchedAt: fact.at }));
    case "LegEnded":
      return inLeg(trade, fact, (leg) => ({
        ...leg,
        state: fact.how,
        change: null,
        touchedAt: fact.at,
      }));
    case "ExitFilled":
      return exitFilled(trade, fact);
    default:
      return unreachable(fact);
  }
}

/** The same tag again is the same order, still unanswered. */
function placed(trade: Trade, fact: FactOf<"LegPlaced">, before: Leg | null): Leg {
  const tag = tagOf(trade.id, fact.leg === "stop" ? "s" : "t", fact.tranche, fact.attempt);
  const again = before !== null && before.tag === tag;
  return {
    tag,
    order: null,
    state: "sent",
    price: fact.price,
    quantity: fact.quantity,
    filled: contracts(0),
    change: null,
    attempts: fact.attempt,
    placements: (before?.placements ?? 0) + (again ? 0 : 1),
    placedAt: again ? before.placedAt : fact.at,
    refusals: 0,
    touchedAt: fact.at,
    refusal: null,
    cancelAskedAt: null,
  };
}

function confirmed(leg: Leg | null, fact: FactOf<"LegConfirmed">): Leg {
  const change = leg?.change ?? null;
  const settled =
    change === null ||
    ((change.price === null || change.price === fact.price) &&
      (change.quantity === null || change.quantity === fact.quantity));
  return {
    tag: leg?.tag ?? null,
    order: fact.order,
    state: "working",
    price: fact.price,
    quantity: fact.quantity,
    filled: leg?.filled ?? contracts(0),
    change: settled ? null : change,
    attempts: leg?.attempts ?? 0,
    placements: leg?.placements ?? 0,
    placedAt: leg?.placedAt ?? fact.at,
    refusals: settled || leg === null ? 0 : leg.refusals,
    touchedAt: fact.at,
    refusal: settled ? null : (leg?.refusal ?? null),
    cancelAskedAt: leg?.cancelAskedAt ?? null,
  };
}

const changing = (leg: Leg, fact: FactOf<"LegChangeAsked">): Leg => ({
  ...leg,
  change: {
    ...{ price: fact.price, quantity: fact.quantity, askedAt: fact.at, attempt: fact.attempt },
    ...(isAgain(leg, fact) && { firstAt: touchedAnew(leg) }),
  },
  attempts: fact.attempt,
  touchedAt: fact.at,
  refusal: null,
});

const isAgain = ({ change }: Leg, fact: FactOf<"LegChangeAsked">): boolean =>
  change !== null && change.price === fact.price && change.quantity === fact.quantity;

function exitFilled(trade: Trade, fact: FactOf<"ExitFilled">): Trade {
  const booked = inTranche(trade, fact.tranche, (one) => {
    const { by } = fact;
    const exited = plus(one.exited, fact.price, fact.quantity);
    if (by === "close" || by === "hand") return { ...one, exited, filledAt: fact.at };
    const leg = one[by] ?? unseenChild(one, fact);
    return { ...one, exited, filledAt: fact.at, [by]: legFilled(leg, fact) };
  });
  return {
    ...booked,
    byHand: fact.by === "hand",
    pricedFrom: fact.at,
    fees: money(trade.fees + fact.fees),
    // A close spread over several tranches comes as several facts with one fill id.
    fills: trade.fills.includes(fact.fill) ? trade.fills : [...trade.fills, fact.fill],
  };
}

/** A venue's child that fills before anyone saw it work was there for all that was held. */
const unseenChild = (tranche: Tranche, fact: FactOf<"ExitFilled">): Leg => ({
  tag: null,
  order: fact.order,
  state: "working",
  price: fact.price,
  quantity: contracts(Math.max(heldOfTranche(tranche), fact.quantity)),
  filled: contracts(0),
  change: null,
  attempts: 0,
  placements: 0,
  placedAt: fact.at,
  refusals: 0,
  touchedAt: fact.at,
  refusal: null,
  cancelAskedAt: null,
});

function legFilled(leg: Leg, fact: FactOf<"ExitFilled">): Leg {
  const filled = contracts(leg.filled + fact.quantity);
  return filled >= leg.quantity
    ? { ...leg, filled, state: "filled", change: null }
    : { ...leg, filled };
}

type OfLeg = { readonly tranche: number; readonly leg: "stop" | "target" };

const withLeg = (trade: Trade, { tranche, leg }: OfLeg, change: (leg: Leg | null) => Leg): Trade =>
  inTranche(trade, tranche, (one): Tranche => ({ ...one, [leg]: change(one[leg]) }));

/** A fact about a leg that is not there changes nothing. */
const inLeg = (trade: Trade, { tranche, leg }: OfLeg, change: (leg: Leg) => Leg): Trade =>
  inTranche(trade, tranche, (one): Tranche => {
    const present = one[leg];
    return present === null ? one : { ...one, [leg]: change(present) };
  });
