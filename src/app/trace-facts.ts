/**
 * The way from an alert to its first fill, as spans: told when it is known, from the times of the facts.
 *
 * ```text
 * alert ────────────────────────────────────────────┐ heard to filled
 *    order ─────────────────────┐                   │ planned to accepted
 *                               └── fill ───────────┘ accepted to filled
 * ```
 *
 * No price, no size and no account goes out: a trace leaves this machine.
 */
import { messageKey } from "../core/model/message.ts";
import type { Millis } from "../core/model/units.ts";
import type { Audience } from "../ports/audience.ts";
import type { Spans } from "../ports/spans.ts";

interface OnItsWay {
  readonly heardAt: Millis;
  readonly plannedAt: Millis;
  readonly number: number;
  acceptedAt: Millis | null;
}

/** Alerts and trades that are remembered; what is forgotten is not told. */
const REMEMBERED = 500;

function bounded<Value>() {
  const known = new Map<string, Value>();
  return {
    known,
    put(key: string, value: Value): void {
      known.set(key, value);
      const [oldest] = known.keys();
      if (known.size > REMEMBERED && oldest !== undefined) known.delete(oldest);
    },
  };
}

export function traceFacts(spans: Spans): Audience {
  const heard = bounded<Millis>();
  const trades = bounded<OnItsWay>();

  function filled(trade: string, to: Millis): void {
    const one = trades.known.get(trade);
    trades.known.delete(trade);
    if (one === undefined || one.acceptedAt === null) return;
    const { heardAt, plannedAt, acceptedAt, number } = one;
    const attributes = { "tradestream.trade": number };
    const order = {
      name: "order",
      from: plannedAt,
      to: acceptedAt,
      attributes,
      within: [],
    } as const;
    const fill = { name: "fill", from: acceptedAt, to, attributes, within: [] } as const;
    spans.record({ name: "alert", from: heardAt, to, attributes, within: [order, fill] });
  }

  return {
    told(recorded) {
      for (const { fact } of recorded) {
        if (fact.kind === "AlertRead") {
          heard.put(messageKey(fact.message), fact.receivedAt ?? fact.at);
        } else if (fact.kind === "TradePlanned") {
          const { trade, number, at: plannedAt } = fact;
          const heardAt = heard.known.get(messageKey(fact.message)) ?? plannedAt;
          trades.put(trade, { heardAt, plannedAt, number, acceptedAt: null });
        } else if (fact.kind === "EntryAccepted") {
          const one = trades.known.get(fact.trade);
          if (one !== undefined) one.acceptedAt ??= fact.at;
        } else if (fact.kind === "EntryFilled") filled(fact.trade, fact.at);
      }
    },
  };
}
