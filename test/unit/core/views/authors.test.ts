import { describe, expect, it } from "vitest";
import type { AlertRecord } from "../../../../src/core/model/alert-record.ts";
import { dollars, millis, ticks } from "../../../../src/core/model/units.ts";
import { authorsOf, renderAuthors } from "../../../../src/core/views/authors.ts";
import { aDecision, anAlertRecord } from "../../../kit/alert-records.ts";
import { aTradeRecord } from "../../../kit/trade-records.ts";

const refused = (about: Partial<AlertRecord> = {}): AlertRecord =>
  anAlertRecord({
    outcome: "refused",
    market: { bid: ticks(25_299), ask: ticks(25_300), age: millis(0) },
    decisions: [
      aDecision({
        ...{ decision: "refused", trade: null, phase: null },
        refusal: { kind: "stale", age: millis(14_000), limit: millis(10_000) },
      }),
    ],
    ...about,
  });

describe("an author's record", () => {
  it("says how many alerts were traded, how far the price had gone, and what it came to", () => {
    const [alice] = authorsOf([anAlertRecord(), refused()], [aTradeRecord()]);
    expect(alice).toEqual({
      author: "alice",
      alerts: 2,
      executed: 1,
      executionRate: 0.5,
      reasons: { stale: 1 },
      marketsKnown: 2,
      // A point away, and at the price: of ten points to the stop.
      awayPoints: 0.5,
      awayOfStop: 0.05,
      trades: 1,
      latenessUsd: 15,
      slippageUsd: 15,
      netUsd: -183.66,
      resultR: -1.0203,
    });
  });

  it("counts every reason for not trading, an account each, most frequent first", () => {
    const decisions = [
      ...(["shadowed", "expired", "withdrawn", "refused", "refused", "asked"] as const).map((one) =>
        aDecision({ decision: one, trade: null, phase: null }),
      ),
      aDecision({ phase: "abandoned" }),
      aDecision({ phase: "open" }),
    ];
    const [one] = authorsOf([anAlertRecord({ decisions })], []);
    expect(Object.entries(one?.reasons ?? {})).toEqual([
      ["refused-by-person", 2],
      ["expired", 1],
      ["missed", 1],
      ["shadowed", 1],
      ["withdrawn", 1],
    ]);
  });

  it("of a short counts the bid, and passes over what is no entry or has no market", () => {
    const { alert } = anAlertRecord();
    const short = anAlertRecord({ alert: alert && { ...alert, side: "short" } });
    const others = [anAlertRecord({ market: null }), anAlertRecord({ alert: null })];
    const [one] = authorsOf([short, ...others], []);
    expect([one?.alerts, one?.marketsKnown, one?.awayPoints]).toEqual([2, 1, -0.75]);
  });

  it("stands by name; a source without authors is one of them, and so is a trade of another day", () => {
    const views = authorsOf(
      [anAlertRecord({ author: "bob" }), anAlertRecord({ author: null, market: null })],
      [aTradeRecord({ author: "al", net: null, market: null })],
    );
    expect(views.map(({ author }) => author)).toEqual([null, "al", "bob"]);
    expect(views[1]).toMatchObject({ alerts: 0, executionRate: 0, trades: 0, resultR: null });
    expect(renderAuthors(views, 100)).toEqual([
      "AUTHOR  ALERTS  TRADED   RATE  AWAY  OF STOP   LATE  SLIPPED    NET  R",
      "-            1       1  100 %     -        -  $0.00    $0.00  $0.00  -",
      "al           0       0    0 %     -        -  $0.00    $0.00  $0.00  -",
      "bob          1       1  100 %  1.00   10.0 %  $0.00    $0.00  $0.00  -",
    ]);
  });

  it("says why alerts were not traded, below the table", () => {
    const lines = renderAuthors(authorsOf([refused()], [aTradeRecord({ net: dollars(0) })]), 100);
    expect(lines.at(-1)).toBe("alice was not traded: stale 1");
    expect(renderAuthors([], 100)).toEqual(["no alerts yet"]);
  });
});
