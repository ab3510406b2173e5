/**
 * What is known of an exchange's hours, as plain data: its regular session, and every day that
 * differs.
 *
 * The program ships a table (`cme-calendar.ts`, made from `config/calendar/cme.yaml`); whoever has
 * newer notices names a file of the same shape in the configuration, and that is used instead.
 */
import type { Group } from "./instrument.ts";
import type { TradeDate } from "./trade-date.ts";

/** Minute of the Chicago day at which the session ends, or no session at all. */
export type SessionEnd = number | "closed";

export interface Holiday {
  readonly date: TradeDate;
  readonly name: string;
  /** Whether it counts where expiry rules count back in business days. */
  readonly businessDay: boolean;
  readonly ends: Readonly<Record<Group, SessionEnd>>;
}

/** Days before the last known holiday from which on it is told. */
export const CALENDAR_WARNING = 30;

export interface Calendar {
  readonly exchange: string;
  /** Where its days were read. */
  readonly source: string;
  readonly verified: TradeDate;
  /** The last day whose holidays are known; past it only weekends are. */
  readonly validUntil: TradeDate;
  /** Minutes of the Chicago day: a session opens on the evening before its trade date. */
  readonly opens: number;
  readonly ends: number;
  /** In order. */
  readonly days: readonly Holiday[];
}
