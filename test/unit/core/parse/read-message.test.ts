import fc from "fast-check";
import { expect, test } from "vitest";
import { PLAIN_FORMAT } from "../../../../src/core/model/format.ts";
import { OPEN_ROOM } from "../../../../src/core/model/room.ts";
import { readAtLength, readMessage } from "../../../../src/core/parse/read-message.ts";
import { settingsOf } from "../../../../src/core/parse/settings.ts";
import { posted, read, reading } from "../../../kit/posted.ts";

const ALERT = "🚨 ES long 6326: A\nStop: 6316\n@everyone";

test("only a listed author is heard", () => {
  const settings = { ...OPEN_ROOM, authors: { ids: [], names: ["JMoney"] } };
  expect(readMessage(posted(ALERT, { author: "jmoney" }), settings).kind).toBe("entries");
  expect(readMessage(posted(ALERT, { author: "JM0ney" }), settings)).toEqual({
    kind: "none",
    reason: "author not allowed",
    review: false,
  });
});

test("limits handed in replace the built-in ones", () => {
  const prices = { ES: { min: 100, max: 200, stopMax: 5 } };
  const settings = { ...OPEN_ROOM, format: { ...PLAIN_FORMAT, prices } };
  expect(readMessage(posted(ALERT), settings)).toMatchObject({ reason: "price out of range" });
});

test("what was forwarded, and what the chat itself says, is nobody's alert", () => {
  expect(reading(ALERT, { nature: "forward" })).toBe("none: a forwarded message");
  expect(reading("All out", { nature: "system" })).toBe("none: a system message");
});

test("what was edited before it was heard opens nothing, and is shown to somebody", () => {
  const edited = { nature: "edited" } as const;
  const late = "none: unsure: it was edited before it was heard [review]";
  expect(reading(ALERT, edited)).toBe(late);
  expect(read(ALERT, edited)).toMatchObject({ complete: { instrument: "ES" } });
  const two = `${ALERT}\n🚨 NQ long 22950: B\nStop: 22910`;
  expect(reading(two, edited)).toBe(late);
  expect(read(two, edited)).not.toHaveProperty("complete");
});

test("but what it says of trades that are open counts", () => {
  const edited = { nature: "edited" } as const;
  expect(reading("NQ: stop to BE", edited)).toBe("stop_to_breakeven NQ");
  expect(reading(`Closed NQ +20.\n${ALERT}`, edited)).toBe("close NQ");
  expect(reading("good morning all", edited)).toBe("none: no alert in it");
});

test("a text beyond the limit is not read, and somebody is told", () => {
  expect(reading(ALERT.padEnd(4_001))).toBe(
    "none: unsure: the text is longer than 4,000 characters [review]",
  );
  expect(reading(ALERT.padEnd(4_000))).toBe("ES long 6326 6316 A");
});

test("a room with words of its own reads talk as any other room does", () => {
  const format = { ...PLAIN_FORMAT, words: { reload: "long" } };
  for (const text of ["BTO SPY", "I like STO, he said"]) {
    expect(readMessage(posted(text), { ...OPEN_ROOM, format })).toEqual(
      readMessage(posted(text), OPEN_ROOM),
    );
  }
  expect(reading("BTO SPY 600")).toMatch(/the option is not named/);
});

test("so is a card", () => {
  expect(reading("", { embeds: [{ description: ALERT.padEnd(4_001) }] })).toMatch(/4,000/);
});

test("a text of noise is given up", () => {
  expect(reading(`${ALERT}\n${"! ".repeat(1_800)}`)).toBe(
    "none: unsure: too many words and signs [review]",
  );
});

test("a text whose look deceives is turned away", () => {
  expect(reading("🚨 ES long \u202e6236\u202c: A\nStop: 6226")).toMatch(
    /^none: unsure: .*\[review]$/,
  );
});

test("a message with nothing to read says so", () => {
  expect(reading("")).toBe("none: nothing to read");
  expect(reading("@everyone 🚨 https://www.tradingview.com/x/6326ESlong/")).toBe(
    "none: nothing to read",
  );
  expect(reading(`~~${ALERT}~~`)).toBe("none: struck out");
});

