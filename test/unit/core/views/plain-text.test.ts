import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clean, cutTo, padTo, widthOf } from "../../../../src/core/views/plain-text.ts";

const strangers = fc.string({ unit: "binary" });

describe("a text from a stranger", () => {
  it("becomes one line of visible characters", () => {
    expect(clean("nice\ntrade\r\n\teveryone  ")).toBe("nice trade everyone");
    expect(clean("\u001b[31mred\u0007")).toBe("[31mred");
    expect(clean("price \u202e0062.6236\u202c \u200bhere")).toBe("price 0062.6236 here");
    expect(clean("half \ud83d a pair")).toBe("half \ufffd a pair");
    expect(clean("two\u2028lines\u00a0and a space")).toBe("two lines and a space");
  });

  it("that is plain is left alone", () => {
    expect(clean("ES long 6326.00 (5m close)")).toBe("ES long 6326.00 (5m close)");
    expect(clean("")).toBe("");
  });

  it("never keeps a character that could command a terminal", () => {
    fc.assert(
      fc.property(strangers, (text) => {
        const cleaned = clean(text);
        expect(cleaned).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
        expect(clean(cleaned)).toBe(cleaned);
      }),
      { numRuns: 500 },
    );
  });
});

describe("the width of a text", () => {
  it("counts two columns for wide characters and none for accents set on", () => {
    expect(widthOf("6326.25")).toBe(7);
    expect(widthOf("日本")).toBe(4);
    expect(widthOf("\u{1f680} up")).toBe(5);
    expect(widthOf("e\u0301a")).toBe(2);
    expect(widthOf("für")).toBe(3);
  });
});

describe("a text cut to the room there is", () => {
  it("stays whole if it fits", () => {
    expect(cutTo("stop to 6316.00", 15)).toBe("stop to 6316.00");
  });

  it("ends between words if one is near, and within one if not", () => {
    expect(cutTo("planned: 3 MES long, limit", 22)).toBe("planned: 3 MES long,…");
    expect(cutTo("planned: 3 MES long, limit", 21)).toBe("planned: 3 MES long,…");
    expect(cutTo("a verylongwordwithoutanyspace", 12)).toBe("a verylongw…");
  });

  it("has no room in no columns", () => {
    expect(cutTo("stop", 1)).toBe("…");
    expect(cutTo("stop", 0)).toBe("");
    expect(cutTo("stop", -3)).toBe("");
  });

  it("does not cut through a wide character", () => {
    expect(cutTo("日本語", 4)).toBe("日…");
  });

  it("never takes more room, whatever the text", () => {
    fc.assert(
      fc.property(strangers, fc.integer({ min: 0, max: 40 }), (text, columns) => {
        expect(widthOf(cutTo(clean(text), columns))).toBeLessThanOrEqual(columns);
      }),
    );
  });
});

describe("a text filled up", () => {
  it("stands left or right", () => {
    expect([padTo("ab", 4, "left"), padTo("ab", 4, "right")]).toEqual(["ab  ", "  ab"]);
    expect(padTo("日", 4, "right")).toBe("  日");
  });

  it("that is too long stays as it is", () => {
    expect(padTo("abcdef", 4, "left")).toBe("abcdef");
  });
});
