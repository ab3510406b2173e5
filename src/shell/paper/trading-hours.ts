/**
 * Whether an instrument trades now, and when that changes next.
 *
 * The calendar knows sessions by product group. Its answer holds until the boundary it names, so it
 * is asked about twice a day and group, not once an order.
 */
import { sessionAt } from "../../core/model/calendar.ts";
import { CME_CALENDAR } from "../../core/model/cme-calendar.ts";
import type { Calendar } from "../../core/model/exchange-calendar.ts";
import type { Group, Root } from "../../core/model/instrument.ts";
import { instrumentOf } from "../../core/model/instruments.ts";
import type { Sessions } from "../../core/model/rules.ts";
import { type Millis, millis } from "../../core/model/units.ts";
import type { SessionState } from "../../core/paper/state.ts";

export interface Hours {
  readonly session: SessionState;
  /** When this state began, as far as we saw it begin; 0 when it was so before we looked. */
  readonly from: Millis;
  /** When to look again; infinity for never. */
  readonly until: Millis;
}

const ALWAYS: Hours = {
  session: "open",
  from: millis(0),
  until: Number.POSITIVE_INFINITY as Millis,
};

export class TradingHours {
  readonly #kind: Sessions;
  readonly #calendar: Calendar;
  readonly #known = new Map<Group, Hours>();
  /** Halted by hand, and those that traded again after it. */
  readonly #halted = new Set<Root>();
  readonly #resumed = new Map<Root, Millis>();

  constructor(kind: Sessions, calendar: Calendar = CME_CALENDAR) {
    this.#kind = kind;
    this.#calendar = calendar;
  }

  at(root: Root, now: Millis): Hours {
    const hours = this.#kind === "cme" ? this.#ofGroup(instrumentOf(root).group, now) : ALWAYS;
    if (this.#halted.has(root)) return { ...hours, session: "halted" };
    const resumed = this.#resumed.get(root) ?? hours.from;
    return resumed > hours.from ? { ...hours, from: resumed } : hours;
  }

  halt(root: Root): void {
    this.#halted.add(root);
  }

  resume(root: Root, now: Millis): void {
    this.#halted.delete(root);
    this.#resumed.set(root, now);
  }

  #ofGroup(group: Group, now: Millis): Hours {
    const known = this.#known.get(group);
    if (known !== undefined && now >= known.from && now < known.until) return known;
    const session = sessionAt(group, now, this.#calendar);
    const hours: Hours = {
      session: session.open ? "open" : "closed",
      from: known !== undefined && now >= known.until ? known.until : millis(0),
      until: session.open ? session.closesAt : session.opensAt,
    };
    this.#known.set(group, hours);
    return hours;
  }
}
