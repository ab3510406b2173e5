/**
 * How an operator reaches a running house: one question, one answer, over something local.
 *
 * ```text
 * tradestream close 3 ──► control ──► input ──► loop ──► journal
 *                     ◄── what was decided about it ◄──────┘
 * ```
 *
 * Whoever listens gets questions that are already checked for shape; what they mean is decided
 * behind it, by the engine. Prices travel in points, as people write them: only the house knows
 * which instrument trade 3 is in.
 */
import type { CommandAnswer } from "../core/model/command.ts";
import type { ConfigChange, ConfigFlaw } from "../core/model/config-fact.ts";
import type { Format } from "../core/model/format.ts";
import type { HealthView } from "../core/views/health.ts";
import type { PriceView } from "../core/views/prices.ts";
import type { StatusView } from "../core/views/status.ts";
import type { TimelineView } from "../core/views/timeline.ts";
import type { Result } from "../std/result.ts";
import type { HistoryCounts } from "./history.ts";

export type ControlRequest =
  | { readonly kind: "status" }
  /** The format packs in force. */
  | { readonly kind: "formats" }
  /** Reads the packs again and adopts them, from the next message on; all of them or none. */
  | { readonly kind: "apply-formats" }
  /** Reads the configuration again and takes what a running house may. */
  | { readonly kind: "config-reload" }
  /** What that would do, with nothing done. */
  | { readonly kind: "config-diff" }
  /** What the text would become, with nothing done about it. */
  | { readonly kind: "preview"; readonly id: string; readonly text: string }
  /** The same id twice is the same message. */
  | { readonly kind: "paste"; readonly id: string; readonly text: string }
  | { readonly kind: "halt"; readonly reason: string }
  | { readonly kind: "resume" }
  | { readonly kind: "flatten"; readonly account: string | null }
  | {
      readonly kind: "lockout";
      /** Milliseconds UTC. */
      readonly until: number | "next-session";
      readonly account: string | null;
    }
  /** By its id or its name. */
  | { readonly kind: "switch"; readonly account: string; readonly to: "on" | "off" }
  | { readonly kind: "attend" }
  /** A test message was taken on this channel, as its fingerprint has it. */
  | { readonly kind: "channel-passed"; readonly channel: string; readonly fingerprint: string }
  /** Who has heard the alarms. */
  | { readonly kind: "ack"; readonly by: string }
  | { readonly kind: "firm-reset"; readonly account: string }
  | { readonly kind: "firm-payout"; readonly account: string; readonly amountUsd: number }
  | { readonly kind: "close" | "breakeven" | "cancel" | "release"; readonly trade: number }
  | { readonly kind: "approve" | "refuse"; readonly entry: number }
  | { readonly kind: "trim"; readonly trade: number; readonly quantity: number }
  | { readonly kind: "stop" | "target"; readonly trade: number; readonly points: number };

/** What a text became, or would become. */
export interface Heard {
  readonly outcome: "traded" | "shadowed" | "waits" | "refused" | "ignored" | "known";
  /** Told as the timeline tells it. */
  readonly lines: readonly TimelineView[];
  /** What it may lose, over all accounts. */
  readonly riskUsd: number;
}

export interface LiveStatus extends StatusView {
  readonly mode: "paper" | "live" | "demo";
  /** Where prices come from, in words. */
  readonly market: string;
  readonly prices: readonly PriceView[];
  /** While facts cannot be written only exits go out. */
  readonly impaired: boolean;
  /** How its parts are; left out where nobody looks, as on a day that is played. */
  readonly health?: HealthView;
  /** Of the message history; null where none is kept. */
  readonly messages: HistoryCounts | null;
}

export interface ConfigAnswer {
  readonly kind: "config";
  readonly file: string;
  /** Each key in which the file differs from what was in force, and what becomes of it. */
  readonly changes: readonly ConfigChange[];
  /** Why the file was refused; empty where it is sound. */
  readonly flaws: readonly ConfigFlaw[];
  /** How many more there are than are listed. */
  readonly omitted: number;
}

export type ControlAnswer =
  | { readonly kind: "command"; readonly answer: CommandAnswer }
  | { readonly kind: "heard"; readonly heard: Heard }
  | { readonly kind: "status"; readonly status: LiveStatus }
  | {
      readonly kind: "formats";
      /** In force now. */
      readonly formats: Readonly<Record<string, Format>>;
      /** Why the ones on the disk were not taken; empty when nothing was wrong, or nobody asked. */
      readonly problems: readonly string[];
    }
  | ConfigAnswer
  /** The question could not be taken, or its answer did not come in time. */
  | { readonly kind: "fault"; readonly reason: string };

export interface ControlServer {
  close(): void;
}

export interface ControlFault {
  /** `nobody`: no process listens there. */
  readonly kind: "nobody" | "failed";
  readonly detail: string;
}

/** Answers one question; it may take its time, whoever asks waits a few seconds only. */
export type ControlListener = (request: ControlRequest) => Promise<ControlAnswer>;

export interface Control {
  listen(
    directory: string,
    listener: ControlListener,
  ): Promise<Result<ControlServer, ControlFault>>;
  ask(directory: string, request: ControlRequest): Promise<Result<ControlAnswer, ControlFault>>;
}
