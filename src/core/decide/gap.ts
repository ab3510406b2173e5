/**
 * The machine slept, or stood still: nothing was heard, and no alarm rang at its time.
 *
 * ```text
 * since ──────── nothing ran ──────── now ─► one message: what came due meanwhile
 *        question's end   cut-off       └─► every open trade is attended at once
 * ```
 *
 * Timers of a machine that slept come late by up to a minute more, and a cut-off that has passed waits
 * for nothing.
 */
import { valuesOf } from "../../std/trie.ts";
import type { InputOf } from "../model/input.ts";
import type { PassedCutOff } from "../model/notice.ts";
import type { Trade } from "../model/trade.ts";
import { tradeDateOf } from "../model/trade-date.ts";
import { heldOf } from "../model/trade-sums.ts";
import type { Millis } from "../model/units.ts";
import { cutOffsOn, dayOf } from "../risk/hours.ts";
import { openTradesOf, type State } from "../state.ts";
import { record, type Turn } from "../turn.ts";

/** More different rules than this tell the same times. */
const PASSED_MAX = 10;

export function decideGap(turn: Turn, { since }: InputOf<"gap">): void {
  const { at, state, quotes } = turn;
  const open = openTrades(state);
  const expired = state.waiting.filter(({ until }) => until > since && until <= at);
  record(turn, {
    at,
    kind: "NoticeGiven",
    notice: {
      ...{ kind: "gap", since, until: at },
      followed: quotes.length,
      held: open.filter((trade) => heldOf(trade) !== 0).map(({ number }) => number),
      expired: expired.map(({ entry }) => entry),
      passed: passedIn(state, since, at),
    },
  });
  for (const { id } of open) turn.touched.add(id);
}

const openTrades = (state: State): readonly Trade[] =>
  valuesOf(state.accounts).flatMap((account) => openTradesOf(state, account));

/** Of the rules accounts go by, each once, in the order of the day. */
function passedIn(state: State, since: Millis, until: Millis): readonly PassedCutOff[] {
  const names = new Set(state.settings.accounts.map(({ rules }) => rules));
  const found = [...names].flatMap((name) => passedBy(state, name, { since, until }));
  const once = new Map(found.map((one) => [`${one.what} ${one.at}`, one]));
  return [...once.values()].sort((a, b) => a.at - b.at).slice(0, PASSED_MAX);
}

interface Span {
  readonly since: Millis;
  readonly until: Millis;
}

function passedBy(state: State, rules: string, { since, until }: Span): readonly PassedCutOff[] {
  const hours = state.settings.ruleSets[rules]?.hours;
  if (hours === undefined) return [];
  const day = dayOf(state.settings, hours, { group: "equity" });
  return [...new Set([tradeDateOf(since), tradeDateOf(until)])].flatMap((date) => {
    const { until: entriesEnd, flat } = cutOffsOn(day, date);
    const all: readonly PassedCutOff[] = [
      { what: "entries", at: entriesEnd },
      ...(flat === null ? [] : [{ what: "flat" as const, at: flat }]),
    ];
    return all.filter(({ at }) => at > since && at <= until);
  });
}
