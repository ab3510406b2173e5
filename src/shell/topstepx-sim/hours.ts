/**
 * When the venue trades, and when it takes orders: from 15:10 to 17:00 in Chicago quotes go on for a
 * while, but no order is taken any more. A person at the controls may overrule the calendar.
 */
import { sessionAt } from "../../core/model/calendar.ts";
import { centralClock } from "../../core/model/central-time.ts";
import type { Root } from "../../core/model/instrument.ts";
import { instrumentOf } from "../../core/model/instruments.ts";
import { type Millis, millis } from "../../core/model/units.ts";
import type { StandInSettings } from "./settings.ts";

export interface Hours {
  isOpen(root: Root, at: Millis): boolean;
  /** Whether orders may be placed and changed. */
  takesOrders(root: Root, at: Millis): boolean;
  /** It trades on, but no order is taken any more today. */
  isDayOver(root: Root, at: Millis): boolean;
  /** What was quoted before the market last opened is no price to trade at. */
  isStale(root: Root, quotedAt: Millis, now: Millis): boolean;
  /** Open or closed whatever the calendar says; null gives the calendar its say again. */
  overrule(open: boolean | null, at: Millis): void;
}

const LAST_ORDER = 15 * 60 + 10;
const FIRST_ORDER = 17 * 60;

export function tradingHours(kind: StandInSettings["hours"]): Hours {
  let overruled: boolean | null = kind === "always-open" ? true : null;
  let reopenedAt = millis(0);
  const isOpen = (root: Root, at: Millis): boolean =>
    overruled ?? sessionAt(instrumentOf(root).group, at).open;
  const isLate = (at: Millis): boolean => {
    const { minuteOfDay } = centralClock(at);
    return minuteOfDay >= LAST_ORDER && minuteOfDay < FIRST_ORDER;
  };
  return {
    isOpen,
    takesOrders: (root, at) => overruled ?? (isOpen(root, at) && !isLate(at)),
    isDayOver: (root, at) => overruled === null && isOpen(root, at) && isLate(at),
    isStale(root, quotedAt, now) {
      if (quotedAt < reopenedAt) return true;
      if (overruled !== null) return false;
      const session = sessionAt(instrumentOf(root).group, quotedAt);
      return (session.open ? session.closesAt : session.opensAt) <= now;
    },
    overrule(open, at) {
      if (overruled === false && open !== false) reopenedAt = at;
      overruled = open ?? (kind === "always-open" ? true : null);
    },
  };
}
