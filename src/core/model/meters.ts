/**
 * What is counted and measured for a collector such as Prometheus: every figure with its name, its
 * kind and its labels. The reference page, the example board and the alert rules are checked against
 * this table.
 *
 * Names and units by the conventions of Prometheus: base units, `_total` behind what only grows.
 * `private` ones tell of somebody's account or trading and are shown to whoever has the token.
 */
export interface Meter {
  readonly kind: "counter" | "gauge" | "histogram";
  readonly help: string;
  readonly labels: readonly string[];
  readonly isPrivate: boolean;
}

const open = (kind: Meter["kind"], help: string, ...labels: readonly string[]): Meter => ({
  ...{ kind, help, labels, isPrivate: false },
});

const hidden = (kind: Meter["kind"], help: string, ...labels: readonly string[]): Meter => ({
  ...{ kind, help, labels, isPrivate: true },
});

export const METERS = {
  tradestream_build_info: open("gauge", "1, with what runs.", "version", "mode"),
  tradestream_health_state: open(
    "gauge",
    "How a part of the house is: 0 ok or off, 1 degraded, 2 failed.",
    "component",
  ),
  tradestream_journal_refusing: open("gauge", "1 while facts cannot be written."),
  tradestream_facts_total: open("counter", "Facts written since the start."),
  tradestream_stage_seconds: open(
    "histogram",
    "From an alert to its order, stage by stage: heard to decided (decide), one commit of the journal (commit), planned to handed to the venue (send), handed over to accepted (acknowledge).",
    "stage",
  ),
  tradestream_backup_age_seconds: open("gauge", "Age of the newest backup that was proved."),
  tradestream_price_age_seconds: open("gauge", "Age of the newest price.", "instrument"),
  tradestream_disk_free_bytes: open("gauge", "Free where the data directory lies."),
  tradestream_event_loop_stall_seconds: open(
    "gauge",
    "The longest the event loop was held between the last two looks.",
  ),
  tradestream_network_receive_bytes_total: open("counter", "Received by the machine."),
  tradestream_network_transmit_bytes_total: open("counter", "Sent by the machine."),
  process_cpu_seconds_total: open("counter", "Processor time of the process."),
  process_resident_memory_bytes: open("gauge", "Memory the process holds."),
  nodejs_heap_size_used_bytes: open("gauge", "Of the heap in use."),
  nodejs_heap_size_limit_bytes: open("gauge", "What the heap may grow to."),
  tradestream_trades_open: hidden("gauge", "Trades that are on."),
  tradestream_trades_closed_total: hidden("counter", "Trades that ended, by how.", "how"),
  tradestream_refusals_total: hidden("counter", "Entries that were refused, by reason.", "reason"),
  tradestream_account_balance_dollars: hidden("gauge", "What an account holds.", "account"),
  tradestream_account_day_dollars: hidden("gauge", "Booked today, net of fees.", "account"),
  tradestream_account_entries_allowed: hidden(
    "gauge",
    "1 where no gate keeps an account from entering.",
    "account",
  ),
} as const satisfies Readonly<Record<string, Meter>>;

export type MeterName = keyof typeof METERS;

/** Seconds; a good decision takes one millisecond, a good venue a hundred. */
export const STAGE_BUCKETS = [
  ...[0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
] as const;
