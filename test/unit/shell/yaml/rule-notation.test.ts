import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { contracts } from "../../../../src/core/model/units.ts";
import {
  balance,
  capAmount,
  clock,
  date,
  lock,
  miniCount,
  source,
} from "../../../../src/shell/yaml/rule-notation.ts";
import { minis } from "../../../kit/firm-plans.ts";

describe("a time of the day", () => {
  it.each([
    ["15:10 CT", 910],
    ["16:59 ET", 959],
    ["00:30 ET", 1_410],
    ["00:00 CT", 0],
    ["23:59 CT", 1_439],
  ])("%s is minute %s in Chicago", (text, minute) => {
    expect(clock.read(text)).toBe(minute);
  });

  it.each(["15:10", "24:00 CT", "9:00 CT", "15:60 CT", "15:10 UTC", ""])("%s is none", (text) => {
    expect(clock.read(text)).toBeNull();
  });

  it("reads back as it was written", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_439 }), (minute) => {
        expect(clock.read(clock.write(minute))).toBe(minute);
      }),
    );
  });
});

describe("a cap", () => {
  it.each([
    ["3 minis", { unit: "minis", value: minis(3) }],
    ["1 mini", { unit: "minis", value: minis(1) }],
    ["0.4 minis", { unit: "minis", value: minis(0.4) }],
    ["2 contracts", { unit: "contracts", value: contracts(2) }],
    ["1 contract", { unit: "contracts", value: contracts(1) }],
    ["0 contracts", { unit: "contracts", value: contracts(0) }],
  ] as const)("%s", (text, amount) => {
    expect(capAmount.read(text)).toEqual(amount);
    expect(capAmount.write(amount)).toBe(text);
  });

  it.each(["3", "minis", "-1 minis", "0.4 contracts", "0.4444 minis"])("%s is none", (text) => {
    expect(capAmount.read(text)).toBeNull();
  });
});

describe("a source", () => {
  it.each([
    ["help centre: Topstep, article 1", { kind: "primary", text: "Topstep, article 1" }],
    ["secondary: a wiki", { kind: "secondary", text: "a wiki" }],
  ] as const)("%s", (text, read) => {
    expect(source.read(text)).toEqual(read);
    expect(source.write(read)).toBe(text);
  });

  it.each(["Topstep", "help centre: ", "secondary:  x", "hearsay: abc"])("%s is none", (text) => {
    expect(source.read(text)).toBeNull();
  });
});

it.each([
  [date(), "2026-02-28", true],
  [date(), "2026-02-29", false],
  [date(), 20_260_228, false],
  [miniCount(), 0, true],
  [miniCount(), 0.125, true],
  [miniCount(), 0.1255, false],
  [miniCount(), -1, false],
  [miniCount(), 1_001, false],
  [balance("any"), -2_000.0001, true],
  [balance("any"), -2_000.00001, false],
  [balance(0), 0, true],
  [balance(0), -0.01, false],
  [balance(0), 1_000_000_001, false],
  [lock(), "never", true],
  [lock(), "always", false],
  [lock(), -5, true],
  [lock(), 0.00001, false],
])("case %#: %s of it is taken: %s", (kind, value, isTaken) => {
  expect(kind.safeParse(value).success).toBe(isTaken);
});
