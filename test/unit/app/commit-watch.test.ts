/** The journal under a stop-watch is the journal. */
import { expect, it } from "vitest";
import { commitWatch } from "../../../src/app/commit-watch.ts";
import { memoryJournal } from "../../kit/memory-journal.ts";
import { sampleFacts } from "../../kit/sample-facts.ts";

it("knows the longest commit since it was asked, and tells of each that wrote something", () => {
  const times = [0, 4, 10, 11, 20, 20];
  const { journal, slowest, onCommit } = commitWatch(memoryJournal(), () => times.shift() ?? 99);
  const told: number[] = [];
  journal.append(sampleFacts(1));
  onCommit((seconds) => void told.push(seconds));
  journal.append(sampleFacts(2, 2));
  journal.append([]);
  expect(journal.head().sequence).toBe(3);
  expect(slowest()).toBe(4);
  expect(slowest()).toBe(0);
  expect(told).toEqual([0.001]);
});
