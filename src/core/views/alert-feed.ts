/**
 * The newest messages that meant something, each with what became of it.
 *
 * ```text
 * AlertRead ─► undecided ─► working ─► executed ─► +$26.34
 *                  ├─► waiting ─► expired      └─► missed
 *                  └─► refused, because
 * ```
 *
 * Folded fact by fact, so a screen that is told of one fact does the work of one. What is kept is
 * bounded; outcomes are named as the ledger names them. Chatter is left out, and is in the journal.
 */
import { unreachable } from "../../std/assert.ts";
import { emptyTrie, getIn, setIn, type Trie } from "../../std/trie.ts";
import type { AlertOutcome } from "../model/alert-record.ts";
import type { Fact, FactOf } from "../model/fact.ts";
import type { TradeId } from "../model/ids.ts";
import type { Root } from "../model/instrument.ts";
import { instrumentOf } from "../model/instruments.ts";
import { isoOf } from "../model/iso-time.ts";
import { type MessageRef, messageKey } from "../model/message.ts";
import type { TradeEnd } from "../model/trade.ts";
import { type Millis, type Money, money, toDollars } from "../model/units.ts";
import { updateText } from "../model/update-wording.ts";
import { explainRefusal } from "../notify/explain.ts";
import { alertText } from "./alert-text.ts";
import { type Narrator, nameOf, tradedIn } from "./narrator.ts";
import { clean, cutTo } from "./plain-text.ts";
import { formatTime } from "./timeline.ts";

/** How many messages are remembered. */
export const ALERTS_KEPT = 20;
const TEXT_MAX = 200;
const NUMBERS_MAX = 8;

export interface AlertView {
  /** Of the fact that read it. */
  readonly sequence: number;
  readonly at: string;
  readonly clock: string;
  readonly author: string | null;
  /** An entry in our words; of anything else what was understood, or the beginning of what was said. */
  readonly text: string;
  readonly outcome: AlertOutcome;
  readonly reason: string | null;
  /** Numbers of the trades it became, the first eight. */
  readonly trades: readonly number[];
  /** Of those that are over; null while none is. */
  readonly netUsd: number | null;
}

/** A message and what is known of it so far. */
export interface HeardAlert {
  readonly key: string;
  readonly sequence: number;
  readonly at: Millis;
  readonly author: string | null;
  readonly text: string;
  /** What it was written in; null for what is no entry. */
  readonly instrument: Root | null;
  /** What was decided last, where no trade came of it. */
  readonly decided: AlertOutcome;
  readonly reason: string | null;
  readonly shadowed: boolean;
  readonly numbers: readonly number[];
  readonly trades: Trie<Fate>;
  readonly filled: number;
  /** Planned, and neither filled nor given up. */
  readonly resting: number;
  readonly closed: number;
  readonly net: Money;
}

interface Fate {
  readonly phase: "resting" | "filled" | "abandoned" | "closed";
  readonly net: Money;
}

/** Oldest first. */
export type AlertFeed = readonly HeardAlert[];

export function hearAlert(
  feed: AlertFeed,
  {
    sequence,
    fact,
    narrator,
  }: { readonly sequence: number; readonly fact: Fact; readonly narrator: Narrator },
): AlertFeed {
  const next = begunBy(fact, sequence);
  if (next !== null) return [...withoutAsked(feed, fact, next), next].slice(-ALERTS_KEPT);
  if ("message" in fact) return ofMessage(feed, fact.message, (one) => judged(one, fact, narrator));
  return isOfFate(fact) ? ofTrade(feed, fact.trade, (one, fate) => moved(one, fate, fact)) : feed;
}

type Beginning = "AlertRead" | "UpdateRead" | "AlertTracked" | "MessageIgnored";

/** Null where it begins nothing worth a line. */
function begunBy(fact: Fact, sequence: number): HeardAlert | null {
  switch (fact.kind) {
    case "AlertRead":
      return begun(fact, sequence, alertText(fact.alert), {
        instrument: fact.alert.instrument,
        decided: "undecided",
      });
    case "UpdateRead":
      return begun(fact, sequence, fact.updates.map(updateText).join(", "), { decided: "ignored" });
    case "AlertTracked":
      return begun(fact, sequence, fact.text, {
        decided: "tracked",
        reason: "never executed here",
      });
    case "MessageIgnored":
      return fact.review === true
        ? begun(fact, sequence, fact.text, { decided: "unsure", reason: clean(fact.reason) })
        : null;
    default:
      return null;
  }
}

/** The newer wording of an alert that a person was asked about takes its place. */
const withoutAsked = (feed: AlertFeed, { kind }: Fact, next: HeardAlert): AlertFeed =>
  kind === "AlertRead" ? feed.filter((one) => one.key !== next.key || one.trades.size > 0) : feed;

const begun = (
  { message, at, author }: FactOf<Beginning>,
  sequence: number,
  text: string,
  known: Pick<HeardAlert, "decided"> & Partial<HeardAlert>,
): HeardAlert => ({
  ...{ key: messageKey(message), sequence, at },
  author: author === null ? null : clean(author),
  text: cutTo(clean(text), TEXT_MAX),
  ...{ instrument: null, reason: null, shadowed: false, numbers: [], trades: emptyTrie() },
  ...{ filled: 0, resting: 0, closed: 0, net: money(0) },
  ...known,
});

function ofMessage(
  feed: AlertFeed,
  message: MessageRef,
  change: (one: HeardAlert) => HeardAlert,
): AlertFeed {
  const key = messageKey(message);
  const index = feed.findLastIndex((one) => one.key === key);
  const found = feed[index];
  if (found === undefined) return feed;
  const next = change(found);
  return next === found ? feed : feed.with(index, next);
}

