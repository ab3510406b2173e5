/**
 * Counts the facts of a running house, and how long an alert takes on its way to the venue.
 *
 * ```text
 * heard ─ decide ─► planned ─ send ─► handed over ─ acknowledge ─► accepted
 * ```
 *
 * Times are those of the facts, whole milliseconds. What is remembered of alerts on their way is
 * bounded; one that is forgotten is not measured.
 */
import type { Fact, FactOf } from "../core/model/fact.ts";
import { messageKey } from "../core/model/message.ts";
import type { Millis } from "../core/model/units.ts";
import type { Audience } from "../ports/audience.ts";
import type { Telemetry } from "../ports/telemetry.ts";

const REMEMBERED = 500;

/** The newest so many. */
function memory() {
  const known = new Map<string, Millis>();
  return {
    put(key: string, at: Millis): void {
      known.set(key, at);
      const [oldest] = known.keys();
      if (known.size > REMEMBERED && oldest !== undefined) known.delete(oldest);
    },
    get: (key: string): Millis | undefined => known.get(key),
  };
}

type Stage = "decide" | "commit" | "send" | "acknowledge";

export function meterFacts(telemetry: Telemetry): Audience {
  const [heard, planned] = [memory(), memory()];

  function stage(name: Stage, from: Millis | undefined, to: Millis | undefined): void {
    if (from === undefined || to === undefined || to < from) return;
    telemetry.observe("tradestream_stage_seconds", { stage: name }, (to - from) / 1_000);
  }

  function accepted({ trade, tranche, at, sentAt }: FactOf<"EntryAccepted">): void {
    if (tranche === 0) stage("send", planned.get(trade), sentAt);
    stage("acknowledge", sentAt, at);
  }

  function meter(fact: Fact): void {
    switch (fact.kind) {
      case "AlertRead":
        return heard.put(messageKey(fact.message), fact.receivedAt ?? fact.at);
      case "TradePlanned":
        stage("decide", heard.get(messageKey(fact.message)), fact.at);
        return planned.put(fact.trade, fact.at);
      case "EntryAccepted":
        return accepted(fact);
      case "AlertRefused":
      case "TradeRefused":
        return telemetry.add("tradestream_refusals_total", { reason: fact.refusal.kind }, 1);
      case "TradeClosed":
        return telemetry.add("tradestream_trades_closed_total", { how: fact.how }, 1);
      default:
        return; // counted with all the others
    }
  }

  return {
    told(recorded) {
      telemetry.add("tradestream_facts_total", {}, recorded.length);
      for (const { fact } of recorded) meter(fact);
    },
  };
}
