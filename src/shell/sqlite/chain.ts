/**
 * The chain through the facts: each hash covers the one before it, so nothing in the past can be
 * changed, dropped or slipped in without every later hash giving it away.
 *
 * ```text
 * hash(0) = 64 zeros
 * hash(n) = SHA-256( hash(n-1) as 64 hex digits, n as decimal digits, body as UTF-8 ), in hex
 * ```
 *
 * Nothing separates the three parts and nothing has to: the first has a fixed length and a body
 * begins with a brace. Anyone can check it: `printf '%s%s%s' $before $n "$body" | sha256sum`.
 */
import { hash } from "node:crypto";

/** The hash before the first fact. */
export const CHAIN_START = "0".repeat(64);

export const chainHash = (before: string, sequence: number, body: string): string =>
  hash("sha256", `${before}${sequence}${body}`);
