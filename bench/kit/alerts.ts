/** Alerts as the channel writes them, each at a price of its own so that none repeats another. */
import type { Message } from "../../src/core/model/message.ts";
import type { Millis } from "../../src/core/model/units.ts";

/** ES points; the market stands there unless a measure moves it. */
export const BASE_PRICE = 6326;

/** Quarter points from the base price up; the market is near enough to fill each at once. */
const PRICES = 16;

/** Where the n-th alert enters, in ES points. */
const entryOf = (n: number): number => BASE_PRICE + (n % PRICES) / 4;

export const textOf = (n: number, size: "A" | "B" | "C" = "C"): string => {
  const entry = entryOf(n);
  return `🚨 ES long ${entry}: ${size}\nStop: ${entry - 10}\n@everyone`;
};

export const alertOf = (n: number, at: Millis, size?: "A" | "B" | "C"): Message => ({
  source: "chat-file",
  channel: "alerts",
  id: `m${n}`,
  author: `sam-${n % 50}`,
  text: textOf(n, size),
  embeds: [],
  referenced: null,
  event: "create",
  previous: null,
  sentAt: at,
});
