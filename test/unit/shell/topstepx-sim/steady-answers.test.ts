/** What was answered once is answered again, to the same caller, until the books move. */
import { expect, test } from "vitest";
import { endpoint, success } from "../../../../src/shell/topstepx-sim/envelope.ts";
import { steadyAnswers } from "../../../../src/shell/topstepx-sim/steady-answers.ts";

const list = endpoint("/api/List", { request: "List", isSteady: true }, {}, () => success());
const other = endpoint("/api/Other", { request: "Other", isSteady: true }, {}, () => success());

test("an answer is kept until the books move", () => {
  let moves = 0;
  const answers = steadyAnswers(() => moves);
  expect(answers.find(list, "{}", "anna")).toBeNull();
  answers.keep(list, "{}", "anna", "[1]");
  expect(answers.find(list, "{}", "anna")).toBe("[1]");
  moves += 1;
  expect(answers.find(list, "{}", "anna")).toBeNull();
});

test("another caller, question or call has an answer of its own", () => {
  const answers = steadyAnswers(() => 0);
  answers.keep(list, "{}", "anna", "[1]");
  expect(answers.find(list, "{}", "bert")).toBeNull();
  expect(answers.find(list, '{"accountId":1}', "anna")).toBeNull();
  expect(answers.find(other, "{}", "anna")).toBeNull();
});

test("of one call no more than 64 answers are kept", () => {
  const answers = steadyAnswers(() => 0);
  for (let index = 0; index <= 64; index++) answers.keep(list, String(index), "anna", "[]");
  expect(answers.find(list, "0", "anna")).toBeNull();
  expect(answers.find(list, "64", "anna")).toBe("[]");
});
