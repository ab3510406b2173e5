/**
 * What a fill means: contracts in, or contracts out, and which target that was.
 *
 * A fill counts once, by the venue's id for it. A fill for a trade that was thought over reopens
 * it: the position is real.
 */
import { directionOf } from "../model/alert.ts";
import type { Fact } from "../model/fact.ts";
import { isLeaving, type Trade, type Tranche } from "../model/trade.ts";
import { heldOf, heldOfTranche } from "../model/trade-sums.ts";
import { type Contracts, contracts, type Millis, millis, money } from "../model/units.ts";
import type { VenueFill } from "../model/venue.ts";
import { reopening } from "./reopening.ts";

export function readEntryFill(
  trade: Trade,
  tranche: number,
  fill: VenueFill,
  at: Millis,
): readonly Fact[] {
  if (trade.fills.includes(fill.fill)) return [];
  const { price, quantity, fees, order } = fill;
  return [
    ...reopening(trade, at),
    {
      at,
      trade: trade.id,
      tranche,
      kind: "EntryFilled",
      fill: fill.fill,
      order,
      price,
      quantity,
      fees,
      ...venueTime(fill, at),
    },
  ];
}

/** Beside ours, where the two differ: to know how long a fill took, and how late we heard of it. */
const venueTime = (fill: Pick<VenueFill, "at">, at: Millis): { readonly filledAt?: Millis } =>
  fill.at === at ? {} : { filledAt: fill.at };

export function readExitFill(
  trade: Trade,
  tranche: number,
  by: "stop" | "target",
  fill: VenueFill,
  at: Millis,
): readonly Fact[] {
  const held = trade.tranches[tranche];
  if (held === undefined || trade.fills.includes(fill.fill)) return [];
  const { price, quantity, fees, order } = fill;
  const facts: Fact[] = [
    ...reopening(trade, at),
    {
      at,
      trade: trade.id,
      tranche,
      kind: "ExitFilled",
      by,
      fill: fill.fill,
      order,
      price,
      quantity,
      fees,
      ...venueTime(fill, at),
    },
  ];
  const target = held.targetIndex + 1;
  if (by === "target" && trade.exit === null && !isLeaving(held) && trade.targetsHit < target) {
    facts.push({ at, trade: trade.id, kind: "TargetHit", target, price, quantity });
  }
  return facts;
}

/**
 * The venue's own closing order speaks of a contract, not of a tranche: its fill is dealt out over
 * the trades of that contract, those that asked for it first, tranche by tranche.
 *
 * What nobody here had asked for was closed by hand, on the platform.
 *
 * An event that closes more than the books hold may have come before an entry fill did; it is left
 * for the venue's list, where fills stand in order. What is left over there met one of our legs, and
 * so many contracts were sold twice; or it is a person's own.
 */
export function readCloseFill(
  trades: readonly Trade[],
  fill: VenueFill,
  { at, fromList }: { readonly at: Millis; readonly fromList: boolean },
): readonly Fact[] {
  const by = isAskedFor(trades, fill) ? "close" : "hand";
  const held = dealOut(
    trades.toSorted(askedFirst).flatMap((one) => heldIn(one, fill)),
    fill.quantity,
  );
  const inFull = fromList || trades.every(isWhole);
  const twice = dealOut(inFull ? trades.flatMap((one) => soldTwiceIn(one, fill)) : [], held.left);
  // Of a person's own contracts nobody here knows how many left: all of the rest is ours, or none.
  const isOurs = by === "close" || twice.left === 0;
  if (twice.left > 0 && !fromList) return [];
  return [...held.shares, ...(isOurs ? twice.shares : [])].map((share, index) =>
    closeFact(share, fill, { at, by, first: index === 0 }),
  );
}

/** Where a part of a closing fill may belong, and at most how many contracts of it. */
interface Place {
  readonly trade: Trade;
  readonly tranche: number;
  readonly sign: 1 | -1;
  readonly most: number;
}

interface Share extends Omit<Place, "most" | "sign"> {
  readonly quantity: Contracts;
}

