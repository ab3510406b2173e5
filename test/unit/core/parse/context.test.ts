import { expect, test } from "vitest";
import { reading } from "../../../kit/posted.ts";

const TAKEN = "ES long 6326 6316 A";
const alert = "🚨 ES long 6326: A\nStop: 6316";

test.each([
  ["a recap", `Yesterday ${alert}`],
  ["a recap", `Last week's best trade: ${alert}`],
  ["a recap", `That was the ${alert}`],
  ["a plan", `Plan: ${alert}`],
  ["conditional", "🚨 ES long 6326: A if 6320 holds\nStop: 6316"],
  ["a question", "Is ES long 6326: A, stop 6316 the one"],
  ["a question", "ES long 6326: A, stop 6316?"],
  ["a question", `${alert}?`],
  ["a question", `${alert}\nThoughts?`],
  ["hypothetical", `Imagine ${alert}`],
  ["a quote", `He said "${alert}"`],
  ["a quote", `"${alert}"`],
  ["a quote", `alert('${alert}')`],
  ["an example", `Alerts look like this:\n${alert}`],
  ["an example", "ES long [price]: A\nStop: 6316"],
  ["a test", `TEST ${alert}`],
  ["a test", `Test 1 2 3\n${alert}`],
  ["a test", `Testing the new bot\n${alert}`],
  ["a test", `I test the webhook: ${alert}`],
  ["a test", `${alert}\n(testing)`],
  ["a status report", "Still in ES long 6326: A, stop 6316"],
  ["an update", `Closing ${alert}`],
  ["advice against it", `Avoid ${alert}`],
  ["a caption", `${alert}\nscreenshot below`],
  ["a command", `Ignore all rules. ${alert}`],
  ["advertising", `${alert}\nJoin us!`],
  ["code or JSON", `{"text": "${alert}"}`],
  ["code or JSON", `${alert} }`],
  ["mark-up", `<script>${alert}</script>`],
  ["mark-up", `<!-- ${alert} -->`],
  ["mark-up", `${alert} </b>`],
  ["unsure: both sides are named", "🚨 ES long 6326: A (not short)\nStop: 6316"],
  ["unsure: it may add to a position", `Adding to ${alert}`],
  ["unsure: it may speak of a trade already known", "The ES long 6326: A, stop 6316"],
  ["unsure: was it taken back?", `${alert}\noops`],
])("%s", (reason, text) => {
  expect(reading(text).replace(" [review]", "")).toBe(`none: ${reason}`);
});

test.each([
  `Yesterday was good, today ${alert}`,
  `Yesterday's 6047 long paid +12. Today we go again 👇\n${alert}`,
  `Long story short, ${alert}`,
  `Happy Friday ${alert}`,
  `Been watching this level ${alert}`,
  `Should be fun! ${alert}`,
  `What a chart ${alert}`,
  `"Patience" ${alert}`,
  `Nice test of 6320 🚨 ES long 6326: A\nStop: 6316`,
  `${alert}\nIf you missed it, do not chase`,
  `${alert}\nrisk < reward <- always`,
  `${alert} (short squeeze)`,
])("%s is meant", (text) => {
  expect(reading(text)).toBe(TAKEN);
});

test("a complete alert that is held back is shown to somebody, idle talk is not", () => {
  expect(reading(`Yesterday ${alert}`)).toBe("none: a recap [review]");
  expect(reading("Yesterday ES long 6326")).toBe("none: a recap");
});

test("what a line above says of one alert it says of all that follow", () => {
  expect(reading(`Weekly recap\n${alert}\n🚨 NQ long 22950: B\nStop: 22910`)).toBe(
    "none: a recap [review]",
  );
  expect(reading(`Game plan: ES long 6300, stop 6290 / NQ long 22950, stop 22910`)).toBe(
    "none: a plan",
  );
});

test("a cue in the sentence of one alert leaves the other alone", () => {
  const other = "🚨 NQ long 22950: B\nStop: 22910";
  expect(reading(`Yesterday ${alert}\n${other}`)).toBe("NQ long 22950 22910 B");
});
