import { expect, test } from "vitest";
import { reading } from "../../../kit/posted.ts";

const ALERT = "🚨 ES long 6326: A\nStop: 6316\n@everyone";
const TWO = "🚨 ES long 6326: A\nStop: 6316\n🚨 NQ long 22950: B\nStop: 22910";
const edited = (text: string, previous: string | null = ALERT): string =>
  reading(text, { event: "edit", previous });

test.each([
  ALERT,
  `${ALERT} good luck`,
  "🚨 ES long 6326: A\nStop: 6316",
  "🚨🚨 ES  long 6326: A 🔥\n\nStop: **6316** @here",
  "🚨 es LONG 6326: a\nstop: 6,316",
])("an edit to %j changes nothing", (text) => {
  expect(edited(text)).toBe("none: an edit that changes nothing");
});

test.each([
  ["🚨 ES long 6326: A\nStop: 6318\n@everyone", "move_stop ES 6318"],
  ["🚨 ES long 6326: A\nStop: ~~6316~~ 6318", "move_stop ES 6318"],
  ["🚨 ES long 6326: A\nStop: 6330", "move_stop ES 6330"],
  ["🚨 ES long 6326: A\nStop: BE", "stop_to_breakeven ES"],
  ["🚨 ES long 6326: A CANCELLED\nStop: 6316", "cancel ES"],
  ["CANCELLED\n🚨 ES long 6326: A\nStop: 6316", "cancel ES"],
  ["~~🚨 ES long 6326: A\nStop: 6316~~", "cancel ES"],
  ["~~🚨 ES long 6326: A\nStop: 6316~~ CANCELLED", "cancel ES"],
  ["~~🚨 ES long 6326: A\nStop: 6316~~ stopped out", "stopped ES"],
  [`${ALERT}\nEDIT: stop to BE`, "stop_to_breakeven ES"],
  ["🚨 ES long 6326: A\nStop: 6316\nT1 ✅", "target_hit ES T1"],
  ["🚨 ES long 6326: A T1 ✅\nStop: 6316\nall out", "target_hit ES T1 + close ES"],
  [
    `${ALERT}\nUpdate: T1 hit, half off, stop to BE`,
    "target_hit ES T1 + trim ES 0.5 + stop_to_breakeven ES",
  ],
])("an edit to %j is %s", (text, reads) => {
  expect(edited(text)).toBe(reads);
});

test.each([
  ["🚨 ES long 6336: A\nStop: 6326", "an edit changed the entry of an alert"],
  ["🚨 ES short 6326: A\nStop: 6336", "an edit changed the side of an alert"],
  ["🚨 MES long 6326: A\nStop: 6316", "an edit changed the contract of an alert"],
  ["🚨 ES long 6326: B\nStop: 6316", "an edit changed an alert"],
  ["🚨 ES long 6326: A\nStop: 6316\nT1: 6335", "an edit changed an alert"],
  ["🚨 ES long 6326: A", "an edit changed an alert"],
  ["never mind", "an edit changed an alert"],
  [TWO, "an edit changed how many alerts there are"],
])("of an edit to %j a person is told", (text, reason) => {
  expect(edited(text)).toBe(`none: unsure: ${reason} [review]`);
});

test("one alert of two that is gone, or moved", () => {
  expect(edited(ALERT, TWO)).toBe(
    "none: unsure: an edit changed how many alerts there are [review]",
  );
  expect(edited(TWO.replace("22910", "22920"), TWO)).toBe("move_stop NQ 22920");
});

test("an edit never opens a trade", () => {
  const reason = "none: unsure: an edit made an alert of it [review]";
  expect(edited(ALERT, "gm")).toBe(reason);
  expect(edited(ALERT, null)).toBe(reason);
  expect(edited(ALERT, ALERT.replace("6316", "6361"))).toBe(reason);
  expect(edited("🚨 ES long 6326: D\nStop: 6316", "gm")).toBe(
    'none: unsure: unknown size "D" [review]',
  );
});

test("an edit of anything else counts for what is new in it", () => {
  expect(edited("hello", "hallo")).toBe("none: an edit");
  expect(edited("T1 hit, stop to BE", "T1 hit")).toBe("stop_to_breakeven");
  expect(edited("Stop now 6324", "Stop now 6322")).toBe("move_stop 6324");
  expect(edited("T1 hit everyone", "T1 hit")).toBe("none: an edit that changes nothing");
});

test("a text that cannot be read is said to be so", () => {
  expect(edited(ALERT.padEnd(4_001))).toBe(
    "none: unsure: the text is longer than 4,000 characters [review]",
  );
  expect(edited(ALERT, ALERT.padEnd(4_001))).toBe(
    "none: unsure: an edit made an alert of it [review]",
  );
});

test("an alert that is deleted is cancelled, anything else is nothing", () => {
  const deleted = (previous: string | null) => reading("", { event: "delete", previous });
  expect(deleted(ALERT)).toBe("cancel ES");
  expect(deleted(TWO)).toBe("cancel ES + cancel NQ");
  expect(deleted("hello")).toBe("none: a deleted message");
  expect(deleted("All out")).toBe("none: a deleted message");
  expect(deleted(null)).toBe("none: a deleted message");
});
