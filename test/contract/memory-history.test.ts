/** The history of tests and simulations keeps the contract too, and refuses when it is told to. */
import { expect, test } from "vitest";
import type { HistoryFault } from "../../src/ports/history.ts";
import { historyDisk, memoryHistory } from "../kit/memory-history.ts";
import { heard, historyContract } from "./history.ts";

historyContract("in memory", () => {
  const disk = historyDisk();
  return { history: memoryHistory(disk), reopen: () => memoryHistory(disk) };
});

test("a memory history told to refuse keeps nothing of the call", () => {
  const full: HistoryFault = { kind: "full", detail: "for the test" };
  let answer: HistoryFault | null = full;
  const history = memoryHistory(historyDisk(), () => answer);
  expect(history.keep([heard("1")])).toEqual({ ok: false, error: full });
  answer = null;
  expect(history.keep([heard("1")]).ok).toBe(true);
  answer = full;
  expect(history.settle([1])).toEqual({ ok: false, error: full });
  expect(history.counts()).toEqual({ messages: 1, unsettled: 1, faults: 0 });
});
