/** Sets the gauges of a house to what is now, when somebody asks: nothing is kept up for nobody. */
import { isTwin } from "../core/model/ids.ts";
import type { Root } from "../core/model/instrument.ts";
import { type Millis, toDollars } from "../core/model/units.ts";
import type { State } from "../core/state.ts";
import type { HealthView } from "../core/views/health.ts";
import type { MarketData } from "../ports/market-data.ts";
import type { HostReading } from "../ports/probes.ts";
import type { Telemetry } from "../ports/telemetry.ts";
import { valuesOf } from "../std/trie.ts";
import { openTrades } from "./exposure.ts";

export interface MeteredHouse {
  readonly state: () => State;
  readonly isRefusing: () => boolean;
  readonly view: () => HealthView | null;
  /** Null before the first look. */
  readonly host: () => HostReading | null;
  readonly market: Pick<MarketData, "quote">;
  readonly followed: readonly Root[];
}

/** Of accounts past this many only the first are shown one by one. */
const ACCOUNTS_MAX = 50;

const LEVELS = { off: 0, ok: 0, degraded: 1, failed: 2 } as const;

export function meterHouse(telemetry: Telemetry, house: MeteredHouse): (now: Millis) => void {
  let before = { cpu: 0, received: 0, sent: 0 };
  const set = telemetry.set;

  function machine(host: HostReading): void {
    const { cpuSeconds: cpu, network } = host;
    const { received, sent } = network ?? before;
    telemetry.add("process_cpu_seconds_total", {}, cpu - before.cpu);
    telemetry.add("tradestream_network_receive_bytes_total", {}, received - before.received);
    telemetry.add("tradestream_network_transmit_bytes_total", {}, sent - before.sent);
    before = { cpu, received, sent };
    set("process_resident_memory_bytes", {}, host.resident);
    set("nodejs_heap_size_used_bytes", {}, host.heapUsed);
    set("nodejs_heap_size_limit_bytes", {}, host.heapLimit);
    set("tradestream_event_loop_stall_seconds", {}, host.loopDelay.longest / 1_000);
    if (host.disk !== null) set("tradestream_disk_free_bytes", {}, host.disk.free);
  }

  function books({ backups, accounts, ...state }: State, now: Millis): void {
    const newest = backups?.newest ?? null;
    if (newest !== null) set("tradestream_backup_age_seconds", {}, (now - newest.at) / 1_000);
    set("tradestream_trades_open", {}, openTrades({ ...state, accounts }).length);
    const own = valuesOf(accounts).filter(({ id }) => !isTwin(id));
    for (const { name: account, balance, realisedToday, gate } of own.slice(0, ACCOUNTS_MAX)) {
      set("tradestream_account_balance_dollars", { account }, toDollars(balance));
      set("tradestream_account_day_dollars", { account }, toDollars(realisedToday));
      set("tradestream_account_entries_allowed", { account }, gate === "active" ? 1 : 0);
    }
  }

  return (now) => {
    const host = house.host();
    if (host !== null) machine(host);
    for (const { component, state } of house.view()?.components ?? [])
      set("tradestream_health_state", { component }, LEVELS[state]);
    set("tradestream_journal_refusing", {}, house.isRefusing() ? 1 : 0);
    for (const instrument of house.followed) {
      const quote = house.market.quote(instrument);
      if (quote !== null)
        set("tradestream_price_age_seconds", { instrument }, Math.max(0, now - quote.at) / 1_000);
    }
    books(house.state(), now);
  };
}
