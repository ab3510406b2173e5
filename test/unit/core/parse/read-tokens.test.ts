import { expect, test } from "vitest";
import { read, reading } from "../../../kit/posted.ts";

const es = "🚨 ES long 6326: A\nStop: 6316";
const nq = "🚨 NQ long 22950: B\nStop: 22910";

test("each alert of a message is judged alone, and what is left out is said", () => {
  expect(reading(`${es}\n${nq}`)).toBe("ES long 6326 6316 A + NQ long 22950 22910 B");
  expect(read(`${es}\n🚨 NQ long 22950: B`)).toMatchObject({
    entries: [{ instrument: "ES" }],
    leftOut: ["no stop"],
  });
});

test("the same alert twice is one alert", () => {
  expect(reading(`${es}\n${es}`)).toBe("ES long 6326 6316 A");
});

test.each([
  `${es}\n🚨 ES short 6326: A\nStop: 6336`,
  `${es}\n🚨 ES long 6320: A\nStop: 6310`,
  `${es}\n🚨 MES long 6326: A\nStop: 6316`,
  `${es}\n🚨 ES short 6326: A`,
  `${es}\n🚨 ES short 6326: A+\nStop: 6336`,
])("%s: which one is meant?", (text) => {
  expect(reading(text)).toBe("none: unsure: two alerts for one product [review]");
});

test("the reason a person should see comes before the one that matters less", () => {
  expect(reading(`Yesterday's ES long 6326\n🚨 NQ long 22950: B`)).toBe("none: no stop [review]");
});

test("more alerts than anyone posts at once are not read", () => {
  const many = ["ES", "NQ", "YM", "RTY", "CL", "GC", "SI"].map((root) => `${root} long 6326`);
  expect(reading(many.join("\n"))).toBe("none: unsure: too many alerts in one message [review]");
});

test.each([
  ["no contract is named", "🚨 long 6326: A\nStop: 6316"],
  ["neither long nor short", "🚨 ES 6326: A\nStop: 6316"],
  ["no entry price", "🚨 ES long: A\nStop: 6316"],
])("%s", (reason, text) => {
  expect(reading(text)).toBe(`none: unsure: ${reason} [review]`);
});

test.each(["ES long", "6326", "Good morning", "ES stop hunting below"])(
  "%s holds no alert",
  (text) => {
    expect(reading(text)).toBe("none: no alert in it");
  },
);
