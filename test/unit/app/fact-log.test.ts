import { expect, test } from "vitest";
import { factLog } from "../../../src/app/fact-log.ts";
import { namedIn } from "../../../src/app/named-in.ts";

test("a fact is a line with what it is about", () => {
  const lines: unknown[] = [];
  const log = { write: (...line: readonly unknown[]) => void lines.push(line) };
  const message = { source: "discord", channel: "1", id: "2" };
  factLog(log).told([
    { sequence: 7, fact: { kind: "BreakevenDue", trade: "t-1", message, at: 1 } as never },
  ]);
  const detail = { kind: "BreakevenDue", sequence: 7, trade: "t-1", message: "discord/1/2" };
  expect(lines).toEqual([["debug", "fact", detail]]);
});

test("what has no name of that kind has none", () => {
  expect(namedIn({ trade: 3, message: "text", account: "paper" })).toEqual({ account: "paper" });
  expect(namedIn({ message: null })).toEqual({});
});
