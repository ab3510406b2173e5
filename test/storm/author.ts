/**
 * The author the storm listens to: alerts, and what he says of them afterwards, some of it nonsense.
 *
 * He forgets to name the product, answers old messages, edits his alerts, types stops that are
 * looser, passed or absurd, and reports targets and stops that we have not seen.
 */
import type { Message } from "../../src/core/model/message.ts";
import type { Millis } from "../../src/core/model/units.ts";
import type { Faults } from "./weather.ts";

export interface Moment {
  readonly now: Millis;
  /** Ticks. */
  readonly last: number;
  readonly faults: Faults;
  /** Where he speaks. */
  readonly channel: string;
}

const base = (id: string, { now, channel }: Moment): Message => ({
  source: "demo",
  channel,
  id,
  author: "storm",
  text: "",
  embeds: [],
  referenced: null,
  event: "create",
  previous: null,
  sentAt: now,
});

export function alertOf(number: number, moment: Moment): Message {
  const { faults, last } = moment;
  const side = faults.draw("side", 2) === 0 ? "long" : "short";
  const direction = side === "long" ? 1 : -1;
  const price = (last + faults.draw("offset", 9) - 4) / 4;
  const stop = price - direction * (4 + faults.draw("stop", 8));
  const size = ["A", "A", "B", "C"][faults.draw("size", 4)] ?? "A";
  const isReentry = faults.draw("re-entry", 10) === 0;
  const text = `${isReentry ? "Stopped on the first one. Re-entering now:\n" : ""}🚨 ES ${side} ${price}: ${size}\nStop: ${stop}\n@everyone`;
  return { ...base(`m${number}`, moment), text };
}

/** What he says of the alerts so far, the newest last. */
export function wordOf(number: number, alerts: readonly Message[], moment: Moment): Message {
  const { faults, last, now } = moment;
  const kind = faults.draw("word-kind", 12);
  const about = alerts.at(-1 - Math.min(alerts.length - 1, faults.draw("word-about", 8) % 3));
  if (about !== undefined && kind === 0) return { ...edited(about, moment), sentAt: now };
  const stop = (last + faults.draw("word-stop", 61) - 30) / 4;
  const texts = [
    "Stop to breakeven",
    "ES stop to BE",
    `Move ES stop to ${stop}`,
    `Raise stop to ${stop}`,
    "Trim half",
    "Trim ES third",
    "T1 hit",
    "All out of ES",
    "Cancel",
    "Stopped out",
    "T1 hit, trim third and stop to BE",
  ];
  const place = about === undefined ? moment : { ...moment, channel: about.channel };
  const message = { ...base(`w${number}`, place), text: texts[kind - 1] ?? "All out" };
  const isReply = about !== undefined && faults.draw("word-reply", 5) === 0;
  return isReply ? { ...message, replyTo: about.id, referenced: about.text } : message;
}

function edited(alert: Message, { faults }: Moment): Message {
  const stop = Number(/Stop: (\S+)/.exec(alert.text)?.[1]) + faults.draw("edit-stop", 9) - 4;
  const text =
    faults.draw("edit-kind", 3) === 0
      ? "CANCELLED"
      : alert.text.replace(/Stop: \S+/, `Stop: ${stop}`);
  return { ...alert, event: "edit", previous: alert.text, text };
}
