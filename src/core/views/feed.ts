/**
 * What a screen remembers of the facts it was told: the newest lines, the newest alerts, the fees of
 * the day. Everything else it shows is read off the state.
 *
 * ```text
 * journal's tail ─► newFeed ─► hear, hear, hear ─► snapshot
 * ```
 */
import { getIn } from "../../std/trie.ts";
import type { Fact } from "../model/fact.ts";
import type { TradeId } from "../model/ids.ts";
import type { Trade } from "../model/trade.ts";
import { type AlertFeed, hearAlert } from "./alert-feed.ts";
import { type EndedFees, endedFeesOf, hearEnd } from "./ended-fees.ts";
import type { Narrator } from "./narrator.ts";
import { narrate, type TimelineLine, type TimelineView, timelineView } from "./timeline.ts";

/** A line of the timeline, and the fact it tells of. */
export interface FeedLine extends TimelineView {
  readonly sequence: number;
}

export interface Feed {
  /** The last fact in it. */
  readonly sequence: number;
  readonly narrator: Narrator;
  /** Oldest first. */
  readonly alerts: AlertFeed;
  readonly lines: readonly FeedLine[];
  readonly fees: EndedFees;
}

/** Lines remembered. */
export const LINES_KEPT = 100;

/** One that has heard nothing yet; the narrator knows what has gone before. */
export const newFeed = (narrator: Narrator, trades: readonly Trade[]): Feed => ({
  ...{ sequence: 0, narrator, alerts: [], lines: [], fees: endedFeesOf(trades) },
});

/** A fact from before the state that it began with: its fees are counted already. */
export function recallFact(feed: Feed, sequence: number, fact: Fact): Feed {
  const { narrator, lines } = narrate(feed.narrator, fact);
  return {
    ...feed,
    ...{ sequence, narrator },
    alerts: hearAlert(feed.alerts, { sequence, fact, narrator }),
    lines: withLines(feed.lines, sequence, lines),
  };
}

/** Facts are heard in order; one that was heard already changes nothing. */
export function hearFact(feed: Feed, sequence: number, fact: Fact): Feed {
  if (sequence <= feed.sequence) return feed;
  const { narrator } = feed;
  const accountOf = (trade: TradeId) => getIn(narrator.trades, trade)?.account ?? null;
  return { ...recallFact(feed, sequence, fact), fees: hearEnd(feed.fees, fact, accountOf) };
}

function withLines(
  before: readonly FeedLine[],
  sequence: number,
  lines: readonly TimelineLine[],
): readonly FeedLine[] {
  if (lines.length === 0) return before;
  const told = lines.map((line) => ({ sequence, ...timelineView(line) }));
  return [...before, ...told].slice(-LINES_KEPT);
}
