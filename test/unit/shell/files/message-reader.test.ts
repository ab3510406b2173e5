import { describe, expect, test } from "vitest";
import type { Message } from "../../../../src/core/model/message.ts";
import { millis } from "../../../../src/core/model/units.ts";
import type { SourceFault } from "../../../../src/ports/alert-source.ts";
import { LINE_MAX } from "../../../../src/shell/files/lines.ts";
import { type MessageFormat, messageReader } from "../../../../src/shell/files/message-reader.ts";

function reading(format: MessageFormat | null = null) {
  const messages: Message[] = [];
  const faults: SourceFault[] = [];
  const origin = {
    source: "paste",
    where: "here",
    channel: "c",
    format,
    now: () => millis(7),
  } as const;
  const reader = messageReader(origin, {
    message: (message) => void messages.push(message),
    fault: (fault) => void faults.push(fault),
  });
  let number = 0;
  const lines = (...texts: readonly string[]) => {
    for (const text of texts) reader.line(text, ++number);
  };
  return { reader, messages, faults, lines };
}

describe("what arrives as text", () => {
  test("is records or texts by its first line, blank ones aside", () => {
    const records = reading();
    records.lines("", " ", '{"text":"one"}', "", "two");
    expect(records.messages.map(({ text }) => text)).toEqual(["one"]);
    expect(records.faults).toEqual([{ where: "here:5", reason: "expected one JSON object" }]);
    const texts = reading();
    texts.lines("one", "", '{"ticker":"ES1!"}', "");
    expect(texts.messages.map(({ text }) => text)).toEqual(["one", '{"ticker":"ES1!"}']);
  });

  test("is what it was said to be, whatever the first line looks like", () => {
    const texts = reading("texts");
    texts.lines('{"text":"one"}', "");
    expect(texts.messages.map(({ text }) => text)).toEqual(['{"text":"one"}']);
    const records = reading("records");
    records.lines("one");
    expect(records.faults.length).toBe(1);
  });

  test("without an id gets one from its first line and how often that came before", () => {
    const { messages, lines } = reading();
    lines("all out", "", "all out", "now", "", "all in", "");
    const other = reading();
    other.lines("hello", "", "all out", "differently", "", "all out", "");
    const ids = messages.map(({ id }) => id);
    expect(new Set(ids).size).toBe(3);
    expect(other.messages.slice(1).map(({ id }) => id)).toEqual(ids.slice(0, 2));
    expect(ids[0]).toMatch(/^[0-9a-f]{32}$/);
    const records = reading();
    records.lines('{"text":"all out"}');
    expect(records.messages[0]?.id).toBe(ids[0]);
  });

  test("in texts too long for a message is passed over to the next blank line", () => {
    const { messages, faults, lines, reader } = reading("texts");
    lines("one", "x".repeat(LINE_MAX), "two", "", "three", "");
    lines("four");
    reader.tooLong(8);
    reader.line("five", 9);
    reader.line("", 10);
    reader.line("six", 11);
    reader.pause();
    expect(messages.map(({ text }) => text)).toEqual(["three", "six"]);
    expect(faults.map(({ where }) => where)).toEqual(["here:2", "here:8"]);
  });

  test("in a record too long for a line loses that line alone", () => {
    const { messages, lines, reader } = reading("records");
    reader.tooLong(1);
    lines('{"text":"two"}');
    expect(messages.length).toBe(1);
  });

  test("numbers repeats of very many first lines, forgetting the oldest", () => {
    const { messages, lines } = reading("texts");
    lines("first", "", "second", "");
    for (let i = 0; i < 99_999; i++) lines(`line ${i}`, "");
    lines("second", "", "first", "");
    const [first, second] = messages.map(({ id }) => id);
    const [secondAgain, firstAgain] = messages.slice(-2).map(({ id }) => id);
    expect(firstAgain).toBe(first);
    expect(secondAgain).not.toBe(second);
  });
});