function dealOut(places: readonly Place[], quantity: number) {
  let left = quantity;
  const shares: Share[] = [];
  for (const { trade, tranche, sign, most } of places) {
    const part = Math.min(left, most);
    if (part <= 0) continue;
    left -= part;
    shares.push({ trade, tranche, quantity: contracts(sign * part) });
  }
  return { shares, left };
}

/** No entry fill can be missing: each order came in whole, or was never sent. */
const isWhole = ({ tranches }: Trade): boolean =>
  tranches.every(
    ({ entered, quantity, entry }) => entered.quantity >= quantity || entry.sentAt === null,
  );

function heldIn(trade: Trade, fill: VenueFill): readonly Place[] {
  const sign = closingSign(trade, fill);
  return inTurn(trade).map(([tranche, one]) => {
    return { trade, tranche, sign, most: sign * heldOfTranche(one) };
  });
}

/** Who clicks has looked a moment before; and the venue's clock may be a little ahead of ours. */
const HAND = 2_000;

/**
 * A close, ours or a person's, and a leg of the same trade met: both were filled, and the leg was
 * booked first. What the close took beyond what was held then is an exit too many, which is bought
 * back like any other. The close may be older than our asking for one: a person's, heard of late.
 */
function soldTwiceIn(trade: Trade, fill: VenueFill): readonly Place[] {
  if (closingSign(trade, fill) !== 1) return [];
  const since = millis(Math.min(trade.exit?.closeAskedAt ?? fill.at, fill.at - HAND));
  // What is known to have left too often already cannot leave again, from whichever tranche it did.
  const rooms = trade.tranches.map((one) => byLegsSince(one, since) + tooManyOf(one));
  let left = rooms.reduce((sum, room) => sum + room, 0);
  return rooms.map((room, tranche) => {
    const most = Math.min(left, room);
    left -= Math.max(0, most);
    return { trade, tranche, sign: 1, most };
  });
}

/** Below nothing where more left than was held. */
const tooManyOf = (one: Tranche): number => Math.min(0, heldOfTranche(one));

/** What left by its own stop and target, if the last of it left since then. */
const byLegsSince = ({ stop, target, filledAt }: Tranche, since: Millis): number =>
  filledAt !== null && filledAt >= since ? (stop?.filled ?? 0) + (target?.filled ?? 0) : 0;

/** Did we ask for it? A part that was given up as late may still have been sold. */
function isAskedFor(trades: readonly Trade[], fill: VenueFill): boolean {
  if (trades.some((one) => one.exit?.closeAskedAt != null || one.part?.stage === "closing"))
    return true;
  const held = trades.reduce((sum, one) => sum + heldOf(one), 0);
  return trades.some((one) => one.trims > 0) && fill.quantity < held;
}

/** Tranche by tranche; one that a part is being cut from comes first, the part was sold for it. */
const inTurn = ({ tranches, part }: Trade) =>
  [...tranches.entries()].toSorted(
    ([a], [b]) => Number(b === part?.tranche) - Number(a === part?.tranche) || a - b,
  );

/** +1 when the fill takes contracts out of the trade's side, -1 when it buys an over-exit back. */
const closingSign = (trade: Trade, fill: VenueFill): 1 | -1 =>
  (fill.side === "sell") === (directionOf(trade.plan.side) === 1) ? 1 : -1;

const askedFirst = (a: Trade, b: Trade): number =>
  Number(b.exit?.closeAskedAt != null || b.part !== null) -
    Number(a.exit?.closeAskedAt != null || a.part !== null) || a.number - b.number;

function closeFact(
  { trade, tranche, quantity }: Share,
  { fill, order, price, fees, at: filledAt }: VenueFill,
  {
    at,
    by,
    first,
  }: { readonly at: Millis; readonly by: "close" | "hand"; readonly first: boolean },
): Fact {
  return {
    at,
    trade: trade.id,
    tranche,
    kind: "ExitFilled",
    by,
    fill,
    order,
    price,
    quantity,
    // The fee belongs to the fill, so it is booked once however many tranches share it.
    fees: first ? fees : money(0),
    ...venueTime({ at: filledAt }, at),
  };
}
