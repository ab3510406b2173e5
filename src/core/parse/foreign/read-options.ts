/**
 * Reads option alerts: verb, quantity, ticker, contract, price, and what stands behind them.
 *
 * ```text
 * BTO 3 META 770C 09/19 @ 3.00 PT 30% SL 50%
 *  │  │  │    └ contract ┘   └price └ extras ┘
 *  │  │  └ ticker
 *  │  └ quantity: only here, or as "5x"; any other number is something else
 *  └ verb
 * ```
 *
 * A contract without call or put, without an expiry or without a price is refused, not completed.
 */

import type { OptionContract, Tracked } from "../../model/tracked.ts";
import type { Millis } from "../../model/units.ts";
import { isOne, words } from "../dictionary.ts";
import { doubtful, type None, none, type Parsed, unsure } from "../outcome.ts";
import type { Sentence } from "../sentences.ts";
import { hasOne, type Range, type Token, tokenAt } from "../tokens.ts";
import { vetoOf } from "./foreign-context.ts";
import { type Contract, contractAt, isCount } from "./option-contract.ts";
import { dayOf } from "./option-expiry.ts";
import { type Extras, extrasOf, soldIn, tagsIn } from "./option-extras.ts";
import { type Verb, verbsIn } from "./option-verbs.ts";
import { tickerAt } from "./tickers.ts";

/** More than anyone posts at once; bounds on the work a hostile text can cause. */
const STATEMENTS_MAX = 6;
const VERBS_MAX = 24;

/** Null: the message does not speak of options. */
export function readOptions(
  tokens: readonly Token[],
  sentences: readonly Sentence[],
  sentAt: Millis,
): Parsed | null {
  const verbs = verbsIn(tokens);
  const statements = statementsOf(tokens, verbs.slice(0, VERBS_MAX));
  if (statements.length === 0) return null;
  if (statements.length > STATEMENTS_MAX) return unsure("too many alerts in one message");
  const read = statements.map((one) => trackedOf(tokens, sentences, one, sentAt));
  const [fault] = read.filter((one) => one.kind === "none");
  if (fault !== undefined) return fault;
  const tracked = read.filter((one) => one.kind !== "none");
  const closesToo = tracked.length < verbs.length && verbs.some(({ deed }) => deed === "close");
  const opens = tracked.some(({ kind }) => kind === "entry");
  return opens && closesToo ? none("a recap: it tells the outcome") : { kind: "tracked", tracked };
}

interface Statement {
  readonly verb: Verb;
  readonly symbol: string;
  readonly contract: Contract;
  /** Between verb and ticker. */
  readonly lead: Lead;
  readonly body: Range;
  readonly to: number;
}

/** A verb without a contract of its own belongs to what stands before it: "..., sold a quarter". */
function statementsOf(tokens: readonly Token[], verbs: readonly Verb[]): readonly Statement[] {
  const statements: Statement[] = [];
  let { length: to } = tokens;
  // From the last to the first: each goes up to where the next one of them begins.
  for (let index = verbs.length - 1; index >= 0; index--) {
    const verb = verbs[index] as Verb;
    const limit = index + 1 < verbs.length ? (verbs[index + 1] as Verb).from : tokens.length;
    const statement = statementOf(tokens, verb, limit, to);
    if (statement === null) continue;
    statements.unshift(statement);
    to = verb.from;
  }
  return statements;
}

/** Null where no option is named: the verbs are used of futures as well. */
function statementOf(
  tokens: readonly Token[],
  verb: Verb,
  limit: number,
  to: number,
): Statement | null {
  const lead = leadAt(tokens, verb.to, limit);
  const ticker = tickerAt(tokens, lead.to);
  if (ticker === null || lead.to >= limit) return null;
  const contract = contractAt(tokens, ticker.to, limit);
  const { strike, right, expiry } = contract;
  const parts = Number(strike !== null) + Number(right !== null) + Number(expiry !== null);
  // "Bought ES 6326 C, stop 6316" is a future of size C.
  const isFuture = tokenAt(tokens, lead.to).root !== null && expiry === null;
  if (isFuture || (parts < 2 && right === null)) return null;
  const body = { from: lead.to, to: contract.to };
  return { verb, symbol: ticker.symbol, contract, lead, body, to };
}

/** Before the ticker, or as "5x"; any other number is something else. */
function quantityOf(tokens: readonly Token[], { verb, lead, contract, to }: Statement) {
  const ahead = countBefore(tokens, verb.from) ?? lead.quantity ?? contract.quantity;
  return ahead ?? countIn(tokens, contract.to, to);
}

/** "5x BOUGHT" */
const countBefore = (tokens: readonly Token[], at: number): number | null =>
  at >= 2 && isCount(tokens, at - 2) ? tokenAt(tokens, at - 2).value : null;

function countIn(tokens: readonly Token[], from: number, to: number): number | null {
  for (let at = from; at < to; at++) {
    if (tokenAt(tokens, at).kind === "number" && isCount(tokens, at))
      return tokenAt(tokens, at).value;
  }
  return null;
}

