/**
 * What a person away from the screen is told: which sort of news, on which channel, how urgent, and
 * in which words.
 *
 * ```text
 * fact ─► slip (sequence, channel, topic)     written with the fact, in its own transaction
 *           └─► item (its words)  ─► letter (one or many items) ─► a channel
 * ```
 *
 * A slip is small, because an order may wait for the transaction it is written in. The words come
 * later, from the journal. A letter that was once put together is never put together again: it keeps
 * its name and its text however often it has to be sent.
 */
import type { AccountId, TradeId } from "./ids.ts";
import type { Millis } from "./units.ts";

/** Sorts of news, as a configuration names them. */
export const TOPICS = [
  "entry",
  "target",
  "stop",
  "close",
  "refusal",
  "approval",
  "review",
  "risk",
  "breaker",
  "health",
  "day",
  "summary",
  "alarm",
] as const;

export type Topic = (typeof TOPICS)[number];

/** An alarm waits for nothing: no quiet hour, no cap, no company. */
export type Severity = "info" | "warning" | "alarm";

/** When what is told on a channel. */
export interface ChannelRules {
  readonly name: string;
  /** Told as it happens. */
  readonly now: readonly Topic[];
  /** Collected, and told together once a day. */
  readonly daily: readonly Topic[];
  /** Minute of the Chicago day. */
  readonly dailyAt: number;
  /** From and until, minutes of the Chicago day; null = never quiet. */
  readonly quiet: { readonly from: number; readonly until: number } | null;
  /** Letters in any hour, alarms apart; what is beyond it waits and comes together. */
  readonly perHour: number;
}

/** A note that a fact is to be told on a channel; `index` counts the facts it is written with. */
export interface NewSlip {
  readonly index: number;
  readonly channel: string;
  readonly topic: Topic;
}

/** A slip in the outbox. */
export interface Slip {
  readonly sequence: number;
  readonly channel: string;
  readonly topic: Topic;
  /** When the fact was. */
  readonly at: Millis;
}

export type ItemTone = "plain" | "good" | "bad" | "quiet";

/** The words for one fact. All of them are one clean line; the quoted text may have more. */
export interface Item {
  readonly at: Millis;
  readonly topic: Topic;
  readonly tone: ItemTone;
  readonly title: string;
  readonly account: AccountId | null;
  readonly trade: { readonly id: TradeId; readonly number: number } | null;
  readonly details: readonly Detail[];
  /** What a stranger wrote: shown, never believed. */
  readonly quote: { readonly author: string | null; readonly text: string } | null;
  /** Of a summary: what does not fit into lines. Left out of everything else. */
  readonly sheet?: Sheet;
}

/** Tables and charts that belong to one item; only a mail has room for them. */
export interface Sheet {
  readonly tables: readonly SheetTable[];
  readonly charts: readonly Drawing[];
}

/** A title, and below it either columns or sentences. */
export type SheetTable =
  | {
      readonly title: string;
      readonly columns: readonly SheetColumn[];
      readonly rows: readonly (readonly string[])[];
    }
  | { readonly title: string; readonly lines: readonly string[] };

export interface SheetColumn {
  readonly title: string;
  readonly align: "left" | "right";
  /** What has no room goes on in the next line, and is not cut. */
  readonly wraps?: true;
}

/** A chart before it is painted. */
export interface Drawing {
  readonly svg: string;
  /** Told to who cannot see it. */
  readonly says: string;
}

export interface Detail {
  readonly label: string;
  readonly value: string;
}

/** A picture that stands in the letter itself, at the place that names its id. */
export interface InlineImage {
  readonly cid: string;
  readonly type: "image/png" | "image/svg+xml";
  readonly base64: string;
  /** Told to who cannot see it. */
  readonly says: string;
}

export interface Letter {
  /** Unique for ever and the same at every try: letters, digits and hyphens. */
  readonly id: string;
  /** The root that all letters of one trade on one channel hang on; of the same shape. */
  readonly thread: string | null;
  readonly at: Millis;
  readonly severity: Severity;
  readonly title: string;
  readonly items: readonly Item[];
  readonly images: readonly InlineImage[];
}
