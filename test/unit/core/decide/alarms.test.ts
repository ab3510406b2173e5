/** What wakes a person, until somebody answers or it is over; the scenarios tell the whole stories. */
import { describe, expect, it } from "vitest";
import { isRingKey, watchAlarms } from "../../../../src/core/decide/alarms.ts";
import { step } from "../../../../src/core/engine.ts";
import { evolve } from "../../../../src/core/evolve.ts";
import { alarmsOf } from "../../../../src/core/evolve-alarm.ts";
import type { AlarmCause, AlarmFact } from "../../../../src/core/model/alarm-fact.ts";
import type { Fact } from "../../../../src/core/model/fact.ts";
import { accountId, type TradeId, twinOf } from "../../../../src/core/model/ids.ts";
import type { Input, InputOf } from "../../../../src/core/model/input.ts";
import type { Trade } from "../../../../src/core/model/trade.ts";
import { type Millis, millis } from "../../../../src/core/model/units.ts";
import { initialState, type State, withAccount, withTrade } from "../../../../src/core/state.ts";
import { newTurn } from "../../../../src/core/turn.ts";
import { alarmText } from "../../../../src/core/views/tell-alarm.ts";
import {
  ACCOUNT,
  aLeg,
  anAccount,
  anOpenTrade,
  later,
  NOW,
  someRules,
  TODAY,
  TRADE,
  withEntry,
  withTranche,
} from "../../../kit/builders.ts";

const OTHER = accountId("PAPER-2");
const CAUSE: AlarmCause = { what: "halted-with-position", account: ACCOUNT, trade: null };
const raised = (cause: AlarmCause = CAUSE, at = NOW): AlarmFact => ({
  ...{ at, kind: "AlarmRaised", since: at },
  ...cause,
});

const holding = (trade: Trade = anOpenTrade(), change: Parameters<typeof anAccount>[0] = {}) =>
  withTrade(
    withAccount(
      {
        ...initialState,
        run: { mode: "paper", priceAgeMax: millis(3_000) },
        settings: {
          ruleSets: { default: someRules() },
          accounts: [{ id: ACCOUNT, name: "Paper", rules: "default", brackets: "native" }],
        },
        tradeDate: TODAY,
      },
      anAccount({ open: [trade.id], ...change }),
    ),
    trade,
  );

/** Only the watch, as it runs at the end of a step in which this was touched. */
function watched(
  state: State,
  at: Millis,
  input: Rung | { readonly kind: "start" } | object = {},
  touched = [TRADE],
) {
  const turn = newTurn(state, at, []);
  for (const id of touched) turn.touched.add(id);
  watchAlarms(turn, { kind: "alarm", key: "roll", at, quotes: [], ...input } as Input);
  return turn;
}

type Rung = Pick<InputOf<"alarm">, "key">;

const told = (facts: readonly Fact[]): readonly string[] =>
  facts.map((fact) => `${fact.kind} ${"what" in fact ? fact.what : ""}`);

const bare = (stop: ReturnType<typeof aLeg> | null) => withTranche(anOpenTrade(), 0, { stop });

describe("contracts without a stop", () => {
  it("ring three seconds after the fill, or after the stop was lost", () => {
    const never = watched(holding(bare(null)), later(2_999));
    expect(never.facts).toEqual([]);
    expect(never.asks).toEqual([
      { kind: "WakeAt", key: `ring/unprotected/${TRADE}`, at: later(3_000) },
    ]);
    expect(told(watched(holding(bare(null)), later(3_000)).facts)).toEqual([
      "AlarmRaised unprotected",
    ]);
    const lost = bare(aLeg({ state: "cancelled", touchedAt: later(10_000) }));
    expect(watched(holding(lost), later(12_999)).facts).toEqual([]);
    const [alarm] = watched(holding(lost), later(13_000)).facts;
    expect(alarm).toMatchObject({ kind: "AlarmRaised", since: later(10_000) });
  });

  it("ring by the first order for a stop, however often it is sent again", () => {
    for (const state of ["sent", "unknown"] as const) {
      const stop = aLeg({ state, placedAt: later(1_000), touchedAt: later(60_000) });
      expect(told(watched(holding(bare(stop)), later(4_000)).facts)).toHaveLength(1);
    }
  });

  it("are nobody's alarm where they were handed over, or are a twin's", () => {
    const free = { ...bare(null), released: true };
    expect(watched(holding(free), later(60_000)).facts).toEqual([]);
    const twin = { ...bare(null), account: twinOf(ACCOUNT) };
    const state = withAccount(holding(twin), anAccount({ id: twinOf(ACCOUNT) }));
    expect(watched(state, later(60_000)).facts).toEqual([]);
  });

  it("are over where the alarm names no trade", () => {
    const ringing = evolve(
      holding(),
      raised({ what: "unprotected", account: ACCOUNT, trade: null }),
    );
    const { facts } = watched(ringing, later(60_000), { kind: "start" });
    expect(told(facts)).toEqual(["AlarmEnded unprotected"]);
  });

  it("of a trade nobody knows are no alarm", () => {
    expect(watched(holding(), NOW, {}, ["ts-gone" as TradeId]).facts).toEqual([]);
    const key = "ring/unprotected/ts-gone";
    expect(watched(holding(), NOW, { key } as Rung).facts).toEqual([]);
    const strange = { key: "ring/venue-unreachable/nobody" } as Rung;
    expect(watched(holding(), NOW, strange).facts).toEqual([]);
  });

  it("are looked at again when their three seconds are over", () => {
    const rung = { key: `ring/unprotected/${TRADE}` } as Rung;
    expect(isRingKey(`ring/unprotected/${TRADE}`)).toBe(true);
    expect(told(watched(holding(bare(null)), later(3_000), rung, []).facts)).toHaveLength(1);
    expect(watched(holding(), later(3_000), rung, []).facts).toEqual([]);
  });
});

