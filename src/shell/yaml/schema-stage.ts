/** The stage of a plan: a test and its target, a funded account and its payouts, or a live one. */
import * as z from "zod";
import {
  amount,
  block,
  choice,
  key,
  kinds,
  label,
  list,
  needed,
  whole,
  written,
} from "./fields.ts";
import { share } from "./notation.ts";
import { balance } from "./rule-notation.ts";

const DAYS_MAX = 1_000;
const LIST_MAX = 20;

const TARGET_CONSISTENCY = block({
  measure: needed(
    choice(["target", "net"]),
    "The whole of which the best day is a part: the profit target, or the net profit.",
  ),
  share: needed(written(share), "The most the best day may be; a better day raises the target."),
});

const PAYOUT_CONSISTENCY = block({
  measure: needed(
    choice(["net", "net-since-payout"]),
    "The whole of which the best day is a part: net profit of the account's life, or since the last payout.",
  ),
  shares: needed(
    list(written(share), 1, LIST_MAX, "shares"),
    "The most the best day may be, for the first payout, the second and so on; the last one stays.",
  ),
});

const QUALIFYING_DAYS = block({
  count: needed(whole(1, DAYS_MAX), "So many days have to win enough."),
  profit: needed(
    balance(0).optional(),
    "What such a day earns at least. Left out: any day traded counts.",
  ),
});

const WAY = block({
  name: needed(label(/^[a-z][a-z0-9-]{0,31}$/, "a name in small letters"), "What it is called."),
  qualifyingDays: needed(QUALIFYING_DAYS.optional(), "Days that have to come first."),
  consistency: needed(
    PAYOUT_CONSISTENCY.optional(),
    "How large a part of the whole the best day may be; a larger one blocks the payout.",
  ),
  share: key(written(share), "100%", "The largest part of the profit at once."),
  cap: needed(amount().optional(), "The largest payout, dollars."),
});

const PAYOUT = block({
  split: needed(written(share).optional(), "The trader's part. Left out: not known."),
  smallest: needed(balance(0).optional(), "The smallest payout, dollars. Left out: not known."),
  buffer: key(balance(0), 0, "Profit that has to stay in the account."),
  countMax: needed(whole(1).optional(), "After so many payouts the account is closed."),
  ways: needed(list(WAY, 1, 5, "ways"), "The ways to a payout; one of them is enough."),
});

export const STAGE = z.discriminatedUnion(
  "kind",
  [
    block({
      kind: needed(z.literal("evaluation"), "A test with a target."),
      target: needed(amount(), "The profit that passes it."),
      consistency: needed(TARGET_CONSISTENCY.optional(), "How large the best day may be."),
      daysMin: key(whole(0, DAYS_MAX), 0, "So many days have to be traded."),
      daysMax: needed(whole(1, DAYS_MAX).optional(), "Calendar days there are for it."),
    }),
    block({
      kind: needed(z.literal("funded"), "Payouts are made."),
      payout: needed(PAYOUT, "When and how much."),
    }),
    block({ kind: needed(z.literal("live"), "The firm's own money at the exchange.") }),
  ],
  kinds("evaluation", "funded", "live"),
);
