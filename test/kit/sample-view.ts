/** A snapshot with something of everything in it, for tests of what draws it. */
import { snapshotOf } from "../../src/app/snapshot-of.ts";
import type { Fact } from "../../src/core/model/fact.ts";
import { accountId, type TradeId } from "../../src/core/model/ids.ts";
import { dollars, millis } from "../../src/core/model/units.ts";
import { initialState, type State, withAccount, withTrade } from "../../src/core/state.ts";
import { hearFact, newFeed } from "../../src/core/views/feed.ts";
import { narratorOf } from "../../src/core/views/narrator.ts";
import type { SnapshotView } from "../../src/core/views/snapshot.ts";
import { trieOf } from "../../src/std/trie.ts";
import {
  anAccount,
  anAlert,
  anOpenTrade,
  aQuote,
  aTrade,
  es,
  later,
  MESSAGE,
  NOW,
  someRules,
} from "./builders.ts";

const open = { ...anOpenTrade(), fees: dollars(1.11) };
const entering = aTrade({}, undefined, 2);
const NAMES = ["Paper", "Second \u001b[31maccount\u001b[0m with a \u4e2d\u6587 name"];

const ids = ["PAPER-1", "TWO"].map(accountId);

function sampleState(): State {
  const accounts = ids.map((id, index) => ({
    ...{ id, name: NAMES[index] as string, rules: "default", brackets: "native" as const },
  }));
  const settings = { ruleSets: { default: someRules() }, accounts };
  const run = { mode: "paper", priceAgeMax: millis(3_000) } as const;
  const first = anAccount({
    ...{ open: [open.id, entering.id], tradesToday: 2, realisedToday: dollars(-340.5) },
    blocked: [{ instrument: "ES", trade: 1 }],
  });
  const second = anAccount({
    ...{ id: ids[1] as never, name: NAMES[1] as string, gate: "halted", gateReason: "fire\u0007" },
  });
  const alarm = {
    ...{ what: "unprotected", account: ids[0], trade: open.id as TradeId },
    ...{ since: NOW, rangAt: NOW, times: 0 },
  } as const;
  const state = {
    ...initialState,
    ...{ run, settings, alarms: trieOf([["a", alarm]]), backups: { newest: null, fault: "full" } },
    waiting: [
      {
        ...{ entry: 4, message: MESSAGE, author: "ann", alert: anAlert(), sentAt: NOW },
        ...{ isReentry: false, askedAt: NOW, until: later(60_000), smallest: true },
        ...{ group: null, reason: "asks first" },
      },
    ],
  } as unknown as State;
  return [open, entering].reduce(withTrade, [first, second].reduce(withAccount, state));
}

const facts: readonly Fact[] = [
  {
    ...{ at: NOW, kind: "AlertRead", message: MESSAGE, author: "JMoney\u202e", text: "x" },
    ...{ sentAt: NOW, alert: anAlert() },
  },
  {
    ...{ at: NOW, kind: "MessageIgnored", message: { ...MESSAGE, id: "2" }, author: "bob" },
    ...{ text: "\u001b]0;owned\u0007 🚀 to the moon, twice\r\nFORGED LINE", reason: "unsure" },
    review: true,
  },
];

export function sampleView(change: Partial<SnapshotView> = {}, points = 6330.25): SnapshotView {
  const state = sampleState();
  const begun = newFeed(narratorOf(state.settings, [open, entering]), [open]);
  const feed = facts.reduce((sofar, fact) => hearFact(sofar, sofar.sequence + 1, fact), begun);
  const quotes = points === 0 ? [] : [aQuote(es(points))];
  const moment = { at: NOW, sequence: 118, quotes, market: "simulated", impaired: false, feed };
  return { ...snapshotOf(state, moment, null).view, ...change };
}
