import { describe, expect, it } from "vitest";
import { DEFAULT_CONFIG, DEFAULT_RULES } from "../../../../src/core/model/defaults.ts";
import { feePerSide } from "../../../../src/core/model/fees.ts";
import { priceToTicks } from "../../../../src/core/model/instrument.ts";
import { INSTRUMENTS, instrumentOf } from "../../../../src/core/model/instruments.ts";
import { tradeDate } from "../../../../src/core/model/trade-date.ts";
import { dollars } from "../../../../src/core/model/units.ts";

const families = Object.values(INSTRUMENTS).filter((one) => one.root === one.family);
const { stopDistance, collar } = DEFAULT_RULES.limits;

describe("the default rules", () => {
  it("take an A alert with a 10-point ES stop at 3 MES inside the loss a trade may make", () => {
    const { limits, entry, sizing, tradeAs } = DEFAULT_RULES;
    expect(tradeAs.ES).toBe("MES");
    expect(sizing).toEqual({ kind: "contracts", bySize: { A: 3, B: 2, C: 1 } });
    expect(entry.kind === "limit" && entry.chase).toEqual({ unit: "stop-share", value: 200 });

    const mes = instrumentOf("MES");
    const stopTicks = 40;
    const chaseTicks = (stopTicks * 200) / 1_000;
    const moved = (stopTicks + chaseTicks + limits.slippage) * 3 * mes.tickValue;
    const fees = 2 * 3 * feePerSide({ kind: "table" }, "MES", tradeDate("2026-11-20"));
    expect(limits.lossPerTrade).toBe(dollars(200));
    expect(moved + fees).toBe(1_911_600);
    expect(moved + fees).toBeLessThanOrEqual(dollars(200));
  });

  it("trade the micro for every family whose micro they name, and the contract itself elsewhere", () => {
    expect(DEFAULT_RULES.tradeAs).toEqual({
      ES: "MES",
      NQ: "MNQ",
      YM: "MYM",
      RTY: "M2K",
      CL: "MCL",
      GC: "MGC",
    });
  });

  it.each(families)("have a stop band and a collar for $root, on its ticks", ({ root }) => {
    const instrument = instrumentOf(root);
    const band = stopDistance[root] ?? { min: Number.NaN, max: Number.NaN };
    expect(priceToTicks(instrument, band.min)).toEqual({ ok: true, value: 4 });
    expect(priceToTicks(instrument, band.max).ok).toBe(true);
    expect(band.min).toBeLessThan(band.max);
    expect(priceToTicks(instrument, collar[root] ?? Number.NaN).ok).toBe(true);
    expect(collar[root]).toBeLessThan(band.max);
  });

  it("name no row that is not a family", () => {
    const roots = families.map((one) => one.root).sort();
    expect(Object.keys(stopDistance).sort()).toEqual(roots);
    expect(Object.keys(collar).sort()).toEqual(roots);
  });

  it("leave half at 7 points and the rest at 12, breakeven in between", () => {
    expect(DEFAULT_RULES.exits).toEqual({
      anchor: "alert",
      targets: [
        { at: { unit: "points", value: 7 }, share: 500 },
        { at: { unit: "points", value: 12 }, share: 500 },
      ],
      breakevenAfter: 1,
      onBreakevenPassed: "exit",
    });
  });
});

describe("the default configuration", () => {
  it("has one paper account with 50,000 dollars whose brackets the venue keeps", () => {
    expect(DEFAULT_CONFIG.settings.accounts).toEqual([
      { id: "paper", name: "Paper", rules: "default", brackets: "native" },
    ]);
    expect(DEFAULT_CONFIG.balances).toEqual([{ account: "paper", balance: 500_000_000 }]);
    expect(DEFAULT_CONFIG.settings.ruleSets["default"]).toBe(DEFAULT_RULES);
    expect(DEFAULT_CONFIG.paper.brackets).toBe("native");
  });

  it("invents no prices and never flattens on its own account", () => {
    expect(DEFAULT_CONFIG.market).toEqual({ kind: "none" });
    expect(DEFAULT_CONFIG.flattenOnStop).toBe(false);
  });
});