test("the short way and the long way read the same", () => {
  const price = fc.oneof(
    fc.integer({ min: 2_900, max: 8_100 }).map(String),
    fc.integer({ min: 1, max: 240_000 }).map((quarters) => String(quarters / 4)),
    fc.constantFrom("0", "06326", "6326.30", "66.40", "1.0850", "22950", "3.105", "118.5"),
  );
  const roots = fc.constantFrom(
    "ES",
    "MES",
    "NQ",
    "YM",
    "RTY",
    "M2K",
    "CL",
    "NG",
    "GC",
    "SI",
    "ZB",
    "6E",
    "M6E",
    "XX",
  );
  const parts = fc.tuple(
    fc.constantFrom("🚨 ", "", "🚨"),
    roots,
    fc.constantFrom("long", "short"),
    price,
    fc.constantFrom("A", "B", "C", "D"),
    fc.constantFrom("", " GAMMA", " SCALP"),
    price,
    fc.constantFrom("", "\n@everyone", "\n"),
  );
  const text = parts.map(
    ([alarm, root, side, entry, size, tag, stop, end]) =>
      `${alarm}${root} ${side} ${entry}: ${size}${tag}\nStop: ${stop}${end}`,
  );
  fc.assert(
    fc.property(text, (alert) => {
      expect(read(alert)).toEqual(readAtLength(posted(alert), settingsOf(PLAIN_FORMAT)));
    }),
    { numRuns: 2_000 },
  );
});

/** Pieces that alerts are made of, and pieces that parsers stumble over. */
const PIECES = [
  ..."ES long short buy NQ MES 6326 6316 6,326 6326.25 10 pt points stop Stop: SL S/L T1 TP target".split(
    " ",
  ),
  ..."A B C size GAMMA ( ) [ ] < > { } : - = / , ; . ! ? + $ @ | ~~ ** __ ` ``` ||".split(" "),
  ..."🚨 ✅ 🎯 📸 👇 🇺🇸 🅰 ½ ² → “ ” ' \" \\ # > >>> yesterday if was today re-entry stopped hit out".split(
    " ",
  ),
  ..."<@123456789012345678> <:a:1> :siren: https://a.com e.g. \u200b \u0301 \ufdfa \ud83d ١ 6E ESZ5 ES1!".split(
    " ",
  ),
  "\n",
  "\r\n",
  " ",
  "\u00a0",
  "\u0000",
];

test("no hostile text of up to 4,000 characters makes the parser throw or invent", () => {
  const pieces = fc.array(fc.constantFrom(...PIECES), { maxLength: 700, size: "max" });
  const joined = fc
    .tuple(pieces, fc.constantFrom("", " "))
    .map(([parts, blank]) => parts.join(blank));
  const noise = fc.string({ unit: "binary", maxLength: 4_000, size: "max" });
  const repeated = fc
    .tuple(
      fc.array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 6 }),
      fc.integer({ min: 1, max: 2_000 }),
    )
    .map(([parts, times]) => parts.join(" ").repeat(times));
  fc.assert(
    fc.property(fc.oneof(joined, noise, repeated), (text) => {
      const parsed = read(text.slice(0, 4_000));
      if (parsed.kind === "none") expect(parsed.reason).not.toBe("");
      if (parsed.kind === "entries") expect(parsed.entries.length).toBeGreaterThan(0);
    }),
    { numRuns: 300 },
  );
});

test("every price of an entry was written in the message", () => {
  const price = fc.integer({ min: 25_000, max: 26_000 }).map((ticks) => ticks / 4);
  const letter = fc.constantFrom("A", "B", "C");
  fc.assert(
    fc.property(price, price, letter, (entry, stop, size) => {
      const parsed = read(`🚨 ES long ${entry}: ${size}\nStop: ${stop}\nGamma flip 6350`);
      if (parsed.kind !== "entries") return;
      expect(parsed.entries).toMatchObject([
        { entry: entry * 4, stop: stop * 4, targets: [], size },
      ]);
    }),
  );
});
