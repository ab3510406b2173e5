import { expect, test } from "vitest";
import { mayGiveAlerts } from "../../../../src/core/parse/author.ts";

const ALLOWED = ["JMoney", "twi_jmoney", "Twinsight Bot #7577"];

test("the whole name counts, without regard to case or width", () => {
  for (const name of ["JMoney", "jmoney", "JMONEY", "ＪＭｏｎｅｙ", "twinsight bot #7577"]) {
    expect(mayGiveAlerts(name, ALLOWED)).toBe(true);
  }
});

test("parts, extensions and look-alikes of a name are strangers", () => {
  for (const name of [
    "J",
    "Money",
    "JMoney_fan",
    "JM0ney",
    "JМoney",
    " JMoney",
    "",
    "jmoney\u200b",
  ]) {
    expect(mayGiveAlerts(name, ALLOWED)).toBe(false);
  }
});

test("a source without authors is trusted, and so is every author where none are listed", () => {
  expect(mayGiveAlerts(null, ALLOWED)).toBe(true);
  expect(mayGiveAlerts("anyone", null)).toBe(true);
  expect(mayGiveAlerts("anyone", [])).toBe(false);
});
