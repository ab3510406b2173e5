import { describe, expect, it } from "vitest";
import { exitPrice, marketablePrice } from "../../../../src/core/track/scene.ts";
import { anOpenTrade, aQuote, aShortPlan, es } from "../../../kit/builders.ts";

const quote = aQuote(es(6326), { bid: es(6325.75), ask: es(6326.25) });

describe("leaving at once", () => {
  it("gets the bid for a long and the ask for a short", () => {
    expect(exitPrice(anOpenTrade(), quote)).toBe(es(6325.75));
    expect(exitPrice(anOpenTrade(aShortPlan()), quote)).toBe(es(6326.25));
  });

  it("as a limit goes 8 ticks through that price", () => {
    expect(marketablePrice(anOpenTrade(), quote)).toBe(es(6323.75));
    expect(marketablePrice(anOpenTrade(aShortPlan()), quote)).toBe(es(6328.25));
  });
});
