/** What an author's news does to entries that still wait. */
import { describe, expect, it } from "vitest";
import { decideParsed } from "../../../../src/core/decide/message.ts";
import { withdrawWaiting } from "../../../../src/core/decide/withdraw.ts";
import { step } from "../../../../src/core/engine.ts";
import { evolve } from "../../../../src/core/evolve.ts";
import type { InputOf } from "../../../../src/core/model/input.ts";
import type { Root } from "../../../../src/core/model/instrument.ts";
import type { Message } from "../../../../src/core/model/message.ts";
import { OPEN_ROOM } from "../../../../src/core/model/room.ts";
import type { Update } from "../../../../src/core/model/update.ts";
import type { Waiting } from "../../../../src/core/model/waiting.ts";
import { initialState } from "../../../../src/core/state.ts";
import { newTurn } from "../../../../src/core/turn.ts";
import { anAlert, later, MESSAGE, NOW } from "../../../kit/builders.ts";
import { houseOf } from "../../../kit/house-of.ts";

const waiting: Waiting = {
  entry: 4,
  message: MESSAGE,
  author: "alice",
  alert: anAlert(),
  sentAt: NOW,
  isReentry: false,
  askedAt: NOW,
  until: later(60_000),
  smallest: false,
  group: null,
  reason: "its room asks first",
};

function factsAfter(update: Update, change: Partial<typeof MESSAGE> = {}, sentAt = later(1_000)) {
  const turn = newTurn({ ...initialState, waiting: [waiting] }, later(1_000), []);
  withdrawWaiting(turn, { ref: { ...MESSAGE, id: "m2", ...change }, sentAt, updates: [update] });
  return turn.facts;
}
const stopped = (instrument: Root | null): Update => ({
  action: "stopped",
  instrument,
  price: null,
});

describe("what an author is out of", () => {
  it("is not entered: of its product, or of whatever it speaks of", () => {
    for (const instrument of ["ES", "MES", null] as const) {
      expect(factsAfter(stopped(instrument))).toMatchObject([
        { kind: "ApprovalEnded", entry: 4, how: "withdrawn", by: "its author says: stopped" },
      ]);
    }
    expect(factsAfter({ action: "cancel", instrument: "ES" })).toHaveLength(1);
    expect(factsAfter({ action: "close", instrument: "ES", price: null })).toHaveLength(1);
  });

  it("waits on where another product, channel, source or time is meant", () => {
    expect(factsAfter(stopped("NQ"))).toEqual([]);
    expect(factsAfter(stopped("ES"), { channel: "other" })).toEqual([]);
    expect(factsAfter(stopped("ES"), { source: "discord" })).toEqual([]);
    expect(factsAfter(stopped("ES"), {}, later(-1))).toEqual([]);
  });

  it("waits on where the trade goes on", () => {
    expect(factsAfter({ action: "target_hit", instrument: "ES", target: 1, price: null })).toEqual(
      [],
    );
    expect(factsAfter({ action: "move_stop", instrument: "ES", stop: 6320 })).toEqual([]);
  });
});

describe("the alarm of the questions", () => {
  it("is set at a start, and spent when it rings", () => {
    const state = { ...houseOf(1), waiting: [waiting] };
    const ring = (at: number) =>
      step(state, { kind: "alarm", key: "approvals", at: later(at), quotes: [] });
    expect(ring(59_000).effects).toEqual([{ kind: "WakeAt", key: "approvals", at: later(60_000) }]);
    expect(ring(60_000).effects).toEqual([{ kind: "LetSleep", key: "approvals" }]);
    const other = step(state, { kind: "alarm", key: "poll/nobody", at: later(1), quotes: [] });
    expect(other.effects).toEqual([]);
  });
});

describe("a question that cannot be folded", () => {
  it("is passed over: the alert it is about was never read", () => {
    const { alert: _, author, sentAt, isReentry, askedAt: at, ...asked } = waiting;
    const state = evolve(initialState, { kind: "ApprovalAsked", at, ...asked });
    expect(state).toEqual(initialState);
    expect([author, sentAt, isReentry]).toEqual(["alice", NOW, false]);
  });
});

describe("an update in a message of its own", () => {
  it("takes back what it says is over", () => {
    const turn = newTurn({ ...houseOf(1), waiting: [waiting] }, later(1_000), []);
    const message: Message = {
      ...MESSAGE,
      id: "m2",
      author: "alice",
      text: "out of ES",
      embeds: [],
      referenced: null,
      event: "create",
      previous: null,
      sentAt: later(1_000),
    };
    const input: InputOf<"message"> = {
      ...{ kind: "message", at: turn.at, quotes: [], message, tradable: true, from: 0 },
      room: OPEN_ROOM,
    };
    decideParsed(turn, input, { kind: "update", updates: [stopped("ES")] });
    expect(turn.facts).toMatchObject([
      { kind: "UpdateRead" },
      { kind: "ApprovalEnded" },
      { kind: "UpdateSettled", how: "noted" },
    ]);
  });
});
