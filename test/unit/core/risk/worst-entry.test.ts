import { describe, expect, it } from "vitest";
import { instrumentOf } from "../../../../src/core/model/instruments.ts";
import type { Levels } from "../../../../src/core/model/levels.ts";
import { millis, type Ticks } from "../../../../src/core/model/units.ts";
import { priceToPay, worstEntry } from "../../../../src/core/risk/worst-entry.ts";
import { aQuote, es, someRules } from "../../../kit/builders.ts";

const MES = instrumentOf("MES");
const MARKET = someRules({ entry: { kind: "market", timeout: millis(30_000) } });

const long: Levels = { side: "long", entry: es(6326), stop: es(6316), targets: [] };
const short: Levels = { side: "short", entry: es(6326), stop: es(6336), targets: [] };

/** Bid 6325.75, ask 6326.25. */
const quote = aQuote(es(6326), { bid: es(6325.75), ask: es(6326.25) });
const far = { quote, firstTarget: es(6400) };
const farBelow = { quote, firstTarget: es(6200) };

describe("what is paid now", () => {
  it("is the ask for a buyer and the bid for a seller", () => {
    expect(priceToPay(long, quote)).toBe(es(6326.25));
    expect(priceToPay(short, quote)).toBe(es(6325.75));
  });
});

describe("the worst entry of a limit order", () => {
  it("is the alert's price plus a fifth of the stop distance", () => {
    expect(worstEntry(MES, someRules(), long, far)).toBe(es(6328));
    expect(worstEntry(MES, someRules(), short, farBelow)).toBe(es(6324));
  });

  it("is never the first target, but a tick before it", () => {
    const near = (firstTarget: Ticks) => ({ quote, firstTarget });
    expect(worstEntry(MES, someRules(), long, near(es(6328)))).toBe(es(6327.75));
    expect(worstEntry(MES, someRules(), long, near(es(6326.25)))).toBe(es(6326));
    expect(worstEntry(MES, someRules(), short, near(es(6324)))).toBe(es(6324.25));
    expect(worstEntry(MES, someRules(), short, near(es(6323.75)))).toBe(es(6324));
  });
});

describe("the worst entry of a market order", () => {
  it("is the opposite quote plus the slippage", () => {
    expect(worstEntry(MES, MARKET, long, far)).toBe(es(6326.75));
    expect(worstEntry(MES, MARKET, short, farBelow)).toBe(es(6325.25));
  });

  it("is counted from the alert's price where the market is better", () => {
    const better = aQuote(es(6324));
    expect(worstEntry(MES, MARKET, long, { ...far, quote: better })).toBe(es(6326.5));
    const higher = aQuote(es(6328));
    expect(worstEntry(MES, MARKET, short, { ...farBelow, quote: higher })).toBe(es(6325.5));
  });
});
