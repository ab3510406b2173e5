import { describe, expect, it } from "vitest";
import type { FactOf } from "../../../../src/core/model/fact.ts";
import type { Trade } from "../../../../src/core/model/trade.ts";
import { contracts, dollars, millis } from "../../../../src/core/model/units.ts";
import {
  renderTrades,
  type TradeRow,
  tradeRows,
  tradeView,
} from "../../../../src/core/views/trades.ts";
import { AT, confirmed, entered, left, points, SHORT, TRADE, tradeAfter } from "../sample-trade.ts";

function rowOf(trade: Trade): TradeRow {
  const [row] = tradeRows([trade]);
  if (row === undefined) throw new Error("a trade is a row");
  return row;
}

const bought = [entered(0, "6326.25", 1), entered(1, "6325.75", 2)] as const;
const protectedBy = [
  confirmed("stop", 0, "6316.00", 1),
  confirmed("stop", 1, "6315.00", 2),
] as const;
const atTargets = [
  confirmed("target", 0, "6333.00", 1),
  confirmed("target", 1, "6338.00", 2),
] as const;

describe("a planned trade", () => {
  const row = rowOf(tradeAfter([]));

  it("holds nothing, has no entry and no stop", () => {
    expect(row).toMatchObject({ planned: 3, held: 0, stop: null, realised: 0, phase: "planned" });
    expect(tradeView(row)).toMatchObject({ entryAverage: null, stop: null, closedAt: null });
  });

  it("risks what may still be lost: from the worst entry to the stop", () => {
    expect(row.openRisk).toBe(dollars(3 * 12 * 5));
  });

  it("shows where it wants to leave", () => {
    expect(row.targets).toEqual([
      { price: points("6333.00"), quantity: 1 },
      { price: points("6338.00"), quantity: 2 },
    ]);
  });
});

describe("an open trade", () => {
  it("shows its farthest stop, for a long the lowest", () => {
    expect(rowOf(tradeAfter([...bought, ...protectedBy])).stop).toBe(points("6315.00"));
  });

  it("shows its farthest stop, for a short the highest", () => {
    const stops = [confirmed("stop", 0, "6336.00", 1), confirmed("stop", 1, "6337.00", 2)];
    expect(rowOf(tradeAfter([...bought, ...stops], SHORT)).stop).toBe(points("6337.00"));
  });

  it("shows no stop while none is confirmed, and risks the way to the one it wants", () => {
    const row = rowOf(tradeAfter(bought));
    expect(row.stop).toBeNull();
    expect(row.openRisk).toBe(dollars((10.25 + 2 * 9.75) * 5));
  });

  it("risks the way from its fills to its stops", () => {
    expect(rowOf(tradeAfter([...bought, ...protectedBy])).openRisk).toBe(
      dollars((10.25 + 2 * 10.75) * 5),
    );
  });

  it("of a short risks the way up", () => {
    const facts = [entered(0, "6326.00", 1), confirmed("stop", 0, "6336.00", 1)];
    const rest = 2 * 12 * 5; // still to be entered at 6324.00 or better
    expect(rowOf(tradeAfter(facts, SHORT)).openRisk).toBe(dollars(50 + rest));
  });

  it("that is half entered risks both halves", () => {
    const row = rowOf(tradeAfter([entered(0, "6326.25", 1), protectedBy[0]]));
    expect(row.openRisk).toBe(dollars(10.25 * 5 + 2 * 12 * 5));
    expect(row.targets.map((target) => target.quantity)).toEqual([1, 2]);
  });

  it("whose entries ended is what it holds", () => {
    const ended: FactOf<"EntryEnded"> = {
      at: AT,
      trade: TRADE,
      tranche: 1,
      kind: "EntryEnded",
      how: "expired",
    };
    const sent: FactOf<"EntrySent"> = { at: AT, trade: TRADE, tranche: 1, kind: "EntrySent" };
    const row = rowOf(tradeAfter([entered(0, "6326.25", 1), protectedBy[0], sent, ended]));
    expect(row.openRisk).toBe(dollars(10.25 * 5));
    expect(row.targets).toEqual([{ price: points("6333.00"), quantity: 1 }]);
  });

  it("counts a fraction of its mean entry as risk", () => {
    const plan = { tranches: [{ quantity: contracts(3), target: points("6333.00") }] };
    const facts = [
      entered(0, "6326.00", 2),
      entered(0, "6326.25", 1),
      confirmed("stop", 0, "6316.00", 3),
      left("target", 0, "6333.00", 1),
    ];
    // Two contracts from 6326 and a third of a tick.
    expect(rowOf(tradeAfter(facts, plan)).openRisk).toBe(
      dollars(100) + Math.ceil((2 * 12_500) / 3),
    );
  });

  it("shows the targets that rest at the venue", () => {
    const moved = confirmed("target", 1, "6337.00", 2);
    expect(rowOf(tradeAfter([...bought, ...atTargets, moved])).targets).toEqual([
      { price: points("6333.00"), quantity: 1 },
      { price: points("6337.00"), quantity: 2 },
    ]);
  });
});

