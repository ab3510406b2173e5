/**
 * Whether the user hub tells what the lists show: connected is not the same as hearing.
 *
 * ```text
 * connect ──► orders and trades of a later time, in any list ─┬─ told by then, or within 3 s: well
 *                                                             └─ not told: the hub is deaf
 * ```
 *
 * Streams are known to go on pinging while single fills, or all of them, never arrive. Compared are
 * a trade, and an order at a stage with a volume; a moved price is not, for two moves in a row are
 * one to a list. What is older than the connection nobody was going to tell.
 */
import { parseIso } from "../../core/model/iso-time.ts";
import { type Millis, millis } from "../../core/model/units.ts";
import type { Clock } from "../../ports/clock.ts";
import type { UserNews } from "./user-hub.ts";
import type { WireOrder, WireTrade } from "./wire-types.ts";

export interface DeafCheck {
  /** A connection is up. */
  begin(): void;
  /** It is no more. */
  end(): void;
  told(news: UserNews): void;
  listed(rows: Listed): void;
}

export interface Listed {
  readonly orders?: readonly WireOrder[];
  readonly trades?: readonly WireTrade[];
}

export interface DeafCheckParts {
  readonly clock: Clock;
  /** The venue's present, in which it dates its rows. */
  readonly venueNow: () => Millis;
  /** Called once for a connection. */
  readonly deaf: (what: string) => void;
}

/** Events are milliseconds old when they arrive; a list may be ahead of them for a moment. */
const GRANTED = 3_000;
/** How far the venue's clock may be from where we think it is. */
const MARGIN = 1_000;
/** A busy day has some hundreds. */
const REMEMBERED_MAX = 20_000;
const MISSING_MAX = 1_000;

/** Of an order or a trade: what a list showed, and when first. */
interface Missing {
  readonly what: string;
  readonly since: Millis;
}

export function deafCheck({ clock, venueNow, deaf }: DeafCheckParts): DeafCheck {
  const known = new Set<string>();
  /** By subject, longest missed first. */
  const missing = new Map<string, Missing>();
  let from = Number.POSITIVE_INFINITY;
  let callOff: (() => void) | null = null;

  const forget = (): void => {
    from = Number.POSITIVE_INFINITY;
    missing.clear();
    callOff?.();
    callOff = null;
  };
  /** Whatever was told of the same subject, what a list showed before is no longer missed. */
  const learn = ({ subject, what }: Key): void => {
    missing.delete(subject);
    known.add(what);
    const [oldest] = known.size > REMEMBERED_MAX ? known : [];
    if (oldest !== undefined) known.delete(oldest);
  };
  const list = ({ subject, what }: Key, createdAt: string): void => {
    const at = parseIso(createdAt);
    if (at === null || at < from || known.has(what)) return;
    if (missing.has(subject) || missing.size >= MISSING_MAX) return;
    missing.set(subject, { what, since: clock.now() });
    arm();
  };
  const arm = (): void => {
    const [first] = missing.values();
    if (callOff !== null || first === undefined) return;
    callOff = clock.schedule(millis(first.since + GRANTED), look);
  };
  const look = (): void => {
    callOff = null;
    const [first] = missing.values();
    if (first === undefined || clock.now() - first.since < GRANTED) return arm();
    forget();
    deaf(first.what);
  };

  return {
    begin() {
      forget();
      from = venueNow() + MARGIN;
    },
    end: forget,
    told(news) {
      if (news.kind === "order") learn(orderKey(news.order));
      if (news.kind === "trade") learn(tradeKey(news.trade));
    },
    listed({ orders = [], trades = [] }) {
      for (const order of orders) list(orderKey(order), order.creationTimestamp);
      for (const trade of trades) list(tradeKey(trade), trade.creationTimestamp);
    },
  };
}

interface Key {
  readonly subject: string;
  readonly what: string;
}

const orderKey = ({ id, status, fillVolume }: WireOrder): Key => ({
  subject: `order ${id}`,
  what: `order ${id} at status ${status} with ${fillVolume} filled`,
});

const tradeKey = ({ id }: WireTrade): Key => ({ subject: `trade ${id}`, what: `trade ${id}` });
