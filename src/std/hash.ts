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

export function hash128(text: string): readonly [number, number, number, number] {
  const lanes: Lanes = [0, 0, 0, 0];
  const whole = text.length - (text.length % BLOCK);
  for (let at = 0; at < whole; at += BLOCK) mixBlock(lanes, text, at);
  if (whole < text.length) mixTail(lanes, text, whole);
  return finish(lanes, text.length * 2);
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

/** Two code units as four bytes, little endian; past the end counts as zero. */
const word = (text: string, at: number): number =>
  text.charCodeAt(at) | (text.charCodeAt(at + 1) << 16);

const scramble1 = (k: number): number => Math.imul(rotate(Math.imul(k, C1), 15), C2);
const scramble2 = (k: number): number => Math.imul(rotate(Math.imul(k, C2), 16), C3);
const scramble3 = (k: number): number => Math.imul(rotate(Math.imul(k, C3), 17), C4);
const scramble4 = (k: number): number => Math.imul(rotate(Math.imul(k, C4), 18), C1);

function mixBlock(h: Lanes, text: string, at: number): void {
  h[0] = Math.imul(rotate(h[0] ^ scramble1(word(text, at)), 19) + h[1], 5) + 0x561ccd1b;
  h[1] = Math.imul(rotate(h[1] ^ scramble2(word(text, at + 2)), 17) + h[2], 5) + 0x0bcaa747;
  h[2] = Math.imul(rotate(h[2] ^ scramble3(word(text, at + 4)), 15) + h[3], 5) + 0x96cd1c35;
  h[3] = Math.imul(rotate(h[3] ^ scramble4(word(text, at + 6)), 13) + h[0], 5) + 0x32ac3b17;
}

function mixTail(h: Lanes, text: string, at: number): void {
  h[3] ^= scramble4(word(text, at + 6));
  h[2] ^= scramble3(word(text, at + 4));
  h[1] ^= scramble2(word(text, at + 2));
  h[0] ^= scramble1(word(text, at));
}

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
