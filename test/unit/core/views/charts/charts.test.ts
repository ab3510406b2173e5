/** Charts: what is drawn where, and that nothing gets prettier by being drawn. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addDays, tradeDate, tradeDateOf } from "../../../../../src/core/model/trade-date.ts";
import { millis } from "../../../../../src/core/model/units.ts";
import { barChart, histogram } from "../../../../../src/core/views/charts/bars.ts";
import { dateTicks } from "../../../../../src/core/views/charts/dates.ts";
import { PLOT, svgOf } from "../../../../../src/core/views/charts/frame.ts";
import { lineChart } from "../../../../../src/core/views/charts/line.ts";
import { pictureOf } from "../../../../../src/core/views/charts/picture.ts";
import { scatterChart } from "../../../../../src/core/views/charts/scatter.ts";
import { thinned } from "../../../../../src/core/views/charts/thinned.ts";
import { tradeChart } from "../../../../../src/core/views/charts/trade.ts";

const TOLD = { title: "A title", says: "What is <seen>." };
const texts = (svg: string) => [...svg.matchAll(/<text[^>]*>([^<]*)/g)].map(([, text]) => text);
const numbersOf = (svg: string, name: string) =>
  [...svg.matchAll(new RegExp(`${name}="(-?[\\d.]+)"`, "g"))].map(([, value]) => Number(value));

describe("a line", () => {
  const equity = {
    ...{ ...TOLD, values: [100, 120, 80, 110], ticks: [], base: 100 },
    look: "equity",
  } as const;

  test("runs from margin to margin, and its name and sentence can be found", () => {
    const svg = svgOf(lineChart({ ...equity, ticks: [{ value: 1, label: "one" }] }), "e").text;
    expect(svg).toContain('role="img"');
    expect(svg).toContain('aria-labelledby="et ed"');
    expect(svg).toContain(
      '<title id="et">A title</title><desc id="ed">What is &lt;seen&gt;.</desc>',
    );
    expect(svg).toContain(`class="equity line" d="M${PLOT.left} `);
    expect(texts(svg)).toContain("one");
  });

  test("leaves out a label that would be cut off", () => {
    const ticks = [{ value: 3, label: "September 2026" }];
    expect(texts(svgOf(lineChart({ ...equity, ticks }), "e").text)).not.toContain("September 2026");
  });

  test("with many points keeps its lowest and its highest", () => {
    const change = fc.array(fc.integer({ min: -500, max: 500 }), {
      minLength: 3_000,
      maxLength: 5_000,
    });
    fc.assert(
      fc.property(change, (ys) => {
        const points = ys.map((y, x) => ({ x, y }));
        const few = thinned(points, 100);
        expect(few.length).toBeLessThanOrEqual(4 * 101);
        expect(Math.min(...few.map(({ y }) => y))).toBe(Math.min(...ys));
        expect(Math.max(...few.map(({ y }) => y))).toBe(Math.max(...ys));
        expect([few[0], few.at(-1)]).toEqual([points[0], points.at(-1)]);
        expect(few.every(({ x }, index) => index === 0 || x >= (few[index - 1]?.x ?? 0))).toBe(
          true,
        );
      }),
      { numRuns: 10 },
    );
    expect(thinned([{ x: 0, y: 1 }], 100)).toEqual([{ x: 0, y: 1 }]);
  });
});

describe("bars", () => {
  test("begin at zero, up for made and down for lost, and say what they are", () => {
    const bars = [
      { name: "A", value: 50, says: "A: $50" },
      { name: "B", value: -50, says: "B: -$50" },
      { name: "C", value: 0, says: "C: nothing" },
      { name: "D", value: 0.0001, says: "D: hardly" },
    ];
    const svg = svgOf(barChart({ ...TOLD, bars }), "b").text;
    const [up, down, none, thin] = [
      ...svg.matchAll(/<rect class="(\w+)"[^>]* y="([\d.]+)"[^>]* height="([\d.]+)"/g),
    ];
    expect(up?.[1]).toBe("up");
    expect(down?.[1]).toBe("down");
    expect(Number(up?.[2]) + Number(up?.[3])).toBeCloseTo(Number(down?.[2]), 1);
    expect(up?.[3]).toBe(down?.[3]);
    expect([none?.[3], thin?.[3]]).toEqual(["0", "1"]);
    expect(svg).toContain("<title>B: -$50</title>");
  });

  test("of many groups have short names, and not all of them", () => {
    const bars = Array.from({ length: 24 }, (_, index) => ({
      name: `somebody ${index}`,
      value: 1,
      says: "",
    }));
    const shown = texts(svgOf(barChart({ ...TOLD, bars }), "b").text).filter((text) =>
      text?.endsWith("…"),
    );
    expect(shown).toHaveLength(12);
    expect(shown[0]).toBe("so…");
  });

  test("of results hold wins or losses, never both, and every trade", () => {
    const amounts = fc.array(fc.integer({ min: -300, max: 300 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(amounts, (values) => {
        const svg = svgOf(histogram({ ...TOLD, values }), "h").text;
        const told = [
          ...svg.matchAll(
            /<rect class="(\w+)"[^>]*><title>(\d+) from \$(-?[\d.]+) to \$(-?[\d.]+)/g,
          ),
        ];
        expect(told.reduce((sum, [, , count]) => sum + Number(count), 0)).toBe(values.length);
        for (const [, look, , from, to] of told) {
          if (look === "up") expect(Number(from)).toBeGreaterThanOrEqual(0);
          else expect(Number(to)).toBeLessThanOrEqual(0);
        }
      }),
    );
  });
});

describe("a cloud of trades", () => {
  test("has dots for winners and crosses for the others, each place once", () => {
    const points = [
      ...Array.from({ length: 50 }, () => ({ x: 10, y: 100 })),
      { x: 10, y: -50 },
      { x: 40, y: 0 },
    ];
    const svg = svgOf(scatterChart({ ...TOLD, points, edge: "y = -x" }), "s").text;
    const path = (name: string) =>
      new RegExp(`class="${name} mark" d="([^"]*)"`).exec(svg)?.[1] ?? "";
    expect(path("win").match(/h0/g)).toHaveLength(1);
    expect(path("loss").match(/M/g)).toHaveLength(2);
  });

  test("of ten thousand trades takes less room than a letter", () => {
    const points = Array.from({ length: 10_000 }, (_, index) => ({
      x: (index * 37) % 500,
      y: ((index * 91) % 700) - 350,
    }));
    const svg = svgOf(scatterChart({ ...TOLD, points, edge: "y = x" }), "s").text;
    expect(svg.length).toBeLessThan(250_000);
  });
});

describe("dates below a line", () => {
  const days = (from: string, count: number) =>
    Array.from({ length: count }, (_, index) => addDays(tradeDate(from), index));

  test("of some weeks are days", () => {
    const labels = dateTicks(days("2026-03-02", 20)).map(({ label }) => label);
    expect(labels).toEqual(["Mar 2", "Mar 6", "Mar 10", "Mar 14", "Mar 18"]);
  });

  test("of a year are months, of a life years", () => {
    expect(dateTicks(days("2025-08-04", 400)).map(({ label }) => label)).toEqual([
      "Oct 2025",
      "Jan 2026",
      "Apr 2026",
      "Jul 2026",
    ]);
    expect(dateTicks(days("2001-01-02", 9_000)).map(({ label }) => label)).toEqual([
      "2005",
      "2010",
      "2015",
      "2020",
      "2025",
    ]);
    expect(dateTicks([tradeDate("1000-01-01"), ...days("2400-01-01", 60)]).length).toBeLessThan(5);
    expect(tradeDateOf(millis(0))).toBe("1970-01-01");
  });
});

describe("a trade", () => {
  const trade = {
    ...{ ...TOLD, isLong: true, decimals: 2, from: "09:00:00", to: "09:30:00 CT" },
    levels: [
      { name: "stop", price: 6316, look: "stop" },
      { name: "entry", price: 6326.25, look: "entry" },
      { name: "target 1", price: 6326.5, look: "target" },
    ],
    fills: [
      { at: 0, price: 6326.25, way: "in" },
      { at: 100, price: 6333, way: "out" },
    ],
    reach: null,
  } as const;

  test("shows where it was meant to end, and labels keep apart", () => {
    const svg = svgOf(tradeChart(trade), "t").text;
    expect(texts(svg)).toEqual(expect.arrayContaining(["stop 6316.00", "target 1 6326.50"]));
    const labels = [...svg.matchAll(/<text class="level"[^>]* y="([\d.]+)"/g)].map(([, y]) =>
      Number(y),
    );
    for (const [index, y] of labels.entries()) {
      if (index > 0) expect(y - (labels[index - 1] ?? 0)).toBeGreaterThanOrEqual(14);
    }
    expect(svg).not.toContain('class="reach"');
  });

  test("of a short sells first; how far it went is shaded; crowded labels stay inside", () => {
    const crowded = Array.from({ length: 8 }, (_, index) => ({
      ...{ name: `target ${index}`, price: 6316 + index / 100, look: "target" as const },
    }));
    const short = { ...trade, isLong: false, levels: crowded, reach: { low: 6310, high: 6330 } };
    const svg = svgOf(tradeChart(short), "t").text;
    expect(svg).toContain('class="reach"');
    expect(svg).toMatch(/class="in" d="M[\d. ]+m-5-5l5 9 5-9z"/);
    expect(Math.max(...numbersOf(svg, 'class="level" x="[\\d.]+" y'))).toBeLessThanOrEqual(170);
  });
});

test("a picture stands alone: its title, its style, nothing from anywhere", () => {
  const svg = pictureOf(barChart({ ...TOLD, bars: [{ name: "A", value: 1, says: "" }] }));
  expect(svg).toContain('xmlns="http://www.w3.org/2000/svg"');
  expect(svg).toContain(">A title</text>");
  expect(svg).toContain(".up{fill:");
  expect(svg.replace("http://www.w3.org/2000/svg", "")).not.toMatch(/https?:|url\(|@import/);
});
