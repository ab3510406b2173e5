/**
 * A 128-bit hash of a text: MurmurHash3 x86-128 over its UTF-16 code units, seed 0.
 *
 * It names things (order tags), it does not guard secrets. 128 bits make an accidental collision
 * between two alerts as good as impossible; being pure arithmetic, it gives the same name on every
 * machine. Source: Austin Appleby's public-domain MurmurHash3, x86 128-bit variant.
 */

const C1 = 0x239b961b;
const C2 = 0xab0e9789;
const C3 = 0x38b34ae5;
const C4 = 0xa1e38b93;

const rotate = (x: number, by: number): number => (x << by) | (x >>> (32 - by));

/** In plain variables: this names every order of an alert, and a list of lanes costs twice as much. */
export function hash128(text: string): readonly [number, number, number, number] {
  let [a, b, c, d] = [0, 0, 0, 0];
  const whole = text.length - (text.length % BLOCK);
  for (let at = 0; at < whole; at += BLOCK) {
    a = Math.imul(rotate(a ^ scramble1(word(text, at)), 19) + b, 5) + 0x561ccd1b;
    b = Math.imul(rotate(b ^ scramble2(word(text, at + 2)), 17) + c, 5) + 0x0bcaa747;
    c = Math.imul(rotate(c ^ scramble3(word(text, at + 4)), 15) + d, 5) + 0x96cd1c35;
    d = Math.imul(rotate(d ^ scramble4(word(text, at + 6)), 13) + a, 5) + 0x32ac3b17;
  }
  if (whole < text.length) {
    d ^= scramble4(wordOfTail(text, whole + 6));
    c ^= scramble3(wordOfTail(text, whole + 4));
    b ^= scramble2(wordOfTail(text, whole + 2));
    a ^= scramble1(wordOfTail(text, whole));
  }
  return finish([a, b, c, d], text.length * 2);
}

/** A 32-bit hash of a text, for tables in memory. */
export function hash32(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return mixFinal(h);
}

type Lanes = [number, number, number, number];

/** Code units in a block of 16 bytes. */
const BLOCK = 8;

/** Two code units as four bytes, little endian. */
const word = (text: string, at: number): number =>
  text.charCodeAt(at) | (text.charCodeAt(at + 1) << 16);

/** The same where the text may be at its end; past it counts as zero. */
const wordOfTail = (text: string, at: number): number =>
  (at < text.length ? text.charCodeAt(at) : 0) |
  (at + 1 < text.length ? text.charCodeAt(at + 1) << 16 : 0);

const scramble1 = (k: number): number => Math.imul(rotate(Math.imul(k, C1), 15), C2);
const scramble2 = (k: number): number => Math.imul(rotate(Math.imul(k, C2), 16), C3);
const scramble3 = (k: number): number => Math.imul(rotate(Math.imul(k, C3), 17), C4);
const scramble4 = (k: number): number => Math.imul(rotate(Math.imul(k, C4), 18), C1);

function finish(h: Lanes, length: number): readonly [number, number, number, number] {
  let [a, b, c, d] = [h[0] ^ length, h[1] ^ length, h[2] ^ length, h[3] ^ length];
  a += b + c + d;
  b += a;
  c += a;
  d += a;
  [a, b, c, d] = [mixFinal(a), mixFinal(b), mixFinal(c), mixFinal(d)];
  a += b + c + d;
  return [a >>> 0, (b + a) >>> 0, (c + a) >>> 0, (d + a) >>> 0];
}

function mixFinal(value: number): number {
  let h = value ^ (value >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
