import { expect, test } from "vitest";
import { doubtful, none } from "../../../../src/core/parse/outcome.ts";
import { toCorpusResult } from "../../../../src/core/parse/record.ts";
import { read } from "../../../kit/posted.ts";

test("an entry is printed with its prices in points", () => {
  expect(
    toCorpusResult(read("🚨 ES long 6326.25: A GAMMA\nStop: 5m close 6316.5\nT1: 6334")),
  ).toEqual({
    kind: "entry",
    instrument: "ES",
    side: "long",
    entry: 6326.25,
    stop: 6316.5,
    targets: [6334],
    sizeLabel: "A",
    tags: ["GAMMA"],
    stopCondition: "5m close",
    more: [],
  });
});

test("further alerts and what happened before them follow in more", () => {
  const text =
    "Stopped at 6310. Re-entry 🚨 ES long 6312: C\nStop: 6304\n🚨 NQ long 22950: B\nStop: 22910";
  expect(toCorpusResult(read(text))).toMatchObject({
    instrument: "ES",
    more: [
      { kind: "entry", instrument: "NQ" },
      { kind: "update", action: "stopped", instrument: "ES", price: 6310 },
    ],
  });
});

test("an update is printed with its price where it has one", () => {
  const stopped = { action: "stopped", instrument: "ES", price: 6316 } as const;
  const closed = { action: "close", instrument: null, price: null } as const;
  expect(toCorpusResult({ kind: "update", updates: [stopped, closed] })).toEqual({
    kind: "update",
    action: "stopped",
    instrument: "ES",
    price: 6316,
    more: [{ kind: "update", action: "close", instrument: null }],
  });
});

test("none says why, and asks for review only where it matters", () => {
  expect(toCorpusResult(none("a recap"))).toEqual({ kind: "none", reason: "a recap" });
  expect(toCorpusResult(doubtful("no stop"))).toEqual({
    kind: "none",
    reason: "no stop",
    review: true,
  });
});

test("what is only tracked is printed with its contract", () => {
  const contract = { asset: "currency", symbol: "XAUUSD" } as const;
  const closed = { kind: "update", contract, action: "close", price: 4350 } as const;
  expect(
    toCorpusResult({ kind: "tracked", tracked: [{ ...closed, share: null, quantity: null }] }),
  ).toMatchObject({ kind: "update", action: "close", instrument: "XAUUSD", price: 4350, more: [] });
});

test("a third is a fraction of one", () => {
  expect(toCorpusResult(read("trim 1/3 of ES"))).toMatchObject({ fraction: 0.333 });
});
