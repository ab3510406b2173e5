/** What one fact has to say: the words, and what they are about. */
import type { AccountId } from "../model/ids.ts";
import { type Instrument, showPrice } from "../model/instrument.ts";
import { instrumentOf } from "../model/instruments.ts";
import type { Ticks } from "../model/units.ts";
import type { TradeStory } from "./narrator.ts";

export type LineKind =
  | "alert"
  | "verdict"
  | "order"
  | "fill"
  | "target"
  | "stop"
  | "close"
  | "house"
  | "trouble";

/** `quiet` may be dimmed or left out; `bad` wants to be seen. */
export type Tone = "plain" | "good" | "bad" | "quiet";

export interface Words {
  readonly kind: LineKind;
  readonly tone: Tone;
  readonly text: string;
}

export interface Said extends Words {
  /** The number of the trade it is about. */
  readonly trade: number | null;
  readonly account: AccountId | null;
  /** Lines below it, where it is too much for one. */
  readonly more?: readonly string[];
}

export const words = (kind: LineKind, tone: Tone, text: string): Words => ({ kind, tone, text });

/** About the house or an account, not about a trade. */
export const apart = (said: Words, account: AccountId | null = null): Said => ({
  ...said,
  trade: null,
  account,
});

export const ofTrade = (said: Words, story: Pick<TradeStory, "number" | "account">): Said => ({
  ...said,
  trade: story.number,
  account: story.account,
});

/** Prices of one instrument as text. */
export function pricesOf(story: Pick<TradeStory, "instrument">): (price: Ticks) => string {
  const instrument: Instrument = instrumentOf(story.instrument);
  return (price) => showPrice(instrument, price);
}
