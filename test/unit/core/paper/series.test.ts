import { describe, expect, test } from "vitest";
import { accountId } from "../../../../src/core/model/ids.ts";
import { millis } from "../../../../src/core/model/units.ts";
import { hasGivenOut, seriesSince } from "../../../../src/core/paper/series.ts";

const ID = accountId("paper");
const EARLY = millis(1_700_000_000_000);
const LATE = millis(1_800_000_000_000);
const books = (series: string) => ({ id: ID, series, orderCount: 7, fillCount: 3 });

describe("books", () => {
  test("have given out the names they have counted up to, and no further", () => {
    const account = books(ID);
    expect(hasGivenOut(account, "paper-o7")).toBe(true);
    expect(hasGivenOut(account, "paper-o8")).toBe(false);
    expect(hasGivenOut(account, "paper-f3")).toBe(true);
    expect(hasGivenOut(account, "paper-f4")).toBe(false);
  });

  test("that were made anew gave out all names of before", () => {
    const account = books(seriesSince(ID, LATE));
    expect(hasGivenOut(account, "paper-o4711")).toBe(true);
    expect(hasGivenOut(account, `${seriesSince(ID, EARLY)}-f4711`)).toBe(true);
    expect(hasGivenOut(account, `${seriesSince(ID, LATE)}-o7`)).toBe(true);
    expect(hasGivenOut(account, `${seriesSince(ID, LATE)}-o8`)).toBe(false);
  });

  test("that have lost their being made anew show it by the names of then", () => {
    expect(hasGivenOut(books(ID), `${seriesSince(ID, LATE)}-o1`)).toBe(false);
    expect(hasGivenOut(books(seriesSince(ID, EARLY)), `${seriesSince(ID, LATE)}-f1`)).toBe(false);
  });

  test("say nothing about names they do not count", () => {
    expect(hasGivenOut(books(ID), "leg")).toBe(true);
    expect(hasGivenOut(books(ID), "other-o99")).toBe(true);
    expect(hasGivenOut(books("strange"), "paper-o99")).toBe(true);
  });
});
