import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { millis } from "../../../../src/core/model/units.ts";
import { clockOffset } from "../../../../src/shell/topstepx/clock-offset.ts";
import {
  codeName,
  isFinalStatus,
  isMutation,
  isUndecided,
} from "../../../../src/shell/topstepx/codes.ts";
import { createRedactor } from "../../../../src/shell/topstepx/redactor.ts";
import { START } from "../../../kit/scripted-transport.ts";

describe("a code", () => {
  test.each([
    ["Order/place", 2, "OrderRejected"],
    ["Order/cancel", 2, "OrderNotFound"],
    ["Order/modify", 3, "Rejected"],
    ["Position/closeContract", 2, "PositionNotFound"],
    ["Position/closeContract", 5, "OrderRejected"],
    ["Position/partialCloseContract", 5, "InvalidCloseSize"],
    ["Position/partialCloseContract", 9, "AccountRejected"],
    ["History/retrieveBars", 4, "LimitInvalid"],
    ["Order/searchById", 1, "OrderNotFound"],
    ["Account/search", 3, "Code3"],
    ["Order/place", -1, "Code-1"],
  ] as const)("of %s is named by its call: %i is %s", (call, code, name) => {
    expect(codeName(call, code)).toBe(name);
  });

  test("leaves it open whether a change was made where the venue does not know", () => {
    expect(isUndecided("Order/place", 6)).toBe(true);
    expect(isUndecided("Order/modify", 5)).toBe(true);
    expect(isUndecided("Order/cancel", 4)).toBe(true);
    expect(isUndecided("Order/cancel", 5)).toBe(false);
    expect(isUndecided("Position/closeContract", 7)).toBe(true);
    expect(isUndecided("Position/partialCloseContract", 7)).toBe(true);
    expect(isUndecided("Order/place", 2)).toBe(false);
    expect(isMutation("Order/searchOpen")).toBe(false);
  });

  test("of a status says whether more will come", () => {
    const all = [0, 1, 2, 3, 4, 5, 6, 7, 8, 99];
    expect(all.filter(isFinalStatus)).toEqual([2, 3, 4, 5]);
  });
});

describe("the difference of the clocks", () => {
  const at = (n: number) => millis(START + n);

  test("is not known before the first answer", () => {
    expect(clockOffset().offset()).toBeNull();
  });

  test("is known to half a second and half the way of one answer", () => {
    const offset = clockOffset();
    offset.hear({ sentAt: at(0), receivedAt: at(100), date: at(0) });
    expect(offset.offset()).toBe(450);
  });

  test("is found to within the way of the quickest answers, and found again after a jump", () => {
    fc.assert(
      fc.property(fc.integer({ min: -9_000, max: 9_000 }), (truth) => {
        const offset = clockOffset();
        const hear = (n: number, ahead: number): void => {
          const date = Math.floor((START + n + 20 + ahead) / 1_000) * 1_000;
          offset.hear({ sentAt: at(n), receivedAt: at(n + 40), date: millis(date) });
        };
        for (let n = 0; n < 60; n += 1) hear(n * 1_037, truth);
        expect(Math.abs((offset.offset() ?? Number.NaN) - truth)).toBeLessThan(60);
        for (let n = 100; n < 160; n += 1) hear(n * 1_037, truth - 3_600_000);
        expect(Math.abs((offset.offset() ?? Number.NaN) - truth + 3_600_000)).toBeLessThan(60);
      }),
    );
  });

  test("is not learnt while our clock is being set", () => {
    const offset = clockOffset();
    offset.hear({ sentAt: at(3_600_000), receivedAt: at(0), date: at(0) });
    expect(offset.offset()).toBeNull();
  });
});

describe("words on their way out", () => {
  const KEY = 'the"key+of=the/user&';

  test("lose the key and every token, in each form", () => {
    const redactor = createRedactor(KEY);
    redactor.add("first-token");
    redactor.add("second-token");
    const said = [
      KEY,
      encodeURIComponent(KEY),
      JSON.stringify(KEY),
      Buffer.from(KEY).toString("base64"),
      Buffer.from(KEY).toString("base64url"),
      "first-token?access_token=second-token",
    ];
    const clean = said.map((words) => redactor.clean(`before ${words} after`));
    expect(clean.map((words) => words.replace(/["=]/g, ""))).toEqual([
      ...Array(5).fill("before [removed] after"),
      "before [removed]?access_token[removed] after",
    ]);
  });

  test("are one short line", () => {
    const redactor = createRedactor(KEY);
    expect(redactor.clean("a\r\nb\u0007c")).toBe("a b c");
    expect(redactor.clean("x".repeat(1_000_000))).toHaveLength(300);
  });

  test("keep what is too short to be a secret, and tokens long gone", () => {
    const redactor = createRedactor("abc");
    for (let n = 0; n < 20; n += 1) redactor.add(`token-number-${n}`);
    expect(redactor.clean("abc token-number-19")).toBe("abc [removed]");
    expect(redactor.clean("token-number-2")).toBe("token-number-2");
  });
});
