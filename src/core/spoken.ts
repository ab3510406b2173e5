/**
 * What has been said about trades, kept for alerts that arrive after their own end.
 *
 * ```text
 * sent      10:00:00 m1 "ES long 6326 ..."     10:00:04 m2 "All out of ES"
 * arrives   ............................ m2 ...................... m1 ─► refused: superseded
 * ```
 *
 * Only the newest word about each product of a channel counts, and the newest about each message
 * that was answered or edited. So messages in any order end in the same trades or in fewer.
 */
import type { Alert } from "./model/alert.ts";
import type { FactOf } from "./model/fact.ts";
import type { Root } from "./model/instrument.ts";
import { instrumentOf } from "./model/instruments.ts";
import { type MessageRef, messageKey } from "./model/message.ts";
import type { Refusal } from "./model/refusal.ts";
import { type Millis, millis } from "./model/units.ts";
import type { Update } from "./model/update.ts";

export interface Spoken {
  readonly source: MessageRef["source"];
  readonly channel: string;
  /** Null = of whatever the channel was in. */
  readonly family: Root | null;
  /** The one message whose alert it speaks of; null = of those before it. */
  readonly about: string | null;
  /** The message that said it, and whether it was in again itself. */
  readonly by: string;
  readonly isReentry: boolean;
  readonly sentAt: Millis;
}

/** Far more than the products and replies of the seconds in which an alert is fresh. */
export const SPOKEN_MAX = 200;

export function withSpoken(
  known: readonly Spoken[],
  fact: FactOf<"AlertRead" | "UpdateRead">,
): readonly Spoken[] {
  return wordsOf(fact).reduce(withWord, known);
}

function withWord(known: readonly Spoken[], word: Spoken): readonly Spoken[] {
  const before = known.find((one) => isSameTopic(one, word));
  if (before !== undefined && before.sentAt >= word.sentAt) return known;
  return [...known.filter((one) => one !== before), word].slice(-SPOKEN_MAX);
}

const isSameTopic = (a: Spoken, b: Spoken): boolean =>
  a.source === b.source && a.channel === b.channel && a.family === b.family && a.about === b.about;

/** A re-entry says that what was before it is over. */
function wordsOf(fact: FactOf<"AlertRead" | "UpdateRead">): readonly Spoken[] {
  const { source, channel, id } = fact.message;
  const isReentry = fact.kind === "AlertRead";
  const told = { source, channel, by: id, isReentry, sentAt: fact.sentAt };
  if (fact.kind === "AlertRead")
    return fact.reentry === true
      ? [{ ...told, family: familyOf(fact.alert.instrument), about: null }]
      : [];
  return fact.updates.map((one) => ({
    ...told,
    family: one.instrument === null ? null : familyOf(one.instrument),
    about: isOfOneAlert(one, fact) ? (fact.about ?? null) : null,
  }));
}

/** A close ends all of its product, also said in a reply; an edit changes its own message only. */
export const isOfOneAlert = (
  { action, instrument }: Update,
  { about, edit }: Pick<FactOf<"UpdateRead">, "about" | "edit">,
): boolean =>
  about !== undefined && (edit !== undefined || action !== "close" || instrument === null);

const familyOf = (root: Root): Root => instrumentOf(root).family;

/** An alert before it is judged. */
interface Judged {
  readonly ref: MessageRef;
  readonly alert: Alert;
  readonly sentAt: Millis;
  /** It was heard in time and waits for the trade before it: of two re-entries the first is taken. */
  readonly isWaiting: boolean;
}

/** Why an alert comes after its own end; null if it does not. */
export function supersededBy(
  spoken: readonly Spoken[],
  { ref, alert, sentAt, isWaiting }: Judged,
): Refusal | null {
  const family = familyOf(alert.instrument);
  const newer = spoken.find(
    (one) =>
      !(isWaiting && one.isReentry) &&
      one.source === ref.source &&
      one.channel === ref.channel &&
      (one.family === null || one.family === family) &&
      (one.about === null ? one.sentAt > sentAt : isOfMessage(ref, one.about)),
  );
  if (newer === undefined) return null;
  // An edit may bear the time of the message it changes.
  const after = millis(Math.max(0, newer.sentAt - sentAt));
  return { kind: "superseded", by: newer.by, after };
}

/** Several alerts of one message are numbered behind its id. */
export const isOfMessage = ({ id }: MessageRef, message: string): boolean =>
  id === message || id.startsWith(`${message}#`);

/** Each edit is known by what it says: a message may be edited many times. */
export const takenKey = (ref: MessageRef, edit: string | undefined): string =>
  edit === undefined ? messageKey(ref) : `${messageKey(ref)}~${edit}`;
