import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { millis } from "../../../../src/core/model/units.ts";
import {
  chase,
  distance,
  duration,
  fees,
  type Notation,
  points,
  share,
  span,
} from "../../../../src/shell/yaml/notation.ts";

const timeout = duration(millis(1_000), millis(600_000));

/** A positive number as people write it: at most four decimals. */
const tenThousandths = fc.integer({ min: 1, max: 10_000_000 });
const number = tenThousandths.map((n) => n / 10_000);

describe("a distance", () => {
  it.each([
    ["7 points", { unit: "points", value: 7 }],
    ["1 point", { unit: "points", value: 1 }],
    ["0.25points", { unit: "points", value: 0.25 }],
    ["28 ticks", { unit: "ticks", value: 28 }],
    ["1 tick", { unit: "ticks", value: 1 }],
    ["0.7 R", { unit: "r", value: 0.7 }],
    ["price 6340.25", { unit: "price", value: 6340.25 }],
  ])("is read from %s", (text, value) => {
    expect(distance.read(text)).toEqual(value);
  });

  it.each(["7", "", "points", "-7 points", "0 points", "0 ticks", "1.5 ticks", "7 r", "7 pts"])(
    "is not read from %j",
    (text) => {
      expect(distance.read(text)).toBeNull();
    },
  );

  it.each(["7  points", " 7 points", "7 points\n", "7e1 points", "1,000 points", "price 0"])(
    "is not read from %j either",
    (text) => {
      expect(distance.read(text)).toBeNull();
    },
  );
});

describe("other notations", () => {
  it("read a span only when it widens", () => {
    expect(span.read("1 to 30 points")).toEqual({ min: 1, max: 30 });
    expect(span.read("30 to 30 points")).toBeNull();
    expect(span.read("0 to 30 points")).toBeNull();
    expect(span.read("30 points")).toBeNull();
  });

  it("read points above zero", () => {
    expect(points.read("0.15625 points")).toBe(0.15625);
    expect(points.read("0 points")).toBeNull();
    expect(points.read("10 ticks")).toBeNull();
  });

  it("read a chase as a share of the stop or as points, zero included", () => {
    expect(chase.read("20% of stop")).toEqual({ unit: "stop-share", value: 200 });
    expect(chase.read("12.5 % of stop")).toEqual({ unit: "stop-share", value: 125 });
    expect(chase.read("101% of stop")).toBeNull();
    expect(chase.read("2 points")).toEqual({ unit: "points", value: 2 });
    expect(chase.read("0 points")).toEqual({ unit: "points", value: 0 });
    expect(chase.read("20%")).toBeNull();
  });

  it("read a share above nothing and up to all of it", () => {
    expect(share.read("50%")).toBe(500);
    expect(share.read("33.3 %")).toBe(333);
    expect(share.read("100%")).toBe(1_000);
    expect(share.read("0%")).toBeNull();
    expect(share.read("100.1%")).toBeNull();
    expect(share.read("0.5")).toBeNull();
  });

  it("read durations within their bounds", () => {
    expect(timeout.read("30s")).toBe(30_000);
    expect(timeout.read("1.5 s")).toBe(1_500);
    expect(timeout.read("1000ms")).toBe(1_000);
    expect(timeout.read("10m")).toBe(600_000);
    expect(timeout.read("999ms")).toBeNull();
    expect(timeout.read("1h")).toBeNull();
    expect(timeout.read("30")).toBeNull();
    expect(timeout.read("30 seconds")).toBeNull();
  });

  it("read fees: the table, none, the usual flat fee or a stated one", () => {
    expect(fees.read("table")).toEqual({ kind: "table" });
    expect(fees.read("none")).toEqual({ kind: "none" });
    expect(fees.read("flat")).toEqual({ kind: "flat", roundTurn: 25_000 });
    expect(fees.read("flat 3.1")).toEqual({ kind: "flat", roundTurn: 31_000 });
    expect(fees.read("flat 3.12345")).toBeNull();
    expect(fees.read("flat -1")).toBeNull();
  });
});

describe("what is written", () => {
  const readsBack = <Value>(notation: Notation<Value>, values: fc.Arbitrary<Value>): void => {
    fc.assert(
      fc.property(values, (value) => {
        expect(notation.read(notation.write(value))).toEqual(value);
      }),
    );
  };

  it("reads back as the same value", () => {
    readsBack(points, number);
    readsBack(share, fc.integer({ min: 1, max: 1_000 }));
    readsBack(
      span,
      fc
        .tuple(tenThousandths, tenThousandths)
        .map(([min, more]) => ({ min: min / 10_000, max: (min + more) / 10_000 })),
    );
    readsBack(
      duration(millis(0), millis(3_600_000)),
      fc.integer({ min: 0, max: 3_600_000 }).map(millis),
    );
  });

  it("reads back in every unit", () => {
    readsBack(
      distance,
      fc.oneof(
        fc.record({ unit: fc.constantFrom("points", "r", "price"), value: number }),
        fc.record({ unit: fc.constant("ticks"), value: fc.integer({ min: 1, max: 10_000 }) }),
      ),
    );
    readsBack(
      chase,
      fc.oneof(
        fc.record({ unit: fc.constant("points"), value: number }),
        fc.record({ unit: fc.constant("stop-share"), value: fc.integer({ min: 0, max: 1_000 }) }),
      ),
    );
  });

  it("reads back for fees of every kind", () => {
    for (const text of ["table", "none", "flat 2.5", "flat 3.1"]) {
      const schedule = fees.read(text);
      expect(schedule && fees.write(schedule)).toBe(text);
    }
  });
});
