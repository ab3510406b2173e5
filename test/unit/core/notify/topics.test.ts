/** Every fact is one sort of news, or none. */
import { expect, test } from "vitest";
import type { Fact } from "../../../../src/core/model/fact.ts";
import { TOPICS } from "../../../../src/core/model/notification.ts";
import { severityOf, topicOf } from "../../../../src/core/notify/topics.ts";
import { sampleFact, tradeStory } from "../../../kit/sample-facts.ts";

const told = (facts: readonly Fact[]) =>
  facts.flatMap((fact) => {
    const topic = topicOf(fact);
    return topic === null ? [] : [`${fact.kind} ${topic}`];
  });

test("of a good trade its plan, its fills, its stop and its end are told, and no chatter", () => {
  expect(told(tradeStory(1).facts)).toEqual([
    "TradePlanned entry",
    "EntryFilled entry",
    "EntryFilled entry",
    "ExitFilled target",
    "BreakevenDue stop",
    "ExitFilled stop",
    "TradeClosed close",
  ]);
});

/** Only what the rules look at. */
const of = (fact: object) => topicOf(fact as Fact);

test.each([
  [{ kind: "MessageIgnored", review: true }, "review"],
  [{ kind: "UpdateSettled", review: true }, "review"],
  [{ kind: "UpdateSettled" }, null],
  [{ kind: "ApprovalEnded", how: "expired" }, "approval"],
  [{ kind: "ApprovalEnded", how: "approved" }, null],
  [{ kind: "ExitFilled", by: "hand" }, "close"],
  [{ kind: "ExitFilled", by: "target" }, "target"],
  [{ kind: "TargetAimed", why: "anchor" }, null],
  [{ kind: "TargetAimed", why: "command" }, "target"],
  [{ kind: "TrimEnded", how: "filled" }, null],
  [{ kind: "TrimEnded", how: "late" }, "close"],
  [{ kind: "IncidentFound" }, "alarm"],
])("%j is %s", (fact, topic) => {
  expect(of(fact)).toBe(topic);
});

test("a message that is no alert is nobody's news", () => {
  expect(topicOf(sampleFact(1))).toBeNull();
});

test("only what cannot wait is an alarm", () => {
  expect(TOPICS.filter((topic) => severityOf(topic) === "alarm")).toEqual(["alarm"]);
  expect(severityOf("risk")).toBe("warning");
});
