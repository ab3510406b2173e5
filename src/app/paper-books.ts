/**
 * What a paper account should hold, by our own journal: the books a venue is rebuilt from.
 *
 * ```text
 * trades of the state ─┬─ contracts held ──────► positions, each covered by its legs
 *                      ├─ legs that work ──────► stops and targets, where they last rested
 *                      └─ money made so far ───► balance
 * facts of the journal ── their fills ─────────► fills
 * ```
 *
 * The sum of entry prices still held is a whole number of ticks while a part of it may not be; what
 * is rounded there is put right in the balance, so that the account ends with the exact result.
 */
import type { Account } from "../core/model/account.ts";
import { directionOf } from "../core/model/alert.ts";
import type { Fact, FactOf } from "../core/model/fact.ts";
import type { FillId, TradeId } from "../core/model/ids.ts";
import { worthOf } from "../core/model/instrument.ts";
import { instrumentOf } from "../core/model/instruments.ts";
import type { EntryOrder, Leg, Trade, Tranche } from "../core/model/trade.ts";
import { heldOfTranche } from "../core/model/trade-sums.ts";
import { contracts, type Money, money } from "../core/model/units.ts";
import {
  entrySide,
  exitSide,
  type VenueFill,
  type VenueOrder,
  type VenueOrderStatus,
} from "../core/model/venue.ts";
import type { AccountBooks } from "../core/paper/event.ts";
import type { PaperPosition } from "../core/paper/state.ts";
import { stopTagOf, targetTagOf } from "../core/paper/tags.ts";
import { openTradesOf, type State } from "../core/state.ts";
import type { Recorded } from "../ports/journal.ts";

/** `trades`: those of the account that the state still knows, over or not. */
export function booksOf(
  state: State,
  account: Account,
  trades: readonly Trade[],
  facts: Iterable<Recorded>,
): AccountBooks {
  const open = openTradesOf(state, account);
  const made = open.reduce((sum, trade) => sum + madeSoFar(trade), 0);
  return {
    balance: money(account.balance + made),
    positions: positionsOf(open),
    orders: trades.flatMap(ordersOf),
    fills: fillsOf(trades, facts),
  };
}

/** Sum of the entry prices of what a tranche still holds; below zero when it was left twice. */
function heldSum({ entered, exited }: Tranche): number {
  const left = entered.quantity >= exited.quantity;
  const [more, less] = left ? [entered, exited] : [exited, entered];
  if (more.quantity === 0) return 0;
  const released = Math.round((more.priceSum * less.quantity) / more.quantity);
  return (left ? 1 : -1) * (more.priceSum - released);
}

/** What the venue has booked to cash for a trade that is not over. */
function madeSoFar(trade: Trade): Money {
  const moved = trade.tranches.reduce(
    (sum, one) => sum + one.exited.priceSum - one.entered.priceSum + heldSum(one),
    0,
  );
  const { instrument, side } = trade.plan;
  return money(worthOf(instrumentOf(instrument), directionOf(side) * moved, 1) - trade.fees);
}

function positionsOf(trades: readonly Trade[]): readonly PaperPosition[] {
  const positions = new Map<string, PaperPosition>();
  for (const { plan, tranches } of trades) {
    const { contract, side } = plan;
    const before = positions.get(contract) ?? { contract, net: 0, priceSum: 0 };
    const held = tranches.reduce((sum, one) => sum + heldOfTranche(one), 0);
    const priceSum = tranches.reduce((sum, one) => sum + heldSum(one), 0);
    const direction = directionOf(side);
    positions.set(contract, {
      contract,
      net: before.net + direction * held,
      priceSum: before.priceSum + direction * priceSum,
    });
  }
  return [...positions.values()];
}

const ordersOf = (trade: Trade): readonly VenueOrder[] =>
  trade.tranches.flatMap((tranche) => [
    ...entryOrder(trade, tranche),
    ...legOrder(trade, tranche, "stop"),
    ...legOrder(trade, tranche, "target"),
  ]);

