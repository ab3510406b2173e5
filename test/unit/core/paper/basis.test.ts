import { describe, expect, test } from "vitest";
import { millis, ticks } from "../../../../src/core/model/units.ts";
import { basisOf, constantOffset } from "../../../../src/core/paper/basis.ts";
import { tapeBuilder } from "../../../../src/core/paper/tape.ts";

const HOUR = 3_600_000;
const COLLAR = ticks(40);

/** A print a minute for ten hours, at 25,000 ticks moved by `offset` until `adjustedUntil`. */
function tapeMoved(offset: number, adjustedUntil = 10 * HOUR) {
  const tape = tapeBuilder({ instrument: "ES", resolution: millis(0) });
  for (let at = 0; at < 10 * HOUR; at += 60_000) {
    const price = 25_000 + (at < adjustedUntil ? offset : 0);
    tape.add(at, price, price, price, null);
  }
  return tape.finish();
}

/** Alerts an hour apart, each so many ticks beside 25,000. */
const alerts = (...distances: readonly number[]) =>
  distances.map((distance, hour) => ({
    at: millis(hour * HOUR + 1),
    price: ticks(25_000 + distance),
  }));

describe("the basis of alerts and prices", () => {
  test("is their median distance, and how far they scatter around it", () => {
    expect(basisOf(alerts(2, -3, 1, 0, 300), tapeMoved(0))).toEqual({
      compared: 5,
      offset: 1,
      spread: 1,
      from: 1,
      until: 4 * HOUR + 1,
    });
    expect(basisOf(alerts(0, 1, 2, 3), tapeMoved(231))).toMatchObject({
      offset: -230,
      compared: 4,
    });
  });

  test("counts only alerts the tape has a fresh price for", () => {
    const late = { at: millis(11 * HOUR), price: ticks(25_000) };
    const early = { at: millis(-1), price: ticks(25_000) };
    expect(basisOf([early, ...alerts(7), late], tapeMoved(0))).toMatchObject({
      compared: 1,
      offset: 7,
    });
    expect(basisOf([late], tapeMoved(0))).toBeNull();
    expect(basisOf([], tapeMoved(0))).toBeNull();
  });
});

describe("a constant offset", () => {
  test("is not seen between alerts and the prices they were made at", () => {
    expect(constantOffset(alerts(2, -3, 1, 0, 30, -20, 4), tapeMoved(0), COLLAR)).toBeNull();
  });

  test("is not seen in one mistyped alert, nor in alerts scattered all over", () => {
    expect(constantOffset(alerts(0, 1000, 1, -1, 2), tapeMoved(0), COLLAR)).toBeNull();
    expect(constantOffset(alerts(0, 900, -700, 400, -100), tapeMoved(0), COLLAR)).toBeNull();
    expect(constantOffset(alerts(1000, 1000), tapeMoved(0), COLLAR)).toBeNull();
  });

  test("gives away back-adjusted prices", () => {
    const found = constantOffset(alerts(2, -3, 1, 0, 4, 9), tapeMoved(231), COLLAR);
    expect(found).toMatchObject({ offset: -230, compared: 5, from: 1 });
    expect(constantOffset(alerts(2, -3, 1), tapeMoved(-231), COLLAR)).toMatchObject({
      offset: 232,
    });
  });

  test("is found where the adjustment covers only the older part, and newer alerts fit", () => {
    const tape = tapeMoved(231, 4 * HOUR);
    const stated = alerts(0, 1, 2, 1, 0, 1, 2, 0, 1);
    expect(basisOf(stated, tape)?.offset).toBe(0);
    expect(constantOffset(stated, tape, COLLAR)).toMatchObject({ offset: -230, from: 1 });
  });

  test("within the collar is left to risk, which judges each alert", () => {
    expect(constantOffset(alerts(0, 0, 0, 0, 0), tapeMoved(40), COLLAR)).toBeNull();
    expect(constantOffset(alerts(0, 0, 0, 0, 0), tapeMoved(41), COLLAR)).not.toBeNull();
  });
});
