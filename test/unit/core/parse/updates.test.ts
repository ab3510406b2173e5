import { expect, test } from "vitest";
import { reading } from "../../../kit/posted.ts";

const card = (title: string, ...fields: readonly string[]): string =>
  reading("", {
    embeds: [
      {
        title,
        fields: fields.map((field) => {
          const [name = "", value = ""] = field.split(": ");
          return { name, value };
        }),
      },
    ],
  });

test.each([
  ["Target 2 Hit", ["Ticker: NQ", "Target 2: 22990", "Entry: 22950"], "target_hit NQ T2 22990"],
  ["🛑 Stop Loss Hit", ["Symbol: ES", "Exit: 6312", "Loss: -10"], "stopped ES 6312"],
  ["Trade closed", ["Symbol: ES", "Side: Long", "Entry: 6326", "Exit: 6338"], "close ES 6338"],
  ["Stop moved", ["Ticker: MES", "Entry: 6326", "New Stop: 6330"], "move_stop MES 6330"],
  ["Stop moved to breakeven", ["Ticker: MES", "Entry: 6326"], "stop_to_breakeven MES"],
  ["Trim 50%", ["Ticker: ES", "Price: 6333", "Profit: +7"], "trim ES 0.5 6333"],
  ["Order cancelled", ["Ticker: ES", "Entry: 6326"], "cancel ES"],
  ["T1 hit", ["Ticker: ES", "Target 1: -", "Exit: +7"], "target_hit ES T1"],
  ["T1 hit", ["Ticker: ES", "Stop: +", "Entry: 6326"], "target_hit ES T1"],
])("a card %s with %j", (title, fields, reads) => {
  expect(card(title, ...fields)).toBe(reads);
});

test("a trade told on one line is closed", () => {
  expect(reading("$ES IN: 6326 OUT: 6334 +8")).toBe("close ES 6334");
  expect(reading("IN: 6326 OUT: 6334 +8")).toBe("close 6334");
  expect(reading("IN: 6326 OUT: soon")).toBe("none: no alert in it");
});

test.each([
  ["ES T1 hit. NQ stopped. Stop to BE", "target_hit ES T1 + stopped NQ + stop_to_breakeven NQ"],
  ["T1 hit, letting NQ ride, ES stop to BE", "target_hit T1 + stop_to_breakeven ES"],
  ["Stop to BE, all out of NQ, ES", "stop_to_breakeven + close NQ + close ES"],
  ["Stopped out. Stopped out", "stopped"],
  ["ES and NQ\nstop to BE", "stop_to_breakeven ES + stop_to_breakeven NQ"],
  ["Stop to BE\nES", "stop_to_breakeven ES"],
  ["Out at 6334 of ES and NQ", "close ES 6334 + close NQ"],
])("%j speaks of the contracts it names", (text, reads) => {
  expect(reading(text)).toBe(reads);
});

test("the alert it answers gives the contract, and the text its own", () => {
  const alert = { referenced: "🚨 NQ long 22950: B\nStop: 22910" };
  expect(reading("stop to BE", alert)).toBe("stop_to_breakeven NQ");
  expect(reading("ES stop to BE", alert)).toBe("stop_to_breakeven ES");
  expect(reading("stop 22930", alert)).toBe("move_stop NQ 22930");
  expect(reading("out", { referenced: "gm everyone" })).toMatch(/^none: unsure: /);
  expect(reading("stop to BE", { referenced: "x".repeat(4_001) })).toBe("stop_to_breakeven");
  const two = { referenced: "🚨 ES long 6326: A\nStop: 6316\n🚨 NQ long 22950: B\nStop: 22910" };
  expect(reading("all out", two)).toBe("close");
});

test.each([
  ["move stop to 6322, stop to 6324", "two different stops"],
  ["raise stop to 6326.30 on ES", "stop 6326.3 is off the tick grid of ES"],
  ["stop to BE\n".repeat(13), "too many updates in one message"],
  ["stop\n".repeat(90), "more sentences than an instruction has"],
  [`stop to BE ${"now ".repeat(70)}`, "too long for an instruction"],
  ["Stop to 22", "no price of that contract; is it shortened?"],
  ["stop 6316", "an update in so few words, and of which trade?"],
  ["stop to BE, sandwich", 'what does "sandwich" mean here?'],
  ["Stop to BE 6326", "is it an update?"],
  ["Stop to BE. Out", "an update in so few words, and of which trade?"],
  ["careful, lighten up", "is it a suggestion to trim?"],
])("%j is shown to a person", (text, why) => {
  expect(reading(text)).toBe(`none: unsure: ${why} [review]`);
});

