/**
 * The codes of every refusal and every cut: stable words for programs, each with what it means and
 * what a person can do about it. The sentence with the numbers is in `explain.ts`.
 *
 * A code is never given another meaning and never renamed, because scripts and old journals hold it.
 */
import type { Cut } from "../model/cut.ts";
import type { Refusal } from "../model/refusal.ts";

export interface Reason {
  readonly meaning: string;
  readonly help: string;
}

export type RefusalCode = Refusal["kind"];
export type CutCode = `cut-${Cut["why"]}`;

export const cutCode = ({ why }: Pick<Cut, "why">): CutCode => `cut-${why}`;

const WAIT = "nothing; it passes by itself";

/** Why an alert was not taken. */
export const REFUSALS: Readonly<Record<RefusalCode, Reason>> = {
  "unknown-size": {
    meaning: "the alert states no size, and the rules refuse such alerts",
    help: "set `sizeUnstated` to a letter",
  },
  "stop-wrong-side": {
    meaning: "the stop is at the entry, or on its wrong side",
    help: "look at the message; the author most likely mistyped it",
  },
  "target-wrong-side": {
    meaning: "a target is at the entry, on its wrong side, or at no price of the instrument",
    help: "look at the message, or at `exits.targets`",
  },
  "stop-too-far": {
    meaning: "the stop is farther from the entry than `limits.stopDistance` allows",
    help: "raise it if such stops are meant",
  },
  "stop-too-near": {
    meaning: "the stop is nearer to the entry than `limits.stopDistance` allows",
    help: "lower it if such stops are meant",
  },
  stale: {
    meaning: "the alert is older than `limits.ageMax`",
    help: "look why it came late; enter by hand if it is still good",
  },
  duplicate: {
    meaning: "the same author said the same entry a moment ago",
    help: "with another stop, look which one holds; else nothing",
  },
  superseded: {
    meaning: "the author has gone on since: a later message speaks of it already",
    help: "nothing; that late it is not taken",
  },
  "trades-per-day": {
    meaning: "all trades of the trade date are taken (`limits.tradesPerDay`)",
    help: "wait for 17:00 in Chicago",
  },
  "position-size": {
    meaning: "it would make more contracts than `limits.positionSize`",
    help: "lower the size or the ratio, or raise the limit",
  },
  probation: {
    meaning: "a live account begins small, and holds its contract already",
    help: "wait: it ends after five trade dates with a trade",
  },
  "loss-per-trade": {
    meaning: "it could lose more than `limits.lossPerTrade`",
    help: "lower the size or the ratio, let the micro be tried, or raise the limit",
  },
  "daily-loss": {
    meaning: "so much of the daily loss is lost that nothing more is entered",
    help: "wait for the next trade date; nothing opens it earlier",
  },
  "no-room": {
    meaning: "not one contract fits into what is left of the daily loss",
    help: "close something, or wait for the next trade date",
  },
  breaker: {
    meaning: "a circuit breaker is open",
    help: "wait for its time; then one trade of proof",
  },
  "half-open": {
    meaning: "the one trade of proof that a breaker asks for is on",
    help: "wait for its end",
  },
  "entries-per-minute": {
    meaning: "more entries came in a minute than `limits.entriesPerMinute`",
    help: WAIT,
  },
  exposure: {
    meaning:
      "the family would have more contracts than `exposure` allows, here or over all accounts",
    help: "close something, lower the size, or raise the limit",
  },
  "part-trades": {
    meaning: "all trades a day of its source or size letter are taken",
    help: "wait for the next trade date, or raise `bySource` or `bySize`",
  },
  "part-loss": {
    meaning: "its source or size letter has lost, or could lose, more than its own limit",
    help: "wait for the next trade date, or raise `bySource` or `bySize`",
  },
  "risk-too-small": {
    meaning: "one contract could lose more than the letter's dollars",
    help: "let its micro be tried (`shrinkToMicro`), or allow more",
  },
  "ratio-too-small": {
    meaning: "the account's ratio of the size is less than one contract",
    help: "let its micro be tried (`shrinkToMicro`), or raise the ratio",
  },
  "opposing-account": {
    meaning: "another account of the same owner has the other side of the product family",
    help: "close that one first; `opposing: allow` on both, where the firm allows it",
  },
  "switched-off": {
    meaning: "the operator switched this account off",
    help: "`tradestream accounts on NAME`",
  },
  "no-account": {
    meaning: "no account follows the group of the alert's channel",
    help: "give an account that group",
  },
  "queue-full": {
    meaning: "too many entries wait for a person's answer",
    help: "approve or refuse some of them",
  },
  "already-in-trade": {
    meaning: "a trade of the family is on in this direction",
    help: "close it first, or set `adds: allow`",
  },
  "opposite-open": {
    meaning: "a trade of the family is on in the other direction, on this account",
    help: "close it first",
  },
  "off-grid": {
    meaning: "a price of the alert does not exist in the traded contract",
    help: "look at the message, or trade another contract of the family",
  },
  "not-traded": {
    meaning: "the rules have no stop distance for the family",
    help: "add it to `families`",
  },
  "no-price": {
    meaning: "there is no price for the contract yet",
    help: "look at the market data",
  },
  "stale-price": {
    meaning: "the last price is too old to be traded on",
    help: "look at the market data",
  },
  collar: {
    meaning: "the alerted price is too far from the last trade",
    help: "look at the message; raise `limits.collar` if it is meant",
  },
  "too-far-gone": {
    meaning: "half of the way to the stop is gone",
    help: "nothing; the trade is no more what was alerted",
  },
  "stop-touched": {
    meaning: "the market has touched the stop already",
    help: "nothing; the trade would be over",
  },
  "target-passed": {
    meaning: "what would be paid is at or beyond the first target",
    help: "nothing; the trade would be over",
  },
  "market-closed": { meaning: "the exchange is closed", help: "wait until it opens" },
  "cut-off": {
    meaning: "entries have ended for this trade date",
    help: "wait for the next session, or move `hours.entriesUntil`",
  },
  "outside-hours": {
    meaning: "the market is open, and this account takes no entries yet",
    help: "wait, or move `hours.entriesFrom`",
  },
  news: { meaning: "a report comes, or has just come", help: WAIT },
  "locked-out": {
    meaning: "the operator locked himself out",
    help: "nothing ends it earlier",
  },
  "no-push": {
    meaning: "a live account, and no push channel that tells alarms has taken a test message",
    help: "`tradestream notify test`; first name a channel where there is none",
  },
  unattended: {
    meaning: "no operator has been heard of for too long",
    help: "`tradestream attend`",
  },
  gate: {
    meaning: "the account is halted, or may only reduce",
    help: "read why, look at the platform, then `tradestream resume`",
  },
  "not-settled": {
    meaning: "the account has not been compared with the venue yet",
    help: WAIT,
  },
  "link-down": {
    meaning: "the venue's own reports do not reach us",
    help: "nothing, or look at the connection",
  },
  "clock-off": {
    meaning: "our clock and the venue's are too far apart",
    help: "set the clock of this machine",
  },
  "closed-by-hand": {
    meaning: "a trade of this contract was closed by hand",
    help: "`tradestream resume` allows it again",
  },
  "outcome-unknown": {
    meaning: "the venue's answer about another entry is missing",
    help: "wait, or look at the platform",
  },
  score: {
    meaning: "the risk score reaches `score.cutOff`",
    help: "look at its parts with `tradestream why`; raise the cut-off if such entries are meant",
  },
  "firm-lost": {
    meaning: "a limit of the firm was broken: the account is lost in its books",
    help: "`tradestream firm reset`, once the firm has begun it anew",
  },
  "firm-locked": {
    meaning: "the firm's daily limit was reached",
    help: "wait for the reset it names",
  },
  "firm-product": {
    meaning: "the firm does not let its accounts trade this contract",
    help: "trade another one (`tradeAs`), or another account",
  },
  "firm-hours": {
    meaning: "it is too late to be flat by the hour the firm asks for",
    help: "wait for the next trade date",
  },
  "firm-news": {
    meaning: "a report is near, and the firm wants nothing held or opened around it",
    help: "wait until the window it names is over",
  },
  "firm-hedging": {
    meaning: "an account of the firm has the other side of a product it counts as correlated",
    help: "close that one first; `rules show` lists what the firm counts together",
  },
  "firm-mixing": {
    meaning: "the firm forbids a mini beside a micro of the same product",
    help: "wait until the other one is closed, or trade one of the two (`tradeAs`)",
  },
  "firm-cap": {
    meaning: "the firm lets no contract more be held",
    help: "close something; what is allowed grows with the closed balance at some firms",
  },
};

