import { describe, expect, it } from "vitest";
import { millis, ticks } from "../../../../src/core/model/units.ts";
import { renderTradeRecord, tradeRecordView } from "../../../../src/core/views/trade-record.ts";
import { aTradeRecord } from "../../../kit/trade-records.ts";

describe("a trade from alert to close", () => {
  it("is told to programs with the unit in every key", () => {
    expect(tradeRecordView(aTradeRecord())).toMatchObject({
      alertedPoints: 6_325,
      obtainablePoints: 6_326,
      entryPoints: 6_327,
      quoteAgeMs: 120,
      netUsd: -183.66,
      initialRiskUsd: 180,
      resultR: -1.0203,
      slippageToAlertUsd: 30,
      slippageToMarketUsd: 15,
      latenessUsd: 15,
      maePoints: 12,
      maeUsd: 180,
      mfePoints: 6.25,
      measuredBy: "ticks",
      partial: null,
      alertToReceivedMs: 400,
      sentToFilledMs: 75,
      heldMs: 60_000,
      alertedAt: "2026-11-19T15:00:00.000Z",
    });
  });

  it("and to a person in six lines", () => {
    expect(renderTradeRecord(aTradeRecord())).toEqual([
      "#1 3 MES long size A on PAPER by alice",
      "  price  alerted 6325.00, to be had 6326.00, filled 6327.00, left 6315.00",
      "  result stop, gross -$180.00, fees $3.66, net -$183.66, -1.02 R of $180.00",
      "  cost   lateness $15.00, slippage $15.00, at stops $0.00, against the alert $30.00",
      "  went   12.00 points ($180.00) against, 6.25 points ($93.75) for it, by ticks",
      "  time   heard after 0.4 s, decided 0.02 s, sent 0.005 s, filled 0.075 s, held 1 min",
    ]);
  });

  it("says where the price went at least so far, and what nobody saw", () => {
    const reach = { high: ticks(25_333), low: ticks(25_260), by: "bars" } as const;
    const went = (why: "silent" | "heard-late", lasted: number | null) =>
      renderTradeRecord(
        aTradeRecord({
          reach: { ...reach, unseen: { why, lasted: lasted === null ? null : millis(lasted) } },
        }),
      )[4];
    expect(went("silent", 40_000)).toBe(
      "  went   at least 12.00 points ($180.00) against, at least 6.25 points ($93.75) for it, " +
        "by bars, the feed was silent for 40 s",
    );
    expect(went("heard-late", null)).toMatch(/by bars, a fill was heard of late$/);
    const blind = { ...reach, by: null };
    const unknown = (unseen: null | { readonly why: "no-prices"; readonly lasted: null }) =>
      renderTradeRecord(aTradeRecord({ reach: { ...blind, unseen } }))[4];
    expect(unknown({ why: "no-prices", lasted: null })).toBe(
      "  went   not known: nobody told prices",
    );
    expect(unknown(null)).toBe("  went   not known");
  });

  it("leaves out what nobody knows", () => {
    const bare = aTradeRecord({
      ...{ author: null, sizeLetter: null, alerted: null, market: null, reach: null },
      ...{ gross: null, net: null, how: null, phase: "open", reason: "close-command" },
      ...{ alertedAt: null, receivedAt: null, sentAt: null, filledAt: null, closedAt: null },
    });
    expect(tradeRecordView(bare)).toMatchObject({ netUsd: null, resultR: null, partial: null });
    expect(renderTradeRecord(bare)).toEqual([
      "#1 3 MES long on PAPER",
      "  price  alerted -, to be had -, filled 6327.00, left 6315.00",
      "  result open (close-command), gross -, fees $3.66, net -, - R of $180.00",
      "  cost   lateness -, slippage -, at stops $0.00, against the alert -",
      "  went   not known",
      "  time   heard after -, decided -, sent -, filled -, held -",
    ]);
    const empty = aTradeRecord({ entryPoints: null });
    expect(renderTradeRecord(empty)[1]).toContain("filled -");
  });
});