/** None as long as the venue has given it no name: nobody can say whether it ever arrived. */
function entryOrder({ plan }: Trade, { entry, quantity }: Tranche): readonly VenueOrder[] {
  const { tag, order, filled } = entry;
  if (order === null) return [];
  return [
    {
      ...{ order, tag, parent: null, role: "entry", reason: null, quantity, filled },
      contract: plan.contract,
      side: entrySide(plan.side),
      status: statusOf(entry),
      price: plan.entry.kind === "limit" ? plan.entry.limit : null,
    },
  ];
}

function statusOf({ state }: EntryOrder): VenueOrderStatus {
  switch (state) {
    case "filled":
    case "cancelled":
    case "expired":
    case "rejected":
      return state;
    default:
      return "working"; // it may have been: what is not held is not brought back either way
  }
}

/** Only what covers something rests again; a leg of nothing would open a position. */
function legOrder(trade: Trade, tranche: Tranche, side: "stop" | "target"): readonly VenueOrder[] {
  const leg = tranche[side];
  const held = heldOfTranche(tranche);
  if (leg?.state !== "working" || leg.order === null) return [];
  const { order, price, filled } = leg;
  return [
    {
      ...{ order, ...namesOf(tranche, leg, side), role: side, price, filled, reason: null },
      contract: trade.plan.contract,
      side: exitSide(trade.plan.side),
      ...(held > 0
        ? { status: "working", quantity: contracts(filled + held) }
        : { status: "cancelled", quantity: leg.quantity }),
    },
  ];
}

/** A venue's child is named after its entry, and linked to its sibling by it. */
function namesOf(
  { entry }: Tranche,
  leg: Leg | null,
  side: "stop" | "target",
): Pick<VenueOrder, "tag" | "parent"> {
  if (leg !== null && leg.tag !== null) return { tag: leg.tag, parent: null };
  return {
    tag: side === "stop" ? stopTagOf(entry.tag) : targetTagOf(entry.tag),
    parent: entry.tag,
  };
}

type FillFact = FactOf<"EntryFilled"> | FactOf<"ExitFilled">;

const isFillFact = (fact: Fact): fact is FillFact =>
  fact.kind === "EntryFilled" || fact.kind === "ExitFilled";

function fillsOf(trades: readonly Trade[], facts: Iterable<Recorded>): readonly VenueFill[] {
  const known = new Map<TradeId, Trade>(trades.map((trade) => [trade.id, trade]));
  const fills = new Map<FillId, VenueFill>();
  for (const { fact } of facts) {
    if (!isFillFact(fact)) continue;
    const trade = known.get(fact.trade);
    const tranche = trade?.tranches[fact.tranche];
    if (trade === undefined || tranche === undefined) continue;
    const fill = fillOf(trade, tranche, fact);
    const before = fills.get(fact.fill);
    fills.set(fact.fill, before === undefined ? fill : together(before, fill));
  }
  return [...fills.values()];
}

function fillOf({ plan }: Trade, tranche: Tranche, fact: FillFact): VenueFill {
  const { fill, order, price, quantity, fees, at } = fact;
  const about = { fill, order, contract: plan.contract, price, quantity, fees, at };
  if (fact.kind === "EntryFilled") {
    const { tag } = tranche.entry;
    return { ...about, tag, parent: null, role: "entry", side: entrySide(plan.side) };
  }
  const { by } = fact;
  const side = exitSide(plan.side);
  if (by === "close" || by === "hand")
    return { ...about, tag: null, parent: null, role: "close", side };
  return { ...about, ...namesOf(tranche, tranche[by], by), role: by, side };
}

/** A close that was dealt out over several tranches was one fill. */
const together = (one: VenueFill, other: VenueFill): VenueFill => ({
  ...one,
  quantity: contracts(one.quantity + other.quantity),
  fees: money(one.fees + other.fees),
});
