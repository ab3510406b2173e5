import { describe, expect, test } from "vitest";
import { type Format, PLAIN_FORMAT } from "../../../../src/core/model/format.ts";
import type { Message } from "../../../../src/core/model/message.ts";
import { OPEN_ROOM } from "../../../../src/core/model/room.ts";
import { millis } from "../../../../src/core/model/units.ts";
import { explainMessage } from "../../../../src/core/parse/explain.ts";
import { numberLines } from "../../../../src/core/parse/explain-numbers.ts";
import type { Parsed } from "../../../../src/core/parse/outcome.ts";
import type { ParseSettings } from "../../../../src/core/parse/read-message.ts";
import { tokensOf } from "../../../../src/core/parse/tokenizer.ts";
import { posted } from "../../../kit/posted.ts";

const ALERT = "🚨 ES long 6326: A\nStop: 6316";

/** Every stage as `name: line | line`. */
function stages(
  text: string,
  more: Partial<Message> = {},
  settings: Partial<ParseSettings> = {},
): readonly string[] {
  const explained = explainMessage(posted(text, more), { ...OPEN_ROOM, ...settings });
  return explained.stages.map(({ stage, lines }) => `${stage}: ${lines.join(" | ")}`);
}

const stageOf = (name: string, ...about: Parameters<typeof stages>): string | undefined =>
  stages(...about).find((one) => one.startsWith(`${name}: `));

test("an alert is followed from its text to its numbers", () => {
  const text = "**ES long 6,326**: A <@123>\n10 pt stop, T1 6333\nGamma flip is 6350";
  expect(stages(text)).toEqual([
    "event: a new message",
    "author: nobody named; everybody is heard in this room",
    "text: 66 characters | **ES long 6,326**: A <@123> | 10 pt stop, T1 6333 | Gamma flip is 6350",
    "characters: nothing to clean",
    "mark-up: ES long 6,326: A  <mention>  | 10 pt stop, T1 6333 | Gamma flip is 6350",
    expect.stringMatching(/^words: \[ES\] long 6,326 : a .*\/ 10 pt stop , t1 6333 \/ gamma flip/),
    "context: nothing in it speaks against an alert",
    "alerts: ES long 6326: complete",
    'numbers: ES entry 6326: in "[es] long 6,326 : a" | ES stop 6316: 10 from the entry, in "10 pt stop" | ES target 6333: in "stop , t1 6333" | no price of it: 6350'.replace(
      "[es]",
      "es",
    ),
    "limits: ES: prices from 3000 to 8000, a stop within 50 points | on the tick grid, stop and targets on their sides",
  ]);
});

describe("the event", () => {
  test.each<[string, Partial<Message>]>([
    ["it was deleted; a deletion opens nothing", { event: "delete" }],
    [
      'an edit, which never opens a trade; before it said "ES long"',
      { event: "edit", previous: "ES\nlong" },
    ],
    [
      "an edit, which never opens a trade; before it said something that is not known here",
      { event: "edit" },
    ],
    ["forwarded: somebody's message from elsewhere", { nature: "forward" }],
    ["written by the platform, not by a person", { nature: "system" }],
    [`a reply to "${"x".repeat(80)}..."`, { referenced: "x".repeat(90) }],
    ["a reply to something that is not known here", { replyTo: "7" }],
  ])("%s", (line, more) => {
    expect(stageOf("event", ALERT, more)).toBe(`event: ${line}`);
  });
});

describe("the author", () => {
  const authors = { ids: ["77"], names: ["JMoney"] };

  test("is heard by his id, or by his name where there is none", () => {
    expect(stageOf("author", ALERT, { author: "x", authorId: "77" }, { authors })).toBe(
      "author: x is heard, by the id 77",
    );
    expect(stageOf("author", ALERT, { author: "jmoney" }, { authors })).toBe(
      "author: jmoney is heard, by the name",
    );
  });

  test("who is not heard ends the story", () => {
    expect(stages(ALERT, { author: "JM0ney" }, { authors })).toEqual([
      "event: a new message",
      "author: JM0ney is not heard: the name is none of JMoney",
    ]);
    const format = { ...PLAIN_FORMAT, authors: { ids: [], names: [] } };
    expect(stageOf("author", ALERT, { authorId: "5" }, { format })).toBe(
      "author: 5 is not heard: the id 5 is none of those listed: there are none",
    );
  });
});

describe("a text that cannot be read", () => {
  test("is too long", () => {
    expect(stages("x".repeat(4_001)).at(-1)).toBe("text: longer than 4000 characters");
  });

  test("turns its characters around", () => {
    expect(stages(`ES long \u202e6236`).at(-1)).toMatch(/^characters: the shown text differs/);
  });

  test("has too many words", () => {
    expect(stages("! ".repeat(1_800)).at(-1)).toBe("words: too many of them");
  });
});

test("characters that were cleaned are shown, and long texts are cut", () => {
  expect(stageOf("characters", "ＥＳ long 6326: A\nStop: 6316")).toBe(
    "characters: ES long 6326: A | Stop: 6316",
  );
  expect(stageOf("words", "word ".repeat(70))).toMatch(/word \.\.\. and 10 more$/);
  expect(stageOf("text", "a\n".repeat(30))).toMatch(/^text: 60 characters( \| a){12}$/);
});

test("cards are counted", () => {
  expect(stageOf("text", "", { embeds: [{ title: ALERT }] })).toMatch(
    /^text: \d+ characters, with 1 embedded/,
  );
});

