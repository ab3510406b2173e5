/**
 * What becomes of a request whose sender is known: kept, answered, and only then offered.
 *
 * ```text
 * body ─► content ─┬─ no message ─────────────► 400, kept raw
 *                  └─ message ─┬─ known ──────► 202 known      nothing happens again
 *                              ├─ not kept ───► 503            the sender tries again
 *                              └─ kept ───────► 202 taken ───► offered to the house
 * ```
 *
 * **One message or two?** A signed request says so by its id. So does a body with an `id`. Any other
 * body is told by itself: TradingView repeats a request after 5 seconds, at most three times, with
 * the very same body, while an author may honestly say the same thing twice. The same body within a
 * minute of when it was first kept is the same message, later it is another:
 *
 * ```text
 * id = hash of the body . minute in which it was first kept       1f0c…e9.29922651
 * ```
 *
 * Two within one minute are one message whichever way, so an id never stands for two; and a body
 * first kept in the minute before is looked up by that id and its time. Nothing is remembered here:
 * the answer is the same after a restart.
 */
import { createHash } from "node:crypto";
import type { Message, MessageRef, SourceKind } from "../../core/model/message.ts";
import { type Millis, millis } from "../../core/model/units.ts";
import type { Clock } from "../../ports/clock.ts";
import type { KeptMessage } from "../../ports/history.ts";
import type { Keeper } from "../../ports/keeper.ts";
import { type Body, type Content, rawOf, readBody } from "./body.ts";
import type { Complain } from "./complaints.ts";
import { statedTime } from "./stated-time.ts";

/** Whoever has shown who he is. */
export interface Caller {
  readonly source: SourceKind & ("webhook" | "signed");
  /** Of the hook or sender in the configuration; its messages' channel. */
  readonly name: string;
  /** What a signed request says about itself. */
  readonly signed: { readonly id: string; readonly sentAt: Millis } | null;
}

export interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Taken {
  readonly answer: Answer;
  /** To be offered once the answer is out; null where there is nothing to do. */
  readonly message: Message | null;
}

export interface ReceptionParts {
  readonly clock: Clock;
  readonly keeper: Keeper;
  readonly complain: Complain;
}

/** In which the same body from the same sender is the same message. */
const SAME_WITHIN = 60_000;
const HASH_DIGITS = 32;

export const refusal = (status: number, error: string): Answer => ({ status, body: { error } });

export const callerText = ({ source, name }: Pick<Caller, "source" | "name">): string =>
  `${source === "webhook" ? "hook" : "signed"} ${name}`;

export function receive(parts: ReceptionParts, caller: Caller, body: Body): Taken {
  const now = parts.clock.now();
  const content = readBody(body);
  if (!content.ok) return refuse(parts, caller, body, { status: 400, reason: content.error });
  const { ref, kept } = identify(parts.keeper, caller, content.value, now);
  if (kept === null) return keep(parts, caller, content.value, { ref, now });
  // The same id over something else is a mistake of the sender's, and would hide an alert.
  const isOther = kept.raw !== null && kept.raw !== content.value.raw;
  if (!isOther) return KNOWN;
  const reason = "this id came before with another body; give each message an id of its own";
  return refuse(parts, caller, body, { status: 409, reason });
}

const KNOWN: Taken = { answer: { status: 202, body: { status: "known" } }, message: null };

interface Identity {
  readonly ref: MessageRef;
  readonly kept: KeptMessage | null;
}

function identify(
  { find }: Keeper,
  { source, name, signed }: Caller,
  { id, raw }: Content,
  now: Millis,
): Identity {
  const refFor = (own: string): MessageRef => ({ source, channel: name, id: own });
  const given = signed?.id ?? id;
  if (given !== null) return { ref: refFor(given), kept: find(refFor(given)) };
  const hash = createHash("sha256").update(raw).digest("hex").slice(0, HASH_DIGITS);
  const minute = Math.floor(now / SAME_WITHIN);
  const refs = [minute, minute - 1].map((one) => refFor(`${hash}.${one}`));
  const isFresh = (kept: KeptMessage | null): boolean =>
    kept !== null && Math.abs(now - kept.receivedAt) <= SAME_WITHIN;
  const kept = refs.map(find).find(isFresh) ?? null;
  return { ref: refFor(`${hash}.${minute}`), kept };
}

interface Named {
  readonly ref: MessageRef;
  readonly now: Millis;
}

function keep(
  { keeper, complain }: ReceptionParts,
  caller: Caller,
  content: Content,
  { ref, now }: Named,
): Taken {
  const message = messageOf(caller, content, { ref, now }, (doubt) =>
    complain(callerText(caller), "time", doubt),
  );
  const kept = keeper.keep({ message, receivedAt: now, imported: false, raw: content.raw });
  if (!kept.ok) {
    complain(callerText(caller), "keep", `not kept, so not taken: ${kept.error}`);
    return { answer: TRY_AGAIN, message: null };
  }
  if (kept.value === "known") return KNOWN;
  return { answer: { status: 202, body: { status: "taken" } }, message };
}

/** TradingView tries again after 5 seconds by itself. */
export const TRY_AGAIN: Answer = {
  ...refusal(503, "it could not be kept; try again"),
  headers: { "retry-after": "5" },
};

function messageOf(
  { signed }: Caller,
  { text, author, fields }: Content,
  { ref, now }: Named,
  doubtful: (doubt: string) => void,
): Message {
  const stated = statedTime(fields, now);
  if (stated !== null && stated.doubt !== null) doubtful(stated.doubt);
  const sentAt = stated?.sentAt ?? signed?.sentAt ?? now;
  return {
    ...{ ...ref, author, text, embeds: [], referenced: null },
    ...{ event: "create", previous: null, sentAt: millis(Math.min(sentAt, now)) },
  };
}

function refuse(
  { keeper, complain, clock }: ReceptionParts,
  caller: Caller,
  { bytes }: Body,
  { status, reason }: { readonly status: number; readonly reason: string },
): Taken {
  const { source, name: channel } = caller;
  const raw = rawOf(bytes);
  const kept = keeper.keepFault({ source, channel, at: clock.now(), raw, reason });
  const lost = kept.ok ? "" : `, and not kept: ${kept.error}`;
  complain(callerText(caller), `refused-${status}`, `${reason}${lost}`);
  return { answer: refusal(status, reason), message: null };
}
