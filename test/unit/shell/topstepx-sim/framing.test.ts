import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { frame, framer, SEPARATOR } from "../../../../src/shell/topstepx-sim/framing.ts";

const LIMIT = 1_000;
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** The stream in pieces that end at `cuts`, which are fractions of its length. */
function chopped(stream: Uint8Array, cuts: readonly number[]): readonly Uint8Array[] {
  const places = cuts.map((cut) => Math.floor(cut * stream.length)).toSorted((a, b) => a - b);
  return [...places, stream.length].map((to, index) => stream.slice(places[index - 1] ?? 0, to));
}

const fraction = fc.double({ min: 0, max: 1, noNaN: true });
const messages = fc.array(
  fc.oneof(
    fc.json(),
    fc.string({ unit: "grapheme" }).map((text) => text.replaceAll(SEPARATOR, "")),
  ),
);

describe("a stream of messages", () => {
  test("gives the same messages however it is chopped", () => {
    fc.assert(
      fc.property(messages, fc.array(fraction, { maxLength: 20 }), (sent, cuts) => {
        const stream = bytes(sent.map((text) => `${text}${SEPARATOR}`).join(""));
        const frames = framer(Number.MAX_SAFE_INTEGER);
        const taken = chopped(stream, cuts).flatMap((piece) => frames.push(piece) ?? ["broken"]);
        expect(taken).toEqual(sent);
      }),
    );
  });

  test("a character that is cut in two is one character again", () => {
    const frames = framer(LIMIT);
    const whole = bytes(`"€"${SEPARATOR}`);
    expect(frames.push(whole.slice(0, 2))).toEqual([]);
    expect(frames.push(whole.slice(2))).toEqual(['"€"']);
  });

  test("what is not ended is kept until it is", () => {
    const frames = framer(LIMIT);
    expect(frames.push(bytes(`{}${SEPARATOR}{"ty`))).toEqual(["{}"]);
    expect(frames.push(bytes(`pe":6}${SEPARATOR}`))).toEqual(['{"type":6}']);
  });

  test("a message longer than allowed breaks it, ended or not, and for good", () => {
    const ended = framer(4);
    expect(ended.push(bytes(`12345${SEPARATOR}`))).toBeNull();
    expect(ended.push(bytes(`1${SEPARATOR}`))).toBeNull();
    const open = framer(4);
    expect(open.push(bytes(`1234${SEPARATOR}1234`))).toEqual(["1234"]);
    expect(open.push(bytes("5"))).toBeNull();
  });

  test("bytes that are no text break it", () => {
    expect(framer(LIMIT).push(Uint8Array.of(0x22, 0xff, 0x1e))).toBeNull();
  });

  test("a frame is JSON and the separator", () => {
    expect(frame({ type: 6 })).toBe('{"type":6}\u001e');
  });
});
