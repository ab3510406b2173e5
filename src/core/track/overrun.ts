/**
 * A stop that was set off and did not fill.
 *
 * ```text
 *   stop 6316 ──┐ set off                     exchanges fill a stop only so far behind its price
 *               ▼
 *   limit ──────┘ 6314     6310 the market    behind that it rests, and protects nothing
 * ```
 *
 * Seen in two of the venue's lists, a second apart: the price beyond the stop, the contracts held,
 * the stop still working. Then the trade leaves the other way, through its target.
 */
import type { Fact } from "../model/fact.ts";
import { reaches } from "../model/levels.ts";
import type { Quote } from "../model/quote.ts";
import type { Leg, Trade, Tranche } from "../model/trade.ts";
import { exitPrice, knowsBetter, type Scene } from "./scene.ts";

/** Lists so far apart do not agree about one and the same lag. */
const APART = 900;
/** Older than that it was another time the price went there. */
const FORGOTTEN = 60_000;

interface Place {
  readonly trade: Trade;
  readonly tranche: Tranche;
  readonly index: number;
  readonly scene: Scene;
}

/** Null where the stop may be relied upon, empty while the second list is waited for. */
export function afterOverrun(place: Place, leg: Leg): readonly Fact[] | null {
  const { trade, tranche, index, scene } = place;
  const { at, quote, truthAt, fewer } = scene;
  if (quote === null || truthAt === null || fewer || !knowsBetter(scene, tranche, leg)) return null;
  if (!isBeyond(trade, leg, quote)) return null;
  const about = { at, trade: trade.id };
  const { overrunAt: since = null } = leg;
  if (since === null || truthAt > since + FORGOTTEN) {
    const { last: price } = quote;
    return [{ ...about, tranche: index, kind: "StopOverrun", price, askedAt: truthAt }];
  }
  return truthAt < since + APART ? [] : [{ ...about, kind: "ExitBegun", reason: "stop-unfilled" }];
}

/** It was set off, and leaving now would get less than its price. */
const isBeyond = (trade: Trade, { price }: Leg, quote: Quote): boolean =>
  reaches(trade.plan.side, price, quote.last) &&
  !reaches(trade.plan.side, exitPrice(trade, quote), price);
