import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  convertTicks,
  distanceToTicks,
  type Instrument,
  priceToTicks,
  showPrice,
  ticksToPoints,
  worthOf,
} from "../../../../src/core/model/instrument.ts";
import { INSTRUMENTS, instrumentOf } from "../../../../src/core/model/instruments.ts";
import { dollars, ticks } from "../../../../src/core/model/units.ts";

const ALL = Object.values(INSTRUMENTS);
const [es, mes, euro, microEuro] = [
  instrumentOf("ES"),
  instrumentOf("MES"),
  instrumentOf("6E"),
  instrumentOf("M6E"),
];

/** Up to some ten times the price anything has traded at, below zero too: crude has been there. */
const prices = fc.integer({ min: -50_000, max: 500_000 }).map(ticks);

const tickOf = (instrument: Instrument): string => showPrice(instrument, ticks(1));

describe.each(ALL.map((instrument) => [instrument.root, instrument] as const))(
  "prices of %s",
  (_, instrument) => {
    it("survive the way to points and back", () => {
      fc.assert(
        fc.property(prices, (price) => {
          const points = ticksToPoints(instrument, price);
          expect(priceToTicks(instrument, points)).toEqual({ ok: true, value: price });
        }),
      );
    });

    it("survive the way to text and back", () => {
      fc.assert(
        fc.property(prices, (price) => {
          const text = showPrice(instrument, price);
          expect(priceToTicks(instrument, Number(text))).toEqual({ ok: true, value: price });
        }),
      );
    });

    it("are shown with the instrument's own decimals", () => {
      const decimals = showPrice(instrument, ticks(4001)).split(".")[1] ?? "";
      expect(decimals).toHaveLength(instrument.decimals);
    });

    it("between two ticks are refused, never rounded", () => {
      const between = fc.tuple(prices, fc.integer({ min: 1, max: 99 }));
      fc.assert(
        fc.property(between, ([price, hundredths]) => {
          const tick = instrument.tickUnits / 10 ** instrument.decimals;
          const points = ticksToPoints(instrument, price) + (tick * hundredths) / 100;
          expect(priceToTicks(instrument, points)).toEqual({ ok: false, error: "off-tick" });
        }),
      );
    });

    it("move one contract by its tick value per tick", () => {
      expect(worthOf(instrument, 1, 1)).toBe(instrument.tickValue);
      expect(worthOf(instrument, -3, 2)).toBe(-6 * instrument.tickValue);
    });
  },
);

describe("a written price", () => {
  it("is as many ticks as it says", () => {
    expect(priceToTicks(es, 6326.25)).toEqual({ ok: true, value: 25_305 });
    expect(priceToTicks(instrumentOf("ZN"), 110.515625)).toEqual({ ok: true, value: 7073 });
    expect(priceToTicks(instrumentOf("CL"), -37.63)).toEqual({ ok: true, value: -3763 });
    expect(priceToTicks(euro, 1.08505)).toEqual({ ok: true, value: 21_701 });
  });

  it("that is no number of this world is no price", () => {
    for (const points of [Number.NaN, Number.NEGATIVE_INFINITY, 1e300]) {
      expect(priceToTicks(es, points)).toEqual({ ok: false, error: "not-a-price" });
    }
  });

  it("shows as the trader writes it", () => {
    expect(showPrice(es, ticks(25_305))).toBe("6326.25");
    expect(showPrice(instrumentOf("YM"), ticks(41_000))).toBe("41000");
    expect(tickOf(instrumentOf("ZT"))).toBe("0.00390625");
    expect(tickOf(euro)).toBe("0.00005");
    expect(showPrice(es, ticks(-1))).toBe("-0.25");
  });
});

describe("a distance", () => {
  it("of 7 points is 28 ticks of ES", () => {
    expect(distanceToTicks(es, 7)).toBe(28);
  });

  it("that ends between two ticks is the smaller one, in both directions", () => {
    expect([distanceToTicks(es, 7.2), distanceToTicks(es, -7.2)]).toEqual([28, -28]);
    expect(distanceToTicks(es, 0.1)).toBe(0);
  });

  it("is not cut short by the binary form of a decimal", () => {
    for (const instrument of ALL) {
      fc.assert(
        fc.property(fc.integer({ min: -20_000, max: 20_000 }).map(ticks), (distance) => {
          const points = Number(showPrice(instrument, distance));
          expect(distanceToTicks(instrument, points)).toBe(distance);
        }),
        { numRuns: 50 },
      );
    }
  });
});

describe("a price counted in another instrument's ticks", () => {
  it("is the same number where the grids are the same", () => {
    expect(convertTicks(es, mes, ticks(25_305))).toEqual({ ok: true, value: 25_305 });
  });

  it("is the same price where the grids differ", () => {
    expect(convertTicks(euro, microEuro, ticks(21_702))).toEqual({ ok: true, value: 10_851 });
    expect(convertTicks(microEuro, euro, ticks(10_851))).toEqual({ ok: true, value: 21_702 });
  });

  it("is refused where the other grid is too coarse for it", () => {
    expect(convertTicks(euro, microEuro, ticks(21_701))).toEqual({ ok: false, error: "off-tick" });
  });

  it("is the same price, or refused, for every pair of one family", () => {
    for (const from of ALL) {
      for (const to of ALL.filter((one) => one.family === from.family)) {
        fc.assert(
          fc.property(prices, (price) => {
            const converted = convertTicks(from, to, price);
            if (converted.ok) {
              expect(ticksToPoints(to, converted.value)).toBe(ticksToPoints(from, price));
            } else expect(to.root).toBe("M6E");
          }),
          { numRuns: 20 },
        );
      }
    }
  });
});

it("ten points on three MES are worth 150 dollars", () => {
  expect(worthOf(mes, distanceToTicks(mes, 10), 3)).toBe(dollars(150));
});
