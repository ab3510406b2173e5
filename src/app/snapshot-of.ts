/**
 * The snapshot of a state: what a dashboard shows of it, from the snapshot before.
 *
 * A running process and a journal that was left behind are asked the same, and answer alike.
 */
import type { Account } from "../core/model/account.ts";
import type { Ringing } from "../core/model/alarm-fact.ts";
import type { Instrument } from "../core/model/instrument.ts";
import { instrumentOf } from "../core/model/instruments.ts";
import type { Quote } from "../core/model/quote.ts";
import type { Millis } from "../core/model/units.ts";
import { explainRefusal } from "../core/notify/explain.ts";
import { calendarOf, newsOf } from "../core/risk/hours.ts";
import { barsOf, findRuleSet, openTradesOf, type State } from "../core/state.ts";
import { refusalNow, stateOf } from "../core/views/accounts.ts";
import type { Feed } from "../core/views/feed.ts";
import type { ShownAccount, SnapshotHealth } from "../core/views/snapshot.ts";
import { type Snapshot, takeSnapshot } from "../core/views/take-snapshot.ts";
import { emptyTrie, valuesOf } from "../std/trie.ts";
import { riskAccountOf } from "./risk-of.ts";
import { houseRemarks, refusedByClock } from "./status-of.ts";

export interface SnapshotMoment {
  readonly at: Millis;
  /** The last fact written. */
  readonly sequence: number;
  readonly quotes: readonly Quote[];
  /** In words. */
  readonly market: string;
  readonly impaired: boolean;
  readonly feed: Feed;
  readonly health?: SnapshotHealth | undefined;
}

export const snapshotOf = (
  state: State,
  moment: SnapshotMoment,
  before: Snapshot | null,
): Snapshot =>
  takeSnapshot(before, {
    ...moment,
    mode: state.run?.mode ?? null,
    calendar: calendarOf(state.settings),
    news: newsOf(state.settings),
    accounts: valuesOf(state.accounts).map((account) => ({
      account,
      rules: findRuleSet(state, account.rules),
      trades: openTradesOf(state, account),
    })),
    shown: ({ account }) => shownIn(state, account, moment),
    waiting: state.waiting,
    remarks: houseRemarks(state, moment.at, moment.quotes),
    alarms: valuesOf(state.alarms ?? emptyTrie<Ringing>()).toSorted((a, b) => a.since - b.since),
    backups: state.backups,
  });

/** Index futures stand for all. */
const SHOWN = instrumentOf("ES");

function shownIn(state: State, account: Account, { at, quotes }: SnapshotMoment): ShownAccount {
  const one = riskAccountOf(state, account);
  const quoteOf = ({ root }: Instrument) =>
    quotes.find(({ instrument }) => instrument === root) ?? null;
  const own =
    one.rules === null ? null : refusalNow({ at, bars: barsOf(state), quoteOf }, one, one.rules);
  const refusals = [...(own === null ? [] : [own]), ...refusedByClock(state, account, at)];
  const isUsed = one.rules !== null && state.settings.accounts.some(({ id }) => id === account.id);
  return {
    ...one,
    state: isUsed ? stateOf(refusals[0] ?? null) : "unused",
    refuses: refusals.map((refusal) => ({
      code: refusal.kind,
      text: explainRefusal(refusal, SHOWN),
    })),
  };
}
