import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { LINE_MAX, lineReader } from "../../../../src/shell/files/lines.ts";

function reading() {
  const lines: [number, string][] = [];
  const tooLong: number[] = [];
  const reader = lineReader({
    line: (text, number) => void lines.push([number, text]),
    tooLong: (number) => void tooLong.push(number),
  });
  return { reader, lines, tooLong, push: (text: string) => reader.push(Buffer.from(text)) };
}

describe("lines", () => {
  test("come with their numbers, without line ends and byte order mark", () => {
    const { reader, lines, push } = reading();
    push("\uFEFFone\r\n\ntwo\nthr");
    expect(lines).toEqual([
      [1, "one"],
      [2, ""],
      [3, "two"],
    ]);
    expect(reader.isInsideLine()).toBe(true);
    reader.end();
    expect(lines.at(-1)).toEqual([4, "thr"]);
    expect(reader.isInsideLine()).toBe(false);
  });

  test("that ended need no further end", () => {
    const { reader, lines, push } = reading();
    push("one\n");
    reader.end();
    expect(lines).toEqual([[1, "one"]]);
  });

  test("too long are reported once and passed over, in one piece or in many", () => {
    for (const size of [LINE_MAX * 3, 1000]) {
      const { reader, lines, tooLong, push } = reading();
      const text = `one\n${"x".repeat(LINE_MAX * 2)}\nthree\n`;
      for (let at = 0; at < text.length; at += size) push(text.slice(at, at + size));
      expect([lines, tooLong]).toEqual([
        [
          [1, "one"],
          [3, "three"],
        ],
        [2],
      ]);
      push("y".repeat(LINE_MAX + 1));
      expect(reader.isInsideLine()).toBe(true);
      reader.end();
      expect([lines.length, tooLong]).toEqual([2, [2, 4]]);
    }
  });

  test("are the same however the bytes were cut", () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: "grapheme" })),
        fc.integer({ min: 1, max: 7 }),
        (parts, size) => {
          const bytes = Buffer.from(
            parts.map((part) => part.replace(/[\r\n\uFEFF]/g, "")).join("\n"),
          );
          const { reader, lines } = reading();
          for (let at = 0; at < bytes.length; at += size)
            reader.push(bytes.subarray(at, at + size));
          reader.end();
          const expected = bytes.toString("utf8").split("\n");
          if (expected.at(-1) === "") expected.pop();
          expect(lines.map(([, text]) => text)).toEqual(expected);
        },
      ),
    );
  });
});
