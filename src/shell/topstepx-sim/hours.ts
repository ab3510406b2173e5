/**
 * When the venue trades, and when it takes orders: from 15:10 to 17:00 in Chicago quotes go on for a
 * while, but no order is taken any more. A person at the controls may overrule the calendar.
 */
import { sessionAt } from "../../core/model/calendar.ts";
import { centralClock } from "../../core/model/central-time.ts";
import type { Root } from "../../core/model/instrument.ts";
import { instrumentOf } from "../../core/model/instruments.ts";
import type { Millis } from "../../core/model/units.ts";
import type { StandInSettings } from "./settings.ts";

export interface Hours {
  isOpen(root: Root, at: Millis): boolean;
  /** Whether orders may be placed and changed. */
  takesOrders(root: Root, at: Millis): boolean;
  /** Open or closed whatever the calendar says; null gives the calendar its say again. */
  overrule(open: boolean | null): void;
}

const LAST_ORDER = 15 * 60 + 10;
const FIRST_ORDER = 17 * 60;

export function tradingHours(kind: StandInSettings["hours"]): Hours {
  let overruled: boolean | null = kind === "always-open" ? true : null;
  const isOpen = (root: Root, at: Millis): boolean =>
    overruled ?? sessionAt(instrumentOf(root).group, at).open;
  return {
    isOpen,
    takesOrders(root, at) {
      if (overruled !== null) return overruled;
      const { minuteOfDay } = centralClock(at);
      return isOpen(root, at) && (minuteOfDay < LAST_ORDER || minuteOfDay >= FIRST_ORDER);
    },
    overrule(open) {
      overruled = open ?? (kind === "always-open" ? true : null);
    },
  };
}