describe("a runner", () => {
  const facts = [...bought, ...protectedBy, ...atTargets, left("target", 0, "6333.00", 1)] as const;
  const row = rowOf(tradeAfter([...facts, confirmed("stop", 1, "6326.00", 2)]));

  it("has made something, less the fees so far", () => {
    expect(row.realised).toBe(dollars(6.75 * 5 - 3 * 0.61));
  });

  it("risks nothing once its stop is better than its entry", () => {
    expect(row.openRisk).toBe(0);
  });

  it("leaves at the target that is left", () => {
    expect(row.targets).toEqual([{ price: points("6338.00"), quantity: 2 }]);
  });
});

describe("a trade that gave back more than it held", () => {
  it("has nothing at risk in what it does not hold", () => {
    const row = rowOf(tradeAfter([...bought, ...protectedBy, left("close", 0, "6326.25", 2)]));
    expect(row.held).toBe(1);
    expect(row.openRisk).toBe(dollars(2 * 10.75 * 5));
    expect(row.targets).toEqual([{ price: points("6338.00"), quantity: 2 }]);
  });
});

describe("rows", () => {
  it("stand in the order of their numbers", () => {
    const trades = [3, 1, 2].map((number) => tradeAfter([], {}, { number }));
    expect(tradeRows(trades).map((row) => row.number)).toEqual([1, 2, 3]);
  });

  it("become JSON in points, dollars and ISO times", () => {
    const closed: FactOf<"TradeClosed"> = {
      at: millis(AT + 60_000),
      trade: TRADE,
      kind: "TradeClosed",
      how: "stop",
      gross: dollars(0),
      fees: dollars(0),
      net: dollars(0),
    };
    const out = [left("stop", 0, "6316.00", 1), left("stop", 1, "6316.00", 2), closed];
    expect(tradeView(rowOf(tradeAfter([...bought, ...protectedBy, ...out])))).toEqual({
      trade: 1,
      account: "PAPER",
      instrument: "MES",
      contract: "MESZ26",
      side: "long",
      phase: "closed",
      planned: 3,
      held: 0,
      entryAverage: 6325.9167,
      stop: null,
      targets: [],
      openRiskUsd: 0,
      realisedUsd: -151.19,
      score: null,
      plannedAt: "2026-11-23T15:31:05.000Z",
      closedAt: "2026-11-23T15:32:05.000Z",
    });
  });

  it("are drawn as a table", () => {
    const views = tradeRows([
      tradeAfter([...bought, ...protectedBy, ...atTargets]),
      tradeAfter([], {}, { number: 2 }),
    ]).map(tradeView);
    expect(renderTrades(views, 110)).toEqual([
      "#  ACCOUNT  TRADE       PHASE    HELD    ENTRY     STOP  TARGETS                    RISK     NET",
      "1  PAPER    3 MES long  open        3  6325.92  6315.00  6333.00 x1, 6338.00 x2  $158.75  -$1.22",
      "2  PAPER    3 MES long  planned     0        -        -  6333.00 x1, 6338.00 x2  $180.00   $0.00",
    ]);
  });

  it("that are none are one line", () => {
    expect(renderTrades([], 110)).toEqual(["no trades"]);
  });
});
