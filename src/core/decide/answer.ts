/**
 * A person's answer to an entry that waits.
 *
 * ```text
 * approve ─► judged anew: limits, gates, duplicates, the market; not its age ─┬─► TradePlanned
 *                                                                             └─► TradeRefused
 * refuse ──► over
 * ```
 *
 * An answer counts once and in time. What a yes cannot change is said in the answer: an entry that
 * no account takes any more is over, one that only has to wait a moment goes on waiting.
 */

import { isCompared } from "../model/account.ts";
import type { Command } from "../model/command.ts";
import type { FactOf } from "../model/fact.ts";
import type { InputOf } from "../model/input.ts";
import { instrumentOf } from "../model/instruments.ts";
import type { AccountRules } from "../model/rules.ts";
import type { Waiting } from "../model/waiting.ts";
import { explainRefusal } from "../notify/explain.ts";
import { tradedInstrument } from "../risk/judge.ts";
import { accountOf, openTradesOf, ruleSetOf, type State } from "../state.ts";
import { record, type Turn } from "../turn.ts";
import { FAN_OUT_MAX, followersOf, hasMore, nextOf } from "./followers.ts";
import { type Heard, repeatsOf } from "./freshness.ts";
import { judgeFor, type Readings, readingsOf } from "./verdict.ts";

type Answer = Extract<Command, { readonly entry: number }>;

export function decideAnswer(turn: Turn, command: Answer): void {
  const one = turn.state.waiting.find(({ entry }) => entry === command.entry);
  if (one === undefined) return refuse(turn, command, whyGone(turn.state, command.entry));
  if (turn.at >= one.until) return refuse(turn, command, `entry ${one.entry} has expired`);
  if (command.kind === "approve") return approve(turn, command, one);
  take(turn, command);
  end(turn, command, one);
}

const whyGone = ({ entryCount }: State, entry: number): string =>
  entry > entryCount ? `there is no entry ${entry}` : `entry ${entry} waits no more`;

function approve(turn: Turn, command: Answer, one: Waiting): void {
  const bar = whyNotYet(turn.state, one);
  if (bar !== null) return refuse(turn, command, bar);
  const refusal = refusedByAll(turn, one);
  if (refusal === null) take(turn, command);
  else refuse(turn, command, `no account takes it: ${inWords(turn.state, one, refusal)}`);
  end(turn, command, one);
  planNext(turn, one, 0);
}

const take = (turn: Turn, command: Answer): void =>
  record(turn, { at: turn.at, kind: "CommandTaken", command, answer: { kind: "taken" } });

const refuse = (turn: Turn, command: Answer, reason: string): void =>
  record(turn, { at: turn.at, kind: "CommandTaken", command, answer: { kind: "refused", reason } });

function end(turn: Turn, { kind, by }: Answer, { message, entry }: Waiting): void {
  const how = kind === "approve" ? "approved" : "refused";
  record(turn, { at: turn.at, message, kind: "ApprovalEnded", entry, how, by });
}

/** What passes by itself in a moment; the entry goes on waiting. */
function whyNotYet(state: State, one: Waiting): string | null {
  const accounts = followersOf(state, one.group).map(({ id }) => accountOf(state, id));
  if (accounts.length === 0) return "no account follows its room any more";
  if (!accounts.some(isCompared))
    return "no account has been compared with the venue yet; try again in a moment";
  if (!one.isReentry) return null;
  const leaving = accounts
    .flatMap((account) => openTradesOf(state, account))
    .find(({ plan, exit }) => exit?.reason === "close-message" && isKin(plan.instrument, one));
  return leaving === undefined
    ? null
    : `trade #${leaving.number} before it is still being left; try again in a moment`;
}

const isKin = (root: Waiting["alert"]["instrument"], { alert }: Waiting): boolean =>
  instrumentOf(root).family === instrumentOf(alert.instrument).family;

type Refused = FactOf<"TradeRefused">;

/** The first refusal, if all accounts of this step refuse and none is left to ask. */
function refusedByAll(turn: Turn, one: Waiting): Refused | null {
  const { state } = turn;
  const followers = followersOf(state, one.group);
  if (hasMore(followers, 0)) return null;
  const readings = readingsFor(turn, one);
  let first: Refused | null = null;
  for (const { id } of followers) {
    const verdict = judgeFor(turn, accountOf(state, id), readings, []);
    if (verdict.kind !== "TradeRefused") return null;
    first ??= verdict;
  }
  return first;
}

function inWords(state: State, { alert }: Waiting, { account, refusal }: Refused): string {
  const rules = ruleSetOf(state, accountOf(state, account).rules);
  return explainRefusal(refusal, tradedInstrument(alert, rules));
}

function readingsFor(turn: Turn, one: Waiting): Readings {
  const { message: ref, alert, author, sentAt, isReentry, smallest } = one;
  const about = { ref, alert, author, sentAt, isReentry, smallest };
  const heard: Heard = { ...about, tradable: true, isShadow: false, isAgeless: true };
  return readingsOf(heard, repeatsOf(turn, heard));
}

export const decideFanOut = (turn: Turn, { entry, from }: InputOf<"fan-out">): void =>
  planNext(turn, entry, from);

function planNext(turn: Turn, entry: Waiting, from: number): void {
  const followers: readonly AccountRules[] = followersOf(turn.state, entry.group);
  const readings = readingsFor(turn, entry);
  for (const { id } of nextOf(followers, from))
    record(turn, judgeFor(turn, accountOf(turn.state, id), readings, []));
  if (!hasMore(followers, from)) return;
  const { at, quotes } = turn;
  const next = { kind: "fan-out", at, quotes, entry, from: from + FAN_OUT_MAX } as const;
  turn.asks.push({ kind: "FanOut", input: next });
}
