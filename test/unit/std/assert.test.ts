import { describe, expect, it } from "vitest";
import { InvariantError, invariant, unreachable } from "../../../src/std/assert.ts";

describe("an invariant", () => {
  it("that holds is silent", () => {
    expect(() => invariant(true, "all is well")).not.toThrow();
  });

  it("that does not hold stops the program and says which rule broke", () => {
    expect(() => invariant(false, "a stop is a price")).toThrow(InvariantError);
    expect(() => invariant(false, "a stop is a price")).toThrow("Invariant: a stop is a price");
  });

  it("can be told from other errors by its name", () => {
    expect(new InvariantError("x").name).toBe("InvariantError");
    expect(new InvariantError("x")).toBeInstanceOf(Error);
  });
});

it("a switch that meets a case nobody wrote stops the program and shows the case", () => {
  const stranger = { kind: "unheard-of" } as never;
  expect(() => unreachable(stranger)).toThrow(
    'Invariant: every case is handled, found {"kind":"unheard-of"}',
  );
});
