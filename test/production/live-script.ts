/**
 * Two trades on two instruments at the stand-in venue, and where their markets can be.
 *
 * ```text
 *           MES, a long: the worked trade       MNQ, a short: the other one
 * target 2  6338                                21488
 * target 1  6333                                21493
 * rests     6329.50  entries wait               21494.50
 * entry     6326.25  entries fill at once       21499.75
 * stop      6316                                21520
 * ```
 *
 * Three contracts each, in tranches of one and two.
 */
import { accountId, type TradeId, tradeIdOf } from "../../src/core/model/ids.ts";
import type { Root } from "../../src/core/model/instrument.ts";
import { type Message, refOf } from "../../src/core/model/message.ts";
import { millis } from "../../src/core/model/units.ts";

export type Role = "worked" | "other";

/** What a price can do to a trade. */
export type Spot = "rests" | "entry" | "target-1" | "target-2" | "stop";

interface ScriptedTrade {
  readonly message: Message;
  readonly trade: TradeId;
  readonly root: Root;
  readonly spots: Readonly<Record<Spot, number>>;
}

export const ACCOUNT = accountId("101");
const messageOf = (id: string, text: string): Message => ({
  source: "chat-file",
  channel: "chat.jsonl",
  id,
  author: "JMoney",
  text,
  embeds: [],
  referenced: null,
  event: "create",
  previous: null,
  sentAt: millis(0),
});

const scripted = (id: Role, text: string): Pick<ScriptedTrade, "message" | "trade"> => {
  const message = messageOf(id, text);
  return { message, trade: tradeIdOf(refOf(message), ACCOUNT) };
};

export const SCRIPT: Readonly<Record<Role, ScriptedTrade>> = {
  worked: {
    ...scripted("worked", "🚨 ES long 6326: A\nStop: 6316\n@everyone"),
    root: "MES",
    spots: {
      ...{ rests: 6_329.5, entry: 6_326.25 },
      ...{ "target-1": 6_333.5, "target-2": 6_338.5, stop: 6_315.5 },
    },
  },
  other: {
    ...scripted("other", "🚨 NQ short 21500: A\nStop: 21520\n@everyone"),
    root: "MNQ",
    spots: {
      ...{ rests: 21_494.5, entry: 21_499.75 },
      ...{ "target-1": 21_492.5, "target-2": 21_487.5, stop: 21_520.5 },
    },
  },
};
