/** The two orders an entry brings along, from its call to their rows. */
import { ticks } from "../../core/model/units.ts";
import type { Bracket } from "../../core/model/venue.ts";
import { stopTagOf, targetTagOf } from "../../core/paper/tags.ts";
import type { BracketAsk } from "./bracket-checks.ts";
import type { DeskParts } from "./desk.ts";
import type { PlaceAsk } from "./drafting.ts";
import { BUY, type OrderRow, SELL, STATUS, TYPE } from "./orders.ts";
import { bookTagOf } from "./reports.ts";

/** The books know brackets in pairs only: a leg nobody asked for is far away, and gone at once. */
const UNWANTED = 1_000_000;

export const hasBracket = ({ stopLossBracket, takeProfitBracket }: PlaceAsk): boolean =>
  stopLossBracket !== null || takeProfitBracket !== null;

/** For the books, where both distances are positive. */
export function bracketOf(ask: PlaceAsk): Bracket | null {
  if (!hasBracket(ask)) return null;
  const distance = (leg: BracketAsk | null) => ticks(Math.abs(leg?.ticks ?? UNWANTED));
  return {
    stopTicks: distance(ask.stopLossBracket),
    targetTicks: distance(ask.takeProfitBracket),
  };
}

export function dropUnwanted({ exchange }: DeskParts, entry: OrderRow, ask: PlaceAsk): void {
  if (!hasBracket(ask)) return;
  const tag = bookTagOf(entry.account, entry.id);
  if (ask.stopLossBracket === null) exchange.drop(entry, stopTagOf(tag));
  if (ask.takeProfitBracket === null) exchange.drop(entry, targetTagOf(tag));
}

export function addLegs(parts: DeskParts, entry: OrderRow, ask: PlaceAsk): void {
  const { stopLossBracket, takeProfitBracket } = ask;
  const gap = parts.switches().bracketIds === "gapped" ? 1 : 0;
  const stop =
    stopLossBracket && addLeg(parts, entry, stopLossBracket, { isStop: true, gap, linked: null });
  const linked = stop?.id ?? null;
  const target =
    takeProfitBracket && addLeg(parts, entry, takeProfitBracket, { isStop: false, gap: 0, linked });
  entry.legs = [stop, target].filter((leg) => leg !== null);
}

interface LegPlace {
  readonly isStop: boolean;
  /** Ids left out before this one. */
  readonly gap: number;
  readonly linked: number | null;
}

function addLeg(
  { orders, exchange, clock }: DeskParts,
  entry: OrderRow,
  { ticks: trail, type }: BracketAsk,
  { isStop, gap, linked }: LegPlace,
): OrderRow {
  const tagOf = isStop ? stopTagOf : targetTagOf;
  const leg = orders.add(
    {
      id: orders.nextId(gap),
      account: entry.account,
      contract: entry.contract,
      createdAt: clock.now(),
      type,
      side: entry.side === BUY ? SELL : BUY,
      size: entry.size,
      tag: entry.tag === null ? null : tagOf(entry.tag),
      parent: entry,
      isStopLeg: isStop,
      linked,
      trail,
    },
    STATUS.suspended,
  );
  if (type === TYPE.trailing) exchange.follow(leg);
  return leg;
}

/** Two orders of which one ends the other, as old documentation has it. */
export function tie(parts: DeskParts, row: OrderRow, linkedOrderId: number | null): void {
  if (linkedOrderId === null || parts.switches().linkedOrderId === "ignored") return;
  const other = parts.orders.find(row.account, linkedOrderId);
  if (other === null) return;
  row.partner = other;
  other.partner = row;
}