test("the room's own words that occur are explained", () => {
  const format: Format = {
    ...PLAIN_FORMAT,
    name: "room",
    words: { reload: "long", drill: "short" },
    symbols: { spoos: "ES" },
    sizes: { full: "A" },
  };
  expect(stageOf("format room", "Reload spoos 6326, full\nStop 6316", {}, { format })).toBe(
    'format room: "reload" stands for long | "spoos" stands for ES | "full" stands for size A',
  );
  expect(stageOf("format room", ALERT, {}, { format })).toBeUndefined();
});

describe("what speaks against it", () => {
  test.each([
    ["ES long 6326 today", "ES long 6326: "],
    ["Yesterday's ES long 6326: A, stop 6316", "ES long 6326: not meant as an alert (a recap)"],
    ["good morning", "no contract, side and price stand together"],
    ["🚨 ES long 6326-6330: A\nStop: 6316", "ES long at an unclear price: unsure"],
    [
      "Stopped on ES. Re-entering ES long 6326: A\nStop: 6316",
      "ES long 6326, a re-entry: complete",
    ],
  ])("%s", (text, line) => {
    expect(stageOf("alerts", text)).toContain(`alerts: ${line}`);
  });

  test("in the message as a whole", () => {
    expect(stageOf("context", `${ALERT} {"price": 1}`)).toBe("context: code or JSON");
  });
});

describe("what is read beside alerts", () => {
  const sentAt = millis(Date.UTC(2026, 10, 18, 15));

  test("updates, each in words", () => {
    expect(stageOf("updates", "T1 hit on ES. Trim half, stop to BE")).toBe(
      "updates: ES target 1 hit | ES trim 50 % | ES stop to breakeven",
    );
    expect(stageOf("updates", ALERT)).toBeUndefined();
    const again = "Stopped on ES. Re-entering ES long 6326: A\nStop: 6316";
    expect(stageOf("updates", again)).toBe("updates: first: ES stopped");
  });

  test("an option and where its numbers stand", () => {
    const text = "BTO 3 META 770C 12/18/2026 @ 3.10 PT 30% SL 50%";
    expect(stages(text, { sentAt }).slice(-2)).toEqual([
      "other markets: long META 770 call 2026-12-18 x3 at 3.1, stop -50 %, targets +30 %",
      expect.stringMatching(
        /^numbers: META quantity 3: .*META strike 770: .*META entry 3.1: .*META stop in % 50: .*META target in % 30: .*no price of it: 12, 18, 2026$/,
      ),
    ]);
    const exit = "STC META 770C 12/18/2026 @ 3.90 trim 25%";
    expect(stageOf("other markets", exit, { sentAt })).toBe(
      "other markets: trim 25 % META 770 call 2026-12-18 at 3.9",
    );
    expect(stageOf("numbers", exit, { sentAt })).toMatch(/META strike 770: .*META price 3.9: /);
  });

  test("two equal numbers each in their own place", () => {
    const text = "BTO 3 META 770C 12/18/2026 @ 3.00";
    expect(stageOf("numbers", text, { sentAt })).toMatch(
      /META quantity 3: in "bto 3 meta 770" .* META entry 3: in "\/ 2026 @ 3.00" \|/,
    );
  });

  test("a currency", () => {
    expect(stageOf("other markets", "XAUUSD BUY 4329\nSL 4320\nTP 4334")).toBe(
      "other markets: long XAUUSD at 4329, stop 4320, targets 4334",
    );
    expect(stageOf("numbers", "XAUUSD BUY 4329\nSL 4320\nTP 4334")).toMatch(/XAUUSD target 4334/);
  });

  test("an option that is not kept whole", () => {
    expect(stageOf("other markets", "STC the rest, all out")).toBe(
      "other markets: it speaks of an option or a currency",
    );
  });

  test("an object of a platform is not looked through for words", () => {
    const json = '{"ticker":"MES1!","action":"buy","price":6326.25,"stop":6316.25}';
    expect(stageOf("JSON", json)).toBe("JSON: an object of a trading platform, read key by key");
    expect(stageOf("alerts", json)).toBeUndefined();
    expect(stageOf("alerts", json, { event: "edit" })).toBeDefined();
  });
});

describe("the numbers of an outcome", () => {
  const linesFor = (text: string, parsed: Parsed): readonly string[] =>
    numberLines(tokensOf(text, null) ?? [], parsed);

  test("of updates", () => {
    const update: Parsed = {
      kind: "update",
      updates: [
        { action: "move_stop", instrument: "ES", stop: 6320 },
        { action: "trim", instrument: "ES", share: 500, price: 6333 },
        { action: "close", instrument: null, price: null },
        { action: "cancel", instrument: null },
      ],
    };
    expect(linesFor("stop to 6320\ntrim half at 6333 here", update)).toEqual([
      'new stop 6320: in "stop to 6320"',
      'price of trim 6333: in "trim half at 6333 here"',
    ]);
  });

  test("that are not in the message come from the one it changes", () => {
    const update: Parsed = {
      kind: "update",
      updates: [{ action: "move_stop", instrument: "ES", stop: 6320 }],
    };
    expect(linesFor("-6320.5 and 7", update)).toEqual([
      "new stop 6320: not in the words of this message itself",
      "no price of it: -6320.5, 7",
    ]);
  });

  test("of a message that comes to nothing", () => {
    expect(linesFor("at 9 today", { kind: "none", reason: "", review: false })).toEqual([
      "no price of it: 9",
    ]);
  });
});

test("limits are shown by family, once", () => {
  const text = `${ALERT}\n\n🚨 NQ long 22950: B\nStop: 22910`;
  expect(stageOf("limits", text)).toMatch(/^limits: ES: .* \| NQ: prices from 10000 .* \| on the/);
});
