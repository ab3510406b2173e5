import { expect, test } from "vitest";
import type { Authors } from "../../../../src/core/model/format.ts";
import { mayGiveAlerts } from "../../../../src/core/parse/author.ts";

const ALLOWED: Authors = { ids: ["7"], names: ["JMoney", "twi_jmoney", "Twinsight Bot #7577"] };

test("the whole name counts, without regard to case or width", () => {
  for (const name of ["JMoney", "jmoney", "JMONEY", "ＪＭｏｎｅｙ", "twinsight bot #7577"]) {
    expect(mayGiveAlerts({ author: name }, ALLOWED)).toBe(true);
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
    expect(mayGiveAlerts({ author: name }, ALLOWED)).toBe(false);
  }
});

test("a source without authors is trusted, and so is every author where none are listed", () => {
  expect(mayGiveAlerts({ author: null }, ALLOWED)).toBe(true);
  expect(mayGiveAlerts({ author: "anyone" }, null)).toBe(true);
  expect(mayGiveAlerts({ author: "anyone" }, { ids: [], names: [] })).toBe(false);
});

test("where there is an id, the name says nothing", () => {
  expect(mayGiveAlerts({ author: "somebody else", authorId: "7" }, ALLOWED)).toBe(true);
  expect(mayGiveAlerts({ author: "JMoney", authorId: "8" }, ALLOWED)).toBe(false);
});