/** Why fewer contracts were bought than the size letter asks for, or smaller ones. */
export const CUTS: Readonly<Record<CutCode, Reason>> = {
  "cut-ratio": {
    meaning: "the account takes only its ratio of the size",
    help: "raise `ratio`, if that is not meant",
  },
  "cut-probation": {
    meaning: "a live account begins with one contract",
    help: "wait: it ends after five trade dates with a trade",
  },
  "cut-half-open": {
    meaning: "a breaker asks for one trade of proof, at the smallest size",
    help: "nothing; a win lifts it",
  },
  "cut-half-size": {
    meaning: "so much of the daily loss is lost that half is bought",
    help: "wait for the next trade date",
  },
  "cut-room": {
    meaning: "no more fits into what is left of the daily loss",
    help: "close something, or wait for the next trade date",
  },
  "cut-micro": {
    meaning: "not one contract fits a limit, so its micro is traded (`shrinkToMicro`)",
    help: "nothing; `shrinkToMicro: false` refuses such entries",
  },
  "cut-loss-per-trade": {
    meaning: "of the micro no more may be lost in one trade",
    help: "nothing, or raise the limit it names",
  },
  "cut-position-size": {
    meaning: "of the micro no more contracts may be held (`limits.positionSize`)",
    help: "nothing; a micro counts like a mini there",
  },
  "cut-exposure": {
    meaning: "of the micro `exposure` allows no more contracts, here or over all accounts",
    help: "nothing; a micro counts like a mini there",
  },
  "cut-score": {
    meaning: "the risk score takes a part of the size (`score.sizeCurve`)",
    help: "look at its parts with `tradestream why`",
  },
  "cut-firm-cap": {
    meaning: "the firm lets no more contracts be held",
    help: "close something; what is allowed grows with the closed balance at some firms",
  },
};
