import { describe, expect, test } from "vitest";
import { netOf, renderFinished, tradesIn } from "../../../src/app/finished-trades.ts";
import { tally } from "../../../src/app/tally.ts";
import type { Fact } from "../../../src/core/model/fact.ts";
import { dollars, millis, ticks } from "../../../src/core/model/units.ts";
import { memoryJournal } from "../../kit/memory-journal.ts";
import { NOON, tradeStory } from "../../kit/sample-facts.ts";

const journalOf = (...facts: readonly Fact[]) => {
  const journal = memoryJournal();
  journal.append(facts);
  return journal;
};

const opening: Fact[] = [
  {
    at: millis(NOON),
    kind: "AccountOpened",
    account: "PAPER-1" as never,
    balance: dollars(50_000),
  },
];

describe("finished trades", () => {
  test("are found in order, also those of earlier trade dates", () => {
    const [first, second] = [tradeStory(1), tradeStory(2, NOON + 90_000_000)];
    const rolled: Fact = {
      at: millis(NOON + 80_000_000),
      kind: "TradeDateBegan",
      tradeDate: "2026-11-20" as never,
    };
    const { finished, state } = tradesIn(
      journalOf(...opening, ...first.facts, rolled, ...second.facts),
    );
    expect(finished.map(({ trade }) => trade)).toEqual([1, 2]);
    expect(state.trades.size).toBe(1);
    expect(netOf(finished)).toBe(dollars(finished.reduce((sum, one) => sum + one.netUsd, 0)));
    const [title, row] = renderFinished(finished, 120);
    expect(title).toContain("CLOSED");
    expect(row).toContain("3 MES long");
  });

  test("that filled nothing have no prices and a reason", () => {
    const { trade, facts } = tradeStory(1);
    const planned = facts.filter(({ kind }) => kind === "TradePlanned");
    const reason = "the entry was rejected";
    const over: Fact = { at: millis(NOON + 9), trade, kind: "TradeAbandoned", reason };
    const { finished } = tradesIn(journalOf(...opening, ...planned, over));
    expect(finished).toMatchObject([
      { entryAverage: null, exitAverage: null, how: "abandoned", reason, netUsd: 0, feesUsd: 0 },
    ]);
    expect(renderFinished(finished, 120)[1]).toContain(`abandoned (${reason})`);
  });

  test("that were left before their time say why, also where it was only a part", () => {
    const { trade, facts } = tradeStory(1);
    const aimed = (why: "filled-beyond-target" | "command"): Fact => ({
      at: millis(NOON + 5),
      trade,
      tranche: 0,
      kind: "TargetAimed",
      target: ticks(25_328),
      why,
    });
    const reasonAfter = (why: "filled-beyond-target" | "command") => {
      const told = [...facts.slice(0, -1), aimed(why), ...facts.slice(-1)];
      return tradesIn(journalOf(...opening, ...told)).finished[0]?.reason;
    };
    expect(reasonAfter("filled-beyond-target")).toBe("filled-beyond-target");
    expect(reasonAfter("command")).toBeNull();
  });

  test("that a late fill opened again are open, and counted once", () => {
    const { trade, facts } = tradeStory(1);
    const closed = facts.at(-1) as Fact;
    const reopened: Fact = { at: millis(NOON + 9), trade, kind: "TradeReopened" };
    const journal = journalOf(...opening, ...facts, reopened);
    expect(tradesIn(journal).finished).toEqual([]);

    const counted = tally();
    counted.told([...journal.read(0)]);
    const head = journal.head();
    expect(counted.summary(head)).toMatchObject({ alerts: 1, trades: 0, netUsd: 0 });
    counted.told([{ sequence: head.sequence + 1, fact: closed }]);
    expect(counted.summary(head)).toMatchObject({ trades: 1, facts: head.sequence });
  });
});
