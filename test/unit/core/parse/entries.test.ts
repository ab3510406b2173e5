import { expect, test } from "vitest";
import { reading } from "../../../kit/posted.ts";

test.each([
  ["no stop", "🚨 ES long 6326: A"],
  ["stop: two different stops", "🚨 ES long 6326: A\nStop: 6316\nHard stop: 6310"],
  ["entry: a range instead of one price", "🚨 ES long 6326-6324: A\nStop: 6316"],
  ["more than one contract is named", "🚨 ES/NQ long 6326: A\nStop: 6316"],
  ["targets: a range instead of one target", "🚨 ES long 6326: A\nStop: 6316\nT1: 6333-6335"],
  ["entry: a range instead of one price", "🚨 ES long 6326: A\nStop: 6316\nEntry: 6326-6324"],
  ["two entry prices", "🚨 ES long 6326: A\nStop: 6316\nEntry: 6320"],
  ["a status report", "🚨 ES long 6326: A\nStop: 6316 unchanged"],
  ["part of the alert is struck out", "🚨 ~~NQ~~ ES long 6326: A\nStop: 6316"],
  ["the size letter is missing", "🚨 ES long 6326\nStop: 6316"],
  ["the size letter is missing", "ES long 6326\n🛑 Stop: 6316"],
  ["a lone letter that may be the size", "ES short here 6390, stop 6398, B"],
  ['what does "buddy" mean here?', "Hi buddy ES long 6326: A, stop 6316"],
  ['what does "painful" mean here?', "ES long 6326 painful, stop 6316"],
])("%s", (why, text) => {
  expect(reading(text)).toMatch(
    new RegExp(`^none: (unsure: )?${why.replace("?", "\\?")} \\[review]$`),
  );
});

test.each([
  ["NQ long 22950, stop 22910, target 23010", "NQ long 22950 22910 - t23010"],
  ["ES long 6326\nStop: 6316\nT1: 6333", "ES long 6326 6316 - t6333"],
  ["🚨 ES long 6326: A\nStop: 6316\nEntry: 6326", "ES long 6326 6316 A"],
  ["🚨 ES long 6326: A\nStop: 6316\nIn 30 seconds CPI", "ES long 6326 6316 A"],
  ["🚨 ES long SCALP 6326: A GAMMA\nStop: 6316", "ES long 6326 6316 A #SCALP #GAMMA"],
  ["~~🚨 ES long 6326: A\nStop: 6316~~\n🚨 ES long 6320: B\nStop: 6311", "ES long 6320 6311 B"],
  ["Symbol: ES\nAccount: main\nSide: Buy\nEntry: 6326\nStop: 6316", "ES long 6326 6316 -"],
  ["ES long 6326: A, nice and easy\nStop: 6316", "ES long 6326 6316 A"],
])("%s: %s", (text, expected) => {
  expect(reading(text)).toBe(expected);
});
