/**
 * The whole house on one page, ready for JSON: what a dashboard shows, on a terminal or in a browser.
 *
 * ```text
 * state, prices ──┬─► accounts: gate, day, distance to each limit     at most 50
 *                 ├─► trades that are on, orders that rest            at most 50
 * facts ─► feed ──┴─► newest alerts, newest lines                     20, and 60
 * ```
 *
 * It is kept rather than made: of a trade nothing is worked out again before one of its facts or its
 * price has changed, and trades that are over are in no sum that has to be walked. So a look costs the
 * same with a hundred thousand of them as with none, and its size is bounded by the numbers above;
 * what is left out is counted.
 */
import type { Ringing } from "../model/alarm-fact.ts";
import type { BackupState } from "../model/backup-state.ts";
import type { Calendar } from "../model/exchange-calendar.ts";
import type { News } from "../model/news.ts";
import type { Quote } from "../model/quote.ts";
import type { Refusal } from "../model/refusal.ts";
import type { Millis } from "../model/units.ts";
import type { Waiting } from "../model/waiting.ts";
import type { AccountState } from "./accounts.ts";
import type { AlertView } from "./alert-feed.ts";
import type { Feed, FeedLine } from "./feed.ts";
import type { CutOffView } from "./next-cut-off.ts";
import type { OpenTradeView } from "./open-trade.ts";
import type { PriceView } from "./prices.ts";
import type { OrderView } from "./resting-orders.ts";
import type { RiskAccount, RiskView, Summed } from "./risk.ts";
import type { AccountView, StatusView } from "./status.ts";

/** How the parts of the house are; whoever looks after them fills it in. */
export interface SnapshotHealth {
  readonly state: "ok" | "degraded" | "failed";
  readonly components: readonly {
    readonly component: string;
    readonly state: "off" | "ok" | "degraded" | "failed";
    readonly reason: string;
    readonly since: string;
    readonly seconds: number;
  }[];
}

export interface SnapshotDay {
  /** By trades that are over, net of their fees. */
  readonly closedUsd: number;
  /** By trades that are on, as if they were left now, fees in it. */
  readonly openUsd: number;
  /** False where something is open that no price is known of. */
  readonly priced: boolean;
  /** Paid today, and part of the two above. */
  readonly feesUsd: number;
  readonly netUsd: number;
}

export interface RefusesView {
  /** A code of docs/reference/reasons.md. */
  readonly code: Refusal["kind"];
  readonly text: string;
}

export interface SnapshotAccount extends AccountView {
  /** Where its orders go; a twin shows on paper how a live account does. */
  readonly kind: "live" | "paper" | "twin";
  readonly day: SnapshotDay;
  readonly state: AccountState;
  /** What keeps entries away from it now, the first of each kind; empty = nothing. */
  readonly refuses: readonly RefusesView[];
  readonly risk: RiskView;
}

export interface AlarmView {
  readonly what: Ringing["what"];
  readonly account: Ringing["account"];
  readonly trade: number | null;
  readonly since: string;
  /** Who has heard it; null while it rings. */
  readonly acknowledgedBy: string | null;
}

export interface SnapshotView
  extends Pick<StatusView, "at" | "clock" | "sequence" | "waiting" | "remarks" | "backups"> {
  readonly mode: SnapshotSource["mode"];
  /** While facts cannot be written only exits go out. */
  readonly impaired: boolean;
  /** Where prices come from, in words. */
  readonly market: string;
  readonly prices: readonly PriceView[];
  /** How many accounts there are behind each gate. */
  readonly gates: { readonly active: number; readonly reducing: number; readonly halted: number };
  /** Whether an entry would be taken: by every account shown, by some, by none. */
  readonly entries: "open" | "partly" | "closed";
  readonly cutOff: CutOffView | null;
  /** Of all accounts that are no twins. */
  readonly day: SnapshotDay;
  readonly accounts: readonly SnapshotAccount[];
  readonly positions: readonly OpenTradeView[];
  readonly orders: readonly OrderView[];
  /** How many of each are not shown. */
  readonly omitted: { readonly accounts: number; readonly positions: number };
  readonly alarms: readonly AlarmView[];
  /** Newest first. */
  readonly alerts: readonly AlertView[];
  /** Oldest first. */
  readonly lines: readonly FeedLine[];
  /** Left out where nobody looks. */
  readonly health?: SnapshotHealth;
}

/** An account that is shown, in full. */
export interface ShownAccount extends RiskAccount {
  readonly state: AccountState;
  readonly refuses: readonly RefusesView[];
}

export interface SnapshotSource {
  readonly at: Millis;
  readonly sequence: number;
  /** Null between runs. */
  readonly mode: "paper" | "live" | "demo" | null;
  readonly impaired: boolean;
  readonly market: string;
  readonly quotes: readonly Quote[];
  readonly calendar: Calendar;
  readonly news: News;
  /** All of them; `shown` gives one in full. */
  readonly accounts: readonly Summed[];
  readonly shown: (one: Summed) => ShownAccount;
  readonly waiting: readonly Waiting[];
  readonly remarks: readonly string[];
  readonly alarms: readonly Ringing[];
  readonly backups?: BackupState | undefined;
  readonly feed: Feed;
  readonly health?: SnapshotHealth | undefined;
}
