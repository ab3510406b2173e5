/**
 * What an edit added, word by word, so that it can be read by itself.
 *
 * ```text
 * was   ES long 6326 : A ⏎ Stop : 6316
 * now   ES long 6326 : A ⏎ Stop : 6316 ⏎ EDIT : stop to BE     added   EDIT : stop to BE
 * now   ES long 6326 : A ⏎ Stop : BE                           added   Stop : BE
 * ```
 *
 * A changed stop is read with the word "stop" before it. Blanks, pictures and mentions do not count.
 */
import { STOP_WORDS } from "./lexicon.ts";
import { type Token, tokenAt } from "./tokens.ts";

export interface Change {
  /** Words of the new text that the old one has not; line ends between separate places. */
  readonly added: readonly Token[];
}

/** Null: nothing that counts has changed. */
export function changeBetween(was: readonly Token[], now: readonly Token[]): Change | null {
  const before = countedIn(was);
  const after = countedIn(now);
  const head = commonHead(before, after);
  const tail = commonTail(before.slice(head), after.slice(head));
  const isSame = head + tail === before.length && before.length === after.length;
  if (isSame) return null;
  if (head + tail === before.length) return { added: after.slice(head, after.length - tail) };
  const isShorter = head + tail === after.length;
  const from = isShorter ? head : stopBefore(after, head);
  return { added: addedAmong(before, after) ?? after.slice(from, after.length - tail) };
}

/** Without line ends at the edges, or twice in a row where a picture was taken out. */
function countedIn(tokens: readonly Token[]): readonly Token[] {
  const told = tokens.filter(counts);
  return told.filter(
    ({ kind }, at) =>
      kind !== "newline" || (at > 0 && !/^(?:newline|end)$/.test(tokenAt(told, at + 1).kind)),
  );
}

const PICTURES = /[\u2705\u2714\u2611\u{1F3AF}\u{1F4A5}\u{1F4B0}\u{1F911}]/u;

/** A tick behind a target says that it was hit; other pictures say nothing. */
const counts = ({ kind, text }: Token): boolean =>
  kind !== "mention" && (kind !== "emoji" || PICTURES.test(text));

const isEqual = (one: Token, other: Token): boolean =>
  one.kind === other.kind && (one.text === other.text || one.value === other.value);

function commonHead(before: readonly Token[], after: readonly Token[]): number {
  let length = 0;
  const most = Math.min(before.length, after.length);
  while (length < most && isEqual(tokenAt(before, length), tokenAt(after, length))) length += 1;
  return length;
}

const commonTail = (before: readonly Token[], after: readonly Token[]): number =>
  commonHead(before.toReversed(), after.toReversed());

/** Where the old text stands in the new one as a whole, in pieces: what stands between them. */
function addedAmong(before: readonly Token[], after: readonly Token[]): readonly Token[] | null {
  const added: Token[] = [];
  let at = 0;
  for (const token of after) {
    if (isEqual(tokenAt(before, at), token)) at += 1;
    else added.push(token);
  }
  return at === before.length ? added : null;
}

const STOP_REACH = 4;

/** "Stop: 6316" that became "Stop: 6330" was said of the stop. */
function stopBefore(after: readonly Token[], head: number): number {
  for (let at = head - 1; at >= head - STOP_REACH; at--) {
    const { kind, text } = tokenAt(after, at);
    if (kind === "newline") return head;
    if (STOP_WORDS.has(text)) return at;
  }
  return head;
}