test.each([
  ["Recap:\nT1 hit\nstop to BE", "a recap"],
  ["Yesterday's trades 👇\nES stopped", "a recap"],
  ["T1 hit at 10:42", "no alert in it"],
])("%j is none: %s", (text, why) => {
  expect(reading(text)).toContain("none: ");
  expect(reading(text)).toMatch(why === "a recap" ? /a recap/ : /^none: /);
});

test.each([
  ["Both the targets hit", "target_hit T2"],
  ["Sold half at 6333. Sold a third at 6338", "trim 0.5 6333 + trim 0.333 6338"],
  ["Half off, runner to 6350", "trim 0.5"],
  ["Half off at 6333, T2 6338 next", "trim 0.5 6333"],
  ["T1 hit. Next one at 9:30", "target_hit T1"],
  ["Raise stop:6322", "move_stop 6322"],
  ["Stop to 6322 :)", "move_stop 6322"],
  ["Stop to 6322:", "move_stop 6322"],
  ["Stop to 6322:x", 'none: unsure: what does "x" mean here? [review]'],
  ["Stop to 6322:1234", 'none: unsure: what does "1234" mean here? [review]'],
])("%j is %s", (text, reads) => {
  expect(reading(text)).toBe(reads);
});

test.each([
  ["1st target hit on ES at 6333", "target_hit ES T1 6333"],
  ["Trimmed half of ES, 2nd scale", "trim ES 0.5 + trim ES some"],
  ["Did T1 hit on ES?", "none: a question"],
  ["T1 hit on ES?", "none: a question"],
  ["Is ES stop to BE", "none: a question"],
  ["Took two thirds off ES", "trim ES 0.667"],
  ["Trim 150% of ES", 'none: unsure: what does "150" mean here? [review]'],
  ["ES T1 hit 📸", "none: a caption"],
  ["Closed ES at 6326", "close ES 6326"],
  ["ES closed at 6326", "none: unsure: an update in so few words, and of which trade? [review]"],
])("%j by itself is %s", (text, reads) => {
  expect(reading(text)).toBe(reads);
});

test.each([
  ["BE", "stop_to_breakeven ES"],
  ["T1 🔥", "target_hit ES T1"],
  ["risk free", "stop_to_breakeven ES"],
])("%j in reply to an alert is %s", (text, reads) => {
  expect(reading(text, { referenced: "🚨 ES long 6326: A\nStop: 6316" })).toBe(reads);
});

test("talk beside an update does not take it back", () => {
  expect(reading("Stop to BE. What a lovely sandwich I had today by the river.")).toBe(
    "stop_to_breakeven",
  );
});

/** Each by itself: a failure of one must not hide what the others say. */
test.each([
  ["the same price", "Out of ES at 6321. Out of ES at 6321", "close ES 6321"],
  ["two prices", "Out of ES at 6321. Out of ES at 6325", "close ES 6321 + close ES 6325"],
  ["a price first", "Out of ES at 6321. All out of ES", "close ES 6321"],
  ["a price behind", "All out of ES. Out of ES at 6321", "close ES 6321"],
  ["no price", "All out of ES. ES: all out", "close ES"],
  ["a price in two shapes", "Cut it here, out at 6321", "close 6321"],
  ["the contract behind", "Out at 6321 on ES. ES: out at 6321", "close ES 6321"],
  ["nothing to price", "Stop to BE on ES. ES stop to BE", "stop_to_breakeven ES"],
  ["the same stop", "ES stop to 6330. Stop to 6330 on ES", "move_stop ES 6330"],
  ["the same share", "Trim half of ES. ES: trim half", "trim ES 0.5"],
  ["a target of two", "Both targets hit. T2 hit at 6338", "target_hit T2 6338"],
])("what is told twice is done once, with %s", (_, text, reads) => {
  expect(reading(text)).toBe(reads);
});

test.each([
  ["Out of ES 6316 -10", "close ES 6316"],
  ["Took two thirds off ES at 6333", "trim ES 0.667 6333"],
  ["Exited 100.0% of ES", "close ES"],
  ["Are we out of ES at 6334?", "none: a question"],
  ["Is T1 hit on ES", "none: a question"],
  ["ES stop BE", "stop_to_breakeven ES"],
  ["ES stop to 6330. ES stop to 6330", "move_stop ES 6330"],
  ["ES stop to 6330. ES stop to 6331", "none: unsure: two different stops [review]"],
  ["Out of ES, c'\u00e9tait bien", `none: unsure: what does "c'\u00e9tait" mean here? [review]`],
])("%j is read as %s", (text, reads) => {
  expect(reading(text)).toBe(reads);
});

test("a cheer below an alert says that its target was hit", () => {
  const alert = { referenced: "\u{1F6A8} ES long 6326: A\nStop: 6316" };
  expect(reading("T1 \u{1F525}", alert)).toBe("target_hit ES T1");
});
