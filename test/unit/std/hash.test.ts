import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hash32, hash128 } from "../../../src/std/hash.ts";

const WORD = 2n ** 32n;
const rotated = (x: bigint, by: bigint): bigint => ((x << by) | (x >> (32n - by))) % WORD;

/** The algorithm once more, over bytes, straight from its description and with integers of any size. */
function murmur128(bytes: readonly number[]): readonly number[] {
  const constants = [0x239b961bn, 0xab0e9789n, 0x38b34ae5n, 0xa1e38b93n];
  const at = <T>(list: readonly T[], index: number): T => list[index % list.length] as T;
  const scrambled = (lane: number, k: bigint): bigint =>
    (rotated((k * at(constants, lane)) % WORD, BigInt(15 + lane)) * at(constants, lane + 1)) % WORD;
  const wordAt = (offset: number): bigint =>
    [0, 1, 2, 3].reduce((sum, i) => sum + (BigInt(bytes[offset + i] ?? 0) << BigInt(8 * i)), 0n);

  const turns = [19n, 17n, 15n, 13n];
  const additions = [0x561ccd1bn, 0x0bcaa747n, 0x96cd1c35n, 0x32ac3b17n];
  const lanes = [0n, 0n, 0n, 0n];
  for (let block = 0; block < bytes.length; block += 16) {
    const whole = block + 16 <= bytes.length;
    for (const lane of whole ? [0, 1, 2, 3] : [3, 2, 1, 0]) {
      let h = at(lanes, lane) ^ scrambled(lane, wordAt(block + 4 * lane));
      if (whole) h = (rotated(h, at(turns, lane)) + at(lanes, lane + 1)) * 5n + at(additions, lane);
      lanes[lane] = h % WORD;
    }
  }

  const length = BigInt(bytes.length);
  const spread = (h: readonly bigint[]): bigint[] => {
    const sum = h.reduce((a, b) => a + b) % WORD;
    return h.map((one, lane) => (lane === 0 ? sum : (one + sum) % WORD));
  };
  const mixed = (h: bigint): bigint => {
    let x = ((h ^ (h >> 16n)) * 0x85ebca6bn) % WORD;
    x = ((x ^ (x >> 13n)) * 0xc2b2ae35n) % WORD;
    return x ^ (x >> 16n);
  };
  return spread(spread(lanes.map((h) => h ^ length)).map(mixed)).map(Number);
}

const hex = (words: readonly number[]): string =>
  words.map((word) => word.toString(16).padStart(8, "0")).join("");

const ascii = (text: string): readonly number[] => [...text].map((one) => one.charCodeAt(0));

const littleEndian = (text: string): readonly number[] =>
  Array.from({ length: text.length }, (_, i) => text.charCodeAt(i)).flatMap((unit) => [
    unit & 0xff,
    unit >>> 8,
  ]);

/** The bytes 0 to 255 as the code units they make up. */
const ALL_BYTES = String.fromCharCode(
  ...Array.from({ length: 128 }, (_, i) => 2 * i + ((2 * i + 1) << 8)),
);

describe("the reference in this test", () => {
  it("gives the values published for MurmurHash3 x86-128", () => {
    expect(hex(murmur128(ascii("I will not buy this tobacconist's, it is scratched.")))).toBe(
      "9b5b7ba2ef3f7866889adeaf00f3f98e",
    );
    expect(hex(murmur128(ascii("The quick brown fox jumps over the lazy dog")))).toBe(
      "2f1583c3ecee2c675d7bf66ce5e91d2c",
    );
  });
});

describe("the 128-bit hash", () => {
  it("gives the value published for the bytes 0 to 255", () => {
    expect(littleEndian(ALL_BYTES)).toEqual(Array.from({ length: 256 }, (_, i) => i));
    expect(hex(hash128(ALL_BYTES))).toBe("2c56c88fdb4503dfd352b21a494ca2c0");
  });

  it("of nothing is zero", () => {
    expect(hash128("")).toEqual([0, 0, 0, 0]);
  });

  it("agrees with the reference for every text, at every length of the last block", () => {
    const texts = fc.string({ unit: "binary", maxLength: 40 });
    fc.assert(
      fc.property(texts, (text) => {
        expect(hash128(text)).toEqual(murmur128(littleEndian(text)));
      }),
      { numRuns: 500 },
    );
    for (let length = 1; length <= 33; length++) {
      const text = "\u00fe\uff01z".repeat(11).slice(0, length);
      expect(hash128(text)).toEqual(murmur128(littleEndian(text)));
    }
  });

  it("tells apart texts that differ in one character", () => {
    expect(hash128("chat-file\u0000a\u00001")).not.toEqual(hash128("chat-file\u0000a\u00002"));
  });
});

describe("the 32-bit hash", () => {
  /** FNV-1a, then the final mixing of MurmurHash3. */
  const reference = (text: string): number => {
    let h = 0x811c9dc5n;
    for (let i = 0; i < text.length; i++) {
      h = ((h ^ BigInt(text.charCodeAt(i))) * 0x01000193n) % WORD;
    }
    h = ((h ^ (h >> 16n)) * 0x85ebca6bn) % WORD;
    h = ((h ^ (h >> 13n)) * 0xc2b2ae35n) % WORD;
    return Number(h ^ (h >> 16n));
  };

  it("agrees with the reference for every text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(hash32(text)).toBe(reference(text));
      }),
    );
  });

  it("spreads neighbouring keys over all 32 slots of a node", () => {
    const slots = new Set(Array.from({ length: 500 }, (_, i) => hash32(`ts-${i}`) & 31));
    expect(slots.size).toBe(32);
  });
});
