/**
 * Those who watch: the timeline, the ledger, later the dashboard and the mail. They are told after
 * the facts are durable and the orders are out, and can be slow or wrong without touching a trade.
 */
import type { Recorded } from "./journal.ts";

export interface Audience {
  told(recorded: readonly Recorded[]): void;
}
