/** Letters for tests of what delivers them. */
import { accountId, tradeIdOf } from "../../src/core/model/ids.ts";
import type { Item, Letter } from "../../src/core/model/notification.ts";
import { millis } from "../../src/core/model/units.ts";
import { letterOf } from "../../src/core/views/letter-words.ts";
import { NOON } from "./sample-facts.ts";

const trade = {
  id: tradeIdOf({ source: "chat-file", channel: "alerts", id: "m1" }, accountId("PAPER-1")),
  number: 1,
};

export const sampleItem: Item = {
  at: millis(NOON),
  topic: "entry",
  tone: "plain",
  title: "#1 long 3 MES, limit 6327.00",
  account: accountId("PAPER-1"),
  trade,
  details: [
    { label: "Stop", value: "6315.00" },
    { label: "At risk", value: "$187.50" },
  ],
  quote: { author: "alice", text: "ES long 6325A stop 6315" },
};

export const sampleLetter = (n: number, change: Partial<Item> = {}): Letter =>
  letterOf({ id: `ts-${n}-0123456789abcdef01234567-mail`, channel: "mail", at: millis(NOON + n) }, [
    { ...sampleItem, ...change },
  ]);

/** What a stranger might try, in every text of his. */
export const HOSTILE = [
  "ES long\r\nBcc: victim@example.com",
  "=?utf-8?B?SGVsbG8NCkJjYzogYUBiLmM=?=",
  '<script>alert(1)</script><img src="https://evil.example/x.png" onerror=x>',
  "@everyone <@123456789012345678> [click](https://evil.example) ```\nescape",
  "\u202e0023\u0000\u001b[2J",
].join("\n");
