import { expect, test } from "vitest";
import { err, ok, type Result } from "../../../src/std/result.ts";

const half = (n: number): Result<number, string> => (n % 2 === 0 ? ok(n / 2) : err(`${n} is odd`));

test("a result is a value", () => {
  expect(half(4)).toEqual({ ok: true, value: 2 });
});

test("or an explanation why there is none", () => {
  expect(half(5)).toEqual({ ok: false, error: "5 is odd" });
});
