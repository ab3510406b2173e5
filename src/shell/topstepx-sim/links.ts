/**
 * What the orders of a bracket do to each other, and when.
 *
 * ```text
 * entry fills    ─ activation ─►  legs work for what it filled, priced from its average
 * leg fills      ─ cancel ─────►  its sibling shrinks or goes
 * entry ends unfilled ─────────►  its legs go with it
 * ```
 *
 * Trailing stops follow the price here too: to the books they are stops that somebody moves.
 */
import { accountId } from "../../core/model/ids.ts";
import type { Root } from "../../core/model/instrument.ts";
import { priceToTicks } from "../../core/model/instrument.ts";
import { instrumentOf } from "../../core/model/instruments.ts";
import type { Quote } from "../../core/model/quote.ts";
import { type Ticks, ticks } from "../../core/model/units.ts";
import type { Outcome } from "../../core/model/venue.ts";
import type { VenueEvent } from "../../core/paper/event.ts";
import type { Clock } from "../../ports/clock.ts";
import { invariant } from "../../std/assert.ts";
import { isLive, type OrderChange, type OrderRow, SELL, STATUS, TYPE } from "./orders.ts";
import type { Delays } from "./settings.ts";
import type { Switches } from "./switches.ts";
import type { Wishes } from "./wishes.ts";

export interface Links {
  filled(row: OrderRow, quantity: number): void;
  ended(row: OrderRow): void;
  /** From now on this order follows the price once it works. */
  follow(row: OrderRow): void;
  trail(quote: Quote): void;
}

/** To be refused where a call's path stands otherwise. */
const STOP_LEG = "bracket/stop";
const TARGET_LEG = "bracket/target";

export interface LinkParts {
  readonly clock: Clock;
  readonly delays: () => Delays;
  readonly switches: () => Switches;
  readonly wished: Wishes["take"];
  readonly apply: (event: VenueEvent) => unknown;
  readonly later: (delay: number, task: () => void) => void;
  readonly cancel: (row: OrderRow) => Outcome;
  readonly modify: (row: OrderRow, change: OrderChange) => Outcome;
  readonly meetAgain: (root: Root) => void;
}

export function links(parts: LinkParts): Links {
  const { delays, later } = parts;
  const trailing = new Set<OrderRow>();

  function tell(row: OrderRow, quantity: number): void {
    invariant(row.name !== null, "an order that filled is in the books");
    parts.apply({
      kind: "follow",
      at: parts.clock.now(),
      account: accountId(String(row.account)),
      order: row.name,
      quantity,
      average: row.priceSum / row.filled,
    });
  }

  /** Wakes the legs for whatever they do not cover yet. */
  function wakeLegs(entry: OrderRow): void {
    const isWaiting = parts.switches().partialEntry === "legs-when-whole" && isLive(entry);
    const quantity = entry.filled - entry.followed;
    if (entry.legs.length === 0 || isWaiting || quantity === 0) return;
    entry.followed = entry.filled;
    const { activation, fill } = delays();
    later(activation - fill, () => {
      for (const leg of entry.legs) rejectIfWished(leg);
      tell(entry, quantity);
      parts.meetAgain(entry.contract.root);
    });
  }

  /** A leg may be refused in the moment in which it should begin to work. */
  function rejectIfWished(leg: OrderRow): void {
    const path = leg.isStopLeg ? STOP_LEG : TARGET_LEG;
    if (leg.status !== STATUS.suspended || parts.wished(path) === null) return;
    leg.isDoomed = true;
    parts.cancel(leg);
  }

  function cancelIfLive(row: OrderRow): void {
    if (isLive(row) && row.name !== null) parts.cancel(row);
  }

  return {
    filled(row, quantity) {
      wakeLegs(row);
      if (row.parent !== null) later(delays().cancel, () => tell(row, quantity));
      const { partner } = row;
      if (partner !== null) later(delays().cancel, () => cancelIfLive(partner));
    },
    ended(row) {
      trailing.delete(row);
      wakeLegs(row);
      if (row.filled > 0 || parts.switches().cancelEntry === "children-stay") return;
      for (const leg of row.legs) cancelIfLive(leg);
    },
    follow: (row) => void trailing.add(row),
    trail(quote) {
      for (const row of trailing) {
        const stop = betterStop(row, quote);
        if (stop !== null) parts.modify(row, { price: stop, quantity: null });
      }
    },
  };
}

/** Where a trailing stop should be now; null when it stays. */
function betterStop(row: OrderRow, { instrument, last }: Quote): Ticks | null {
  const { contract, type, status, stopPrice, trailTicks, side } = row;
  if (contract.root !== instrument || type !== TYPE.trailing || status !== STATUS.open) return null;
  const now = priceToTicks(instrumentOf(contract.root), stopPrice ?? Number.NaN);
  if (!now.ok || trailTicks === null) return null;
  const wanted = side === SELL ? last - trailTicks : last + trailTicks;
  const isBetter = side === SELL ? wanted > now.value : wanted < now.value;
  return isBetter ? ticks(wanted) : null;
}
