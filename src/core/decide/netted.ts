/**
 * Two trades of one contract that both sold more than they held, one on either side.
 *
 * ```text
 * long -1  ┐
 *          ├─► nothing at the venue: no position to close, and neither is ever bought back
 * short -1 ┘
 * ```
 *
 * The venue knows only their sum. What one has too few the other has too many, so they are booked
 * against each other, at one price and without fees: their cash together is the same at any price.
 */
import { directionOf } from "../model/alert.ts";
import { fillId, orderId } from "../model/ids.ts";
import { instrumentOf } from "../model/instruments.ts";
import type { Trade } from "../model/trade.ts";
import { heldOf } from "../model/trade-sums.ts";
import { contracts, money, type Ticks } from "../model/units.ts";
import { entrySide, type VenueFill, type VenueReport } from "../model/venue.ts";
import { accountOf, openTradesOf } from "../state.ts";
import { readCloseFill } from "../track/read-fill.ts";
import { quoteIn, record, type Turn } from "../turn.ts";

type Snapshot = Extract<VenueReport, { kind: "snapshot" }>;

/** True when there were two; only asked where the positions agree. */
export function bookNetted(turn: Turn, { account, askedAt }: Snapshot): boolean {
  const reversed = openTradesOf(turn.state, accountOf(turn.state, account)).filter(
    (one) => one.exit?.reason === "reversed" && heldOf(one) < 0,
  );
  const [one] = reversed;
  const other = reversed.find((two) => one !== undefined && isAgainst(one, two));
  if (one === undefined || other === undefined) return false;
  const quantity = Math.min(-heldOf(one), -heldOf(other));
  const price = quoteIn(turn, instrumentOf(one.plan.instrument))?.last ?? one.stopAim;
  const name = `netted-${account}-${askedAt}`;
  for (const trade of [one, other])
    record(
      turn,
      ...readCloseFill([trade], nettedFill(trade, { name, price, quantity, turn }), {
        at: turn.at,
        fromList: true,
      }),
    );
  return true;
}

const isAgainst = (one: Trade, two: Trade): boolean =>
  one.plan.contract === two.plan.contract &&
  directionOf(one.plan.side) !== directionOf(two.plan.side);

interface Netted {
  readonly name: string;
  readonly price: Ticks;
  readonly quantity: number;
  readonly turn: Turn;
}

const nettedFill = (
  { plan, number }: Trade,
  { name, price, quantity, turn }: Netted,
): VenueFill => ({
  fill: fillId(`${name}-${number}`),
  order: orderId(name),
  tag: null,
  parent: null,
  role: "close",
  contract: plan.contract,
  side: entrySide(plan.side),
  price,
  quantity: contracts(quantity),
  fees: money(0),
  at: turn.at,
});