type OfMessage = Extract<Fact, { readonly message: MessageRef }>;

function judged(one: HeardAlert, fact: OfMessage, narrator: Narrator): HeardAlert {
  switch (fact.kind) {
    case "AlertRefused":
    case "TradeRefused":
      return { ...one, decided: "refused", reason: refusalIn(one, fact, narrator) };
    case "AlertShadowed":
      return { ...one, shadowed: true };
    case "AlertHeld":
      return { ...one, reason: "waits until the account is compared with the venue" };
    case "ReentryPostponed":
      return { ...one, reason: "waits for the end of what is on" };
    case "ApprovalAsked": {
      const reason = `approve ${fact.entry} or refuse ${fact.entry}: ${clean(fact.reason)}`;
      return { ...one, decided: "waiting", reason };
    }
    case "ApprovalEnded":
      return { ...one, decided: ENDED[fact.how], reason: `${fact.how}: ${clean(fact.by)}` };
    case "TradePlanned": {
      const numbers = [...one.numbers, fact.number].slice(0, NUMBERS_MAX);
      const fate: Fate = { phase: "resting", net: money(0) };
      const trades = setIn(one.trades, fact.trade, fate);
      // What it waited for is over; who refused it stays to be read.
      const reason = one.decided === "refused" ? one.reason : null;
      return { ...one, numbers, trades, reason, resting: one.resting + 1 };
    }
    case "UpdateSettled":
      return settled(one, fact);
    default:
      return one;
  }
}

const ENDED: Readonly<Record<FactOf<"ApprovalEnded">["how"], AlertOutcome>> = {
  approved: "undecided",
  refused: "refused",
  expired: "expired",
  withdrawn: "expired",
};

/** One part that was applied counts for all of it; else one that was refused. */
function settled(one: HeardAlert, { how, reason }: FactOf<"UpdateSettled">): HeardAlert {
  if (one.decided === "applied" || (how === "noted" && one.decided === "refused")) return one;
  return { ...one, decided: how === "noted" ? "ignored" : how, reason: clean(reason) };
}

/** It counts in the ticks of the contract that was judged; where there are many accounts, it says which. */
function refusalIn(
  { instrument }: HeardAlert,
  fact: FactOf<"AlertRefused" | "TradeRefused">,
  narrator: Narrator,
): string {
  if (instrument === null) return fact.refusal.kind;
  if (fact.kind === "AlertRefused")
    return clean(explainRefusal(fact.refusal, instrumentOf(instrument)));
  const traded = instrumentOf(tradedIn(narrator, fact.account, instrument));
  const text = explainRefusal(fact.refusal, traded);
  return clean(narrator.accounts.size > 1 ? `${nameOf(narrator, fact.account)}: ${text}` : text);
}

type OfFate = FactOf<"EntryFilled" | "TradeAbandoned" | "TradeClosed" | "TradeReopened">;

const isOfFate = (fact: Fact): fact is OfFate =>
  fact.kind === "EntryFilled" ||
  fact.kind === "TradeAbandoned" ||
  fact.kind === "TradeClosed" ||
  fact.kind === "TradeReopened";

function ofTrade(
  feed: AlertFeed,
  trade: TradeId,
  change: (one: HeardAlert, fate: Fate) => HeardAlert,
): AlertFeed {
  for (const [index, one] of feed.entries()) {
    const fate = getIn(one.trades, trade);
    if (fate !== undefined) return feed.with(index, change(one, fate));
  }
  return feed;
}

function moved(one: HeardAlert, before: Fate, fact: OfFate): HeardAlert {
  switch (fact.kind) {
    case "EntryFilled":
    case "TradeReopened":
      return withFate(one, fact.trade, before, { phase: "filled", net: money(0) });
    case "TradeAbandoned": {
      const next = withFate(one, fact.trade, before, { phase: "abandoned", net: money(0) });
      return { ...next, reason: clean(fact.reason) };
    }
    case "TradeClosed": {
      const next = withFate(one, fact.trade, before, { phase: "closed", net: fact.net });
      return { ...next, reason: HOW[fact.how] };
    }
    default:
      return unreachable(fact);
  }
}

const HOW: Readonly<Record<TradeEnd, string>> = {
  targets: "out at its targets",
  stop: "stopped",
  breakeven: "out at breakeven",
  exit: "left",
  external: "closed by hand",
};

const count = ({ phase }: Fate, ...phases: readonly Fate["phase"][]): number =>
  phases.includes(phase) ? 1 : 0;

function withFate(one: HeardAlert, trade: TradeId, before: Fate, next: Fate): HeardAlert {
  return {
    ...one,
    trades: setIn(one.trades, trade, next),
    filled: one.filled + count(next, "filled", "closed") - count(before, "filled", "closed"),
    resting: one.resting + count(next, "resting") - count(before, "resting"),
    closed: one.closed + count(next, "closed") - count(before, "closed"),
    net: money(one.net + next.net - before.net),
  };
}

function outcomeOf({ filled, resting, trades, shadowed, decided }: HeardAlert): AlertOutcome {
  if (filled > 0) return "executed";
  if (resting > 0) return "working";
  if (trades.size > 0) return "missed";
  return shadowed ? "shadowed" : decided;
}

/** Newest first. */
export const alertViews = (feed: AlertFeed): readonly AlertView[] =>
  feed.toReversed().map((one) => ({
    sequence: one.sequence,
    at: isoOf(one.at),
    clock: formatTime(one.at),
    author: one.author,
    text: one.text,
    outcome: outcomeOf(one),
    reason: one.reason,
    trades: one.numbers,
    netUsd: one.closed === 0 ? null : toDollars(one.net),
  }));
