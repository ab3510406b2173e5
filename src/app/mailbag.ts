/**
 * One channel's part of the outbox: what is to be sent next, packed and kept before it leaves.
 *
 * ```text
 * loose slips ─ pack ─► letter ─► sent
 *    │                    └ a day old ─► expired ─► named in a digest
 *    └ a day old, and the channel was never to be had ─┘
 * ```
 *
 * Nothing is remembered here: every answer is asked of the outbox, so a crash forgets nothing.
 */
import type { ChannelRules, Item, Letter } from "../core/model/notification.ts";
import { type Millis, millis } from "../core/model/units.ts";
import { LIFE } from "../core/notify/delivery.ts";
import { ITEMS_MAX, type LooseSlip, nextParcel, type Parcel } from "../core/notify/policy.ts";
import { digestOf, letterOf } from "../core/views/letter-words.ts";
import type { JournalFault } from "../ports/journal.ts";
import type { KeptLetter, LetterKey, Mark, Outbox, WordedSlip } from "../ports/outbox.ts";
import { err, ok, type Result } from "../std/result.ts";

export interface Mailbag {
  /** What of the loose slips may go out now, or when. */
  parcel(now: Millis): Parcel;
  /** The letter that is due first. */
  next(): KeptLetter | undefined;
  /** The alarm among them that is due first. */
  nextAlarm(): KeptLetter | undefined;
  pack(slips: readonly LooseSlip[], now: Millis): Result<KeptLetter, JournalFault>;
  /** Letters that are a day old, and slips too where the channel is `shut`, are given up. */
  expire(now: Millis, isShut: boolean): Result<void, JournalFault>;
  /** There is something to name in a digest, and none is on its way. */
  wantsDigest(): boolean;
  packDigest(now: Millis): Result<KeptLetter, JournalFault>;
  mark(letter: KeptLetter, mark: Mark): Result<void, JournalFault>;
}

const HOUR = 3_600_000;
/** Slips looked at for one letter. */
const LOOSE_MAX = 500;
/** Letters looked at; as many may be named in one digest. */
const LETTERS_MAX = 500;

export function createMailbag(outbox: Outbox, rules: ChannelRules): Mailbag {
  const channel = rules.name;
  return {
    parcel(now) {
      const loose = outbox.loose(channel, LOOSE_MAX).map(looseSlip);
      return nextParcel(rules, loose, outbox.sentSince(channel, millis(now - HOUR)), now);
    },
    next: () => outbox.waiting(channel, 1)[0],
    nextAlarm: () => outbox.waiting(channel, LETTERS_MAX).find(isAlarm),
    pack: (slips, now) => packIn(outbox, channel, slips, { now, isExpired: false }),
    expire: (now, isShut) => expireIn(outbox, channel, now, isShut),
    wantsDigest: () =>
      outbox.expired(channel, 1).length > 0 &&
      !outbox.waiting(channel, LETTERS_MAX).some(({ kind }) => kind === "digest"),
    packDigest: (now) => packDigestIn(outbox, channel, now),
    mark: outbox.mark,
  };
}

interface Packing {
  readonly now: Millis;
  readonly isExpired: boolean;
}

function packIn(
  outbox: Outbox,
  channel: string,
  slips: readonly LooseSlip[],
  { now, isExpired }: Packing,
): Result<KeptLetter, JournalFault> {
  const sequences = slips.map(({ sequence }) => sequence);
  const chosen = outbox
    .loose(channel, LOOSE_MAX)
    .filter(({ sequence }) => sequences.includes(sequence));
  const key: LetterKey = { channel, sequence: sequences[0] ?? 0, kind: "letter" };
  const letter = letterOf({ id: outbox.idOf(key), channel, at: now }, chosen.map(itemIn));
  const body = JSON.stringify(letter);
  const expired = isExpired ? { expired: true as const } : {};
  const packed = outbox.pack({ ...key, body, at: now, ...expired }, sequences);
  return packed.ok ? ok(freshly(key, body, now)) : packed;
}

const freshly = (key: LetterKey, body: string, now: Millis): KeptLetter => ({
  ...key,
  body,
  packedAt: now,
  tries: 0,
  dueAt: now,
});

function expireIn(
  outbox: Outbox,
  channel: string,
  now: Millis,
  isShut: boolean,
): Result<void, JournalFault> {
  const isOld = (since: Millis): boolean => since + LIFE <= now;
  for (const letter of outbox.waiting(channel, LETTERS_MAX)) {
    if (letter.kind === "digest" || !isOld(letter.packedAt)) continue;
    const marked = outbox.mark(letter, { kind: "expired" });
    if (!marked.ok) return marked;
  }
  if (!isShut) return ok(undefined);
  const old = outbox.loose(channel, ITEMS_MAX).filter(({ at }) => isOld(at));
  if (old.length === 0) return ok(undefined);
  const packed = packIn(outbox, channel, old.map(looseSlip), { now, isExpired: true });
  return packed.ok ? ok(undefined) : err(packed.error);
}

function packDigestIn(
  outbox: Outbox,
  channel: string,
  now: Millis,
): Result<KeptLetter, JournalFault> {
  const lost = outbox.expired(channel, LETTERS_MAX);
  const key: LetterKey = { channel, sequence: lost[0]?.sequence ?? 0, kind: "digest" };
  const digest = digestOf({ id: outbox.idOf(key), channel, at: now }, lost.map(letterIn));
  const body = JSON.stringify(digest);
  const packed = outbox.packDigest({ ...key, body, at: now }, lost);
  return packed.ok ? ok(freshly(key, body, now)) : packed;
}

/** We wrote them ourselves. */
const itemIn = ({ words }: WordedSlip): Item => JSON.parse(words);
export const letterIn = ({ body }: KeptLetter): Letter => JSON.parse(body);
export const isAlarm = (letter: KeptLetter): boolean => letterIn(letter).severity === "alarm";

const looseSlip = (slip: WordedSlip): LooseSlip => ({
  ...slip,
  trade: itemIn(slip).trade?.id ?? null,
});