describe("an entry of unknown fate", () => {
  it("rings at once, since it was sent, or since it was planned", () => {
    const lost = (sentAt: Millis | null) =>
      holding(withEntry(anOpenTrade(), 1, { state: "unknown", sentAt }));
    const since = (state: State) => watched(state, later(9_000)).facts[0];
    expect(since(lost(later(500)))).toMatchObject({ what: "outcome-unknown", since: later(500) });
    expect(since(lost(null))).toMatchObject({ what: "outcome-unknown", since: NOW });
  });
});

describe("a venue that cannot be heard", () => {
  const started = (state: State) => watched(state, NOW, { kind: "start" }, []);
  const unsettled = holding(anOpenTrade(), { settled: false });
  const rung = { key: `ring/venue-unreachable/${ACCOUNT}` } as Rung;

  it("has half a minute after a start", () => {
    const { facts, asks } = started(unsettled);
    expect(facts).toEqual([]);
    expect(asks).toContainEqual({ kind: "WakeAt", key: rung.key, at: later(30_000) });
    expect(told(watched(unsettled, later(30_000), rung, []).facts)).toEqual([
      "AlarmRaised venue-unreachable",
    ]);
    expect(watched(holding(), later(30_000), rung, []).facts).toEqual([]);
    expect(started(holding()).asks).toEqual([]);
  });

  it("was heard if what it said differs", () => {
    const differs = { contract: "MESZ26", ours: 3, theirs: 2, askedAt: NOW };
    const state = holding(anOpenTrade(), { settled: false, differs });
    expect(watched(state, later(30_000), rung, []).facts).toEqual([]);
  });

  it("goes on ringing over a start, until it is compared", () => {
    const cause: AlarmCause = { what: "venue-unreachable", account: ACCOUNT, trade: null };
    const known = evolve(unsettled, raised(cause));
    const again = started(known);
    expect(again.facts).toEqual([]);
    expect(again.asks).toContainEqual({ kind: "WakeAt", key: rung.key, at: later(60_000) });
    const settled = withAccount(known, anAccount({ open: [TRADE] }));
    const ended = watched(settled, later(9_000));
    expect(told(ended.facts)).toEqual(["AlarmEnded venue-unreachable"]);
    expect(ended.asks).toEqual([{ kind: "LetSleep", key: rung.key }]);
  });

  it("is nobody's alarm while nothing is open", () => {
    const down = { link: { state: "down", at: NOW }, settled: false } as const;
    const flat = withAccount(initialState, anAccount({ ...down }));
    const turn = newTurn(flat, later(60_000), []);
    turn.facts.push({ kind: "LinkMoved", at: NOW, account: ACCOUNT, state: "down" });
    watchAlarms(turn, { kind: "alarm", key: "roll", at: later(60_000), quotes: [] });
    expect(turn.facts).toHaveLength(1);
  });
});

describe("an answer", () => {
  const ack = (state: State) =>
    step(state, {
      kind: "command",
      at: later(5_000),
      quotes: [],
      command: { kind: "ack", by: "olga" },
    });

  it("silences all that ring, and nothing a second time", () => {
    const both = [raised(), raised({ ...CAUSE, account: OTHER })].reduce<State>(
      evolve,
      withAccount(holding(anOpenTrade(), { gate: "halted" }), anAccount({ id: OTHER })),
    );
    const { state, facts } = ack(both);
    expect(facts).toMatchObject(
      [
        { kind: "CommandTaken", answer: { kind: "taken", note: /^2 alarms are silent/ } },
        { kind: "AlarmAcknowledged", account: ACCOUNT, by: "olga" },
        { kind: "AlarmAcknowledged", account: OTHER, by: "olga" },
      ].map((one) => ("answer" in one ? { kind: one.kind } : one)),
    );
    expect(alarmsOf(state).size).toBe(2);
    expect(
      watched(state, later(600_000), { key: `ring/halted-with-position/${ACCOUNT}` } as Rung, [])
        .facts,
    ).toEqual([]);
    expect(ack(state).facts).toMatchObject([{ answer: { kind: "refused" } }]);
  });

  it("to nothing is refused", () => {
    expect(ack(holding()).facts).toMatchObject([
      { answer: { kind: "refused", reason: "no alarm rings" } },
    ]);
  });
});

describe("folding", () => {
  it("leaves a state alone that never knew the alarm", () => {
    const about = { at: NOW, ...CAUSE };
    const repeated: AlarmFact = { ...about, kind: "AlarmRepeated", times: 1, since: NOW };
    expect(evolve(initialState, repeated)).toBe(initialState);
    const ended = evolve(initialState, { ...about, kind: "AlarmEnded" });
    expect(alarmsOf(ended).size).toBe(0);
  });
});

describe("the words", () => {
  it("say what is wrong, and what silences it", () => {
    expect(alarmText(raised())).toBe(
      "ALARM: it is halted, and something is open; `ack` silences this",
    );
  });
});
