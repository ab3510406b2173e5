/** The health of the house in the books: a fact for each change, and who is told of which. */
import { describe, expect, it } from "vitest";
import { step } from "../../../../src/core/engine.ts";
import type {
  Component,
  Healing,
  HealthMove,
  HealthState,
} from "../../../../src/core/model/health.ts";
import { topicOf } from "../../../../src/core/notify/topics.ts";
import { initialState, type State } from "../../../../src/core/state.ts";
import { healthLines, healthView } from "../../../../src/core/views/health.ts";
import { newNarrator } from "../../../../src/core/views/narrator.ts";
import { tellHealth } from "../../../../src/core/views/tell-health.ts";
import { narrate } from "../../../../src/core/views/timeline.ts";
import { later, NOW } from "../../../kit/builders.ts";

const move = (component: Component, to: HealthState, reason = "because"): HealthMove => ({
  ...{ component, to, reason },
});

function heard(
  moves: readonly HealthMove[],
  healings: readonly Healing[] = [],
  state: State = initialState,
) {
  return step(state, { kind: "health", at: NOW, quotes: [], moves, healings });
}

describe("the books", () => {
  it("keep what is not well, and since when", () => {
    const { state, facts } = heard([move("disk", "failed", "100 MB free")]);
    expect(facts).toEqual([
      {
        ...{ at: NOW, kind: "HealthMoved", component: "disk", from: "ok", to: "failed" },
        reason: "100 MB free",
      },
    ]);
    expect(state.health).toEqual({ disk: { state: "failed", reason: "100 MB free", since: NOW } });
  });

  it("keep a change once, and forget it when it is over", () => {
    const first = heard([move("disk", "failed")]).state;
    expect(heard([move("disk", "failed")], [], first).facts).toEqual([]);
    const over = heard([move("disk", "ok")], [], first);
    expect(over.facts).toMatchObject([{ from: "failed", to: "ok" }]);
    expect(over.state.health).toEqual({});
  });

  it("keep nothing of what was well and is", () => {
    expect(heard([move("venue-rest", "off"), move("mail", "ok")]).facts).toEqual([]);
  });

  it("keep what the house did about it", () => {
    const healing = { component: "backups", action: "begin-backup", attempt: 2 } as const;
    const { state, facts } = heard([], [healing]);
    expect(facts).toEqual([{ at: NOW, kind: "HealingBegun", ...healing }]);
    expect(state).toEqual(initialState);
    expect(facts.map(topicOf)).toEqual([null]);
  });
});

it.each([
  ["disk", "failed", "alarm"],
  ["disk", "degraded", "health"],
  ["disk", "ok", "health"],
  ["prices", "failed", "health"],
  ["discord", "failed", null],
] as const)("of %s that is %s is told on %s", (component, to, topic) => {
  const from = to === "ok" ? "failed" : "ok";
  const reason = "because";
  expect(topicOf({ at: NOW, kind: "HealthMoved", component, from, to, reason })).toBe(topic);
});

it.each([
  ["failed", "bad", "health: the disk failed: full"],
  ["degraded", "bad", "health: the disk degraded: full"],
  ["ok", "good", "health: the disk ok: full"],
] as const)("words for a disk that is %s", (to, tone, text) => {
  const reason = "full";
  const fact = { at: NOW, kind: "HealthMoved", component: "disk", from: "ok", to, reason } as const;
  expect(tellHealth(fact)).toMatchObject({ tone, text });
  expect(narrate(newNarrator, fact).lines).toMatchObject([{ tone, text }]);
});

it("words for what the house does about it", () => {
  const fact = { at: NOW, kind: "HealingBegun", component: "mail", attempt: 1 } as const;
  expect(tellHealth({ ...fact, action: "reopen-mail" }).text).toBe(
    "health: mail and push: its connections are made anew, try 1",
  );
});

describe("the view", () => {
  const part = (component: Component, state: HealthState, since = NOW) => ({
    ...{ component, state, since, reason: "because" },
  });

  it("is as bad as its worst part, and names only what is not well", () => {
    const parts = [
      part("cpu", "degraded"),
      part("mail", "off"),
      part("disk", "failed"),
      part("clock", "ok"),
    ];
    const view = healthView(parts, later(90_000));
    expect(view.state).toBe("failed");
    expect(healthLines(view)).toEqual([
      "FAILED for 1 min 30 s: the disk: because",
      "DEGRADED for 1 min 30 s: the processor: because",
    ]);
  });

  it("is well where nothing is not", () => {
    const view = healthView([part("cpu", "ok"), part("mail", "off")], NOW);
    expect(view.state).toBe("ok");
    expect(healthLines(view)).toEqual([]);
    expect(healthView([part("cpu", "degraded")], NOW).state).toBe("degraded");
  });

  it("never counts backwards, whatever the clock did", () => {
    expect(healthView([part("cpu", "ok", later(5_000))], NOW).components[0]?.seconds).toBe(0);
  });
});