interface Lead extends Range {
  readonly quantity: number | null;
}

const LEAD_MAX = 8;
const LEAD_WORDS = words(`
  : | ( ) , > / % + - x contract contracts con cons lot lots of some a my the half third quarter
  all rest remaining last out position partial lotto swing scalp another more final on in
`);
const SHARE_SIGNS = words("% / of");
const RATIO_SIGNS = words("/ of");

/** Quantity and words such as "half" between the verb and the ticker. */
function leadAt(tokens: readonly Token[], from: number, end: number): Lead {
  let quantity: number | null = null;
  let at = from;
  for (; at < end && at - from < LEAD_MAX; at++) {
    const token = tokenAt(tokens, at);
    const { kind, value } = token;
    const isPart = isOne(tokenAt(tokens, at + 1), SHARE_SIGNS) || isBehindRatio(tokens, at);
    if (kind === "number" && !isPart && Number.isSafeInteger(value) && value > 0) quantity = value;
    const isLead =
      kind === "number" || kind === "emoji" || kind === "newline" || isOne(token, LEAD_WORDS);
    if (!isLead) break;
  }
  return { from, to: at, quantity };
}

const isBehindRatio = (tokens: readonly Token[], at: number): boolean =>
  isOne(tokenAt(tokens, at - 1), RATIO_SIGNS);

function trackedOf(
  tokens: readonly Token[],
  sentences: readonly Sentence[],
  statement: Statement,
  sentAt: Millis,
): Tracked | None {
  const { verb, body, to } = statement;
  const isEntry = verb.deed === "open";
  const veto = vetoOf(tokens, sentences, { head: verb, body, to, isEntry });
  if (veto !== null) return veto.startsWith("unsure") ? doubtful(veto) : none(veto);
  const contract = wholeContract(statement, sentAt);
  if (contract.kind === "none") return contract;
  if (verb.deed === "write") return unsure("an option sold to open, or bought back");
  if (isEntry) return entryOf(tokens, statement, contract);
  return exitOf(tokens, statement, contract);
}

interface Whole {
  readonly kind: "whole";
  readonly contract: OptionContract;
  readonly price: number;
}

function wholeContract({ symbol, contract, verb }: Statement, sentAt: Millis): Whole | None {
  const { strike, right, expiry, price, fault } = contract;
  if (fault !== null) return unsure(fault);
  if (strike === null) return unsure("the option has no strike");
  if (right === null) return unsure("call or put is missing");
  if (expiry === null) return unsure("the option has no expiry");
  if (price === null) return unsure("the option has no price");
  // "STC SPY 662C 1/2 @ 3.25": sold half of it, or what expires on January 2?
  const isShare = verb.deed !== "open" && expiry.kind === "date" && expiry.isShare;
  if (isShare) return unsure("a day, or a share of the position?");
  const day = dayOf(expiry, sentAt);
  if (day === null) return unsure("the option's expiry is over, or no day at all");
  const named = { asset: "option", symbol, right, strike, expiry: day } as const;
  return { kind: "whole", contract: named, price };
}

const ADDS = words("add adds added adding average averaged averaging more another");

function entryOf(
  tokens: readonly Token[],
  statement: Statement,
  { contract, price }: Whole,
): Tracked | None {
  const { body, lead, to, verb } = statement;
  const extras = extrasOf(tokens, { from: body.to, to });
  if (hasOne(tokens, lead, ADDS) || hasOne(tokens, { from: body.to, to }, ADDS)) {
    return unsure("it may add to a position");
  }
  const fault = faultOf(extras, price);
  if (fault !== null) return fault;
  const { targets, targetsPct, stop, stopPct } = extras;
  const early = tagsIn(tokens, { from: verb.to, to: lead.to });
  const tags = early.length === 0 ? extras.tags : [...new Set([...early, ...extras.tags])];
  const quantity = quantityOf(tokens, statement);
  return {
    kind: "entry",
    contract,
    side: "long",
    entry: price,
    stop,
    targets,
    targetsPct,
    stopPct,
    tags,
    quantity,
  };
}

function faultOf({ fault, isOutcome, targets, stop }: Extras, price: number): None | null {
  if (fault !== null) return unsure(fault);
  if (isOutcome) return doubtful("a recap: it tells the outcome");
  if (stop !== null && stop >= price) return doubtful("stop on the wrong side of the entry");
  const isWrong = targets.some((target) => target <= price);
  return isWrong ? doubtful("target on the wrong side of the entry") : null;
}

function exitOf(
  tokens: readonly Token[],
  statement: Statement,
  { contract, price }: Whole,
): Tracked {
  const { verb, body, lead, to } = statement;
  const sold = soldIn(tokens, [lead, { from: body.to, to }]);
  const isTrim = sold.isPart || verb.deed === "trim";
  const quantity = quantityOf(tokens, statement);
  const told = { contract, price, share: sold.share, quantity };
  return { kind: "update", action: isTrim ? "trim" : "close", ...told };
}
