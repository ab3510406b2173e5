/**
 * News of trades taken earlier: written down, then done to every trade it speaks of.
 *
 * ```text
 * UpdateRead ─► update 1 ─► trades bound to it ─► facts, UpdateSettled, one a trade
 *               update 2 ─► ...                   in the order of the text, in one step
 * ```
 *
 * It only reduces, so it is done however late it comes, whatever the gate. All accounts are decided
 * in this one step: unlike an entry, an exit that a crash cut off would be missed for ever. What has
 * to be sent for very many of them follows in steps of its own, from facts that are durable by then.
 */
import { canonical } from "../../std/canonical.ts";
import { hash128 } from "../../std/hash.ts";
import { valuesOf } from "../../std/trie.ts";
import type { TradeId } from "../model/ids.ts";
import type { InputOf } from "../model/input.ts";
import { type Message, refOf } from "../model/message.ts";
import type { Update } from "../model/update.ts";
import { readMessage } from "../parse/read-message.ts";
import { sceneOf } from "../scenery.ts";
import { isOfMessage } from "../spoken.ts";
import { openTradesOf, tradeOf } from "../state.ts";
import { record, type Turn } from "../turn.ts";
import { bindingOf, isOfChannel, type Word } from "./update-binding.ts";
import { type Outcome, outcomeFor } from "./update-effect.ts";
import { withdrawWaiting } from "./withdraw.ts";

/** Text kept in the journal; a message is never longer than Discord lets it be. */
export const TEXT_KEPT = 4_000;

export function decideUpdate(
  turn: Turn,
  input: InputOf<"message">,
  updates: readonly Update[],
): void {
  const { message } = input;
  const word = wordOf(turn, input);
  const { author } = message;
  const text = message.text.slice(0, TEXT_KEPT);
  record(turn, { at: turn.at, kind: "UpdateRead", ...word, author, text, updates });
  // An edit or a deletion of what waits was looked at before it came here.
  if (message.event === "create") withdrawWaiting(turn, { ...word, ref: word.message, updates });
  settleUpdates(turn, word, updates);
}

function wordOf(turn: Turn, { message, room }: InputOf<"message">): Word {
  const { sentAt, id } = message;
  const word = { message: refOf(message), sentAt };
  const edit = digestOf(message);
  if (edit !== undefined) return { ...word, about: id, edit };
  const about = answered(turn, message, room);
  return about === undefined ? word : { ...word, about };
}

/** Two edits of one message that say the same are one. A new message needs no digest but its id. */
export const digestOf = ({ event, text, embeds }: Message): string | undefined =>
  event === "create"
    ? undefined
    : hash128(canonical([event, text, embeds]))
        .map((lane) => (lane >>> 0).toString(16).padStart(8, "0"))
        .join("");

/** The message it answers, if that one is an alert: of other talk the last alert is meant. */
function answered(
  { state }: Turn,
  message: Message,
  room: InputOf<"message">["room"],
): string | undefined {
  const { replyTo, referenced } = message;
  if (replyTo === undefined) return undefined;
  const ref = refOf(message);
  const isTaken = valuesOf(state.trades).some(
    (one) => isOfChannel(one, ref) && isOfMessage(one.cause, replyTo),
  );
  return isTaken || readsAsAlert(message, referenced, room) ? replyTo : undefined;
}

function readsAsAlert(
  message: Message,
  text: string | null,
  room: InputOf<"message">["room"],
): boolean {
  if (text === null) return false;
  const alone: Message = { ...message, text, embeds: [], referenced: null };
  return readMessage(alone, room).kind === "entries";
}

export function settleUpdates(turn: Turn, word: Word, updates: readonly Update[]): void {
  for (const [index, update] of updates.entries()) {
    const binding = bindingOf(turn.state, valuesOf(turn.state.trades), word, update);
    if (binding.kind === "trades") {
      for (const id of boundTrades(turn, binding.has))
        settle(turn, word, { index, update, trade: id });
    } else {
      const { how, reason, over } = binding;
      const outcome: Outcome = { how, reason, facts: [] };
      const review = how === "refused" ? { review: true as const } : {};
      tell(turn, word, { index, update, trade: over?.id ?? null }, { ...outcome, ...review });
    }
  }
}

const boundTrades = (
  { state }: Turn,
  has: Extract<ReturnType<typeof bindingOf>, { kind: "trades" }>["has"],
): readonly TradeId[] =>
  valuesOf(state.accounts)
    .flatMap((account) => openTradesOf(state, account))
    .filter(has)
    .map(({ id }) => id);

interface Part {
  readonly index: number;
  readonly update: Update;
}

function settle(turn: Turn, word: Word, part: Part & { readonly trade: TradeId }): void {
  const trade = tradeOf(turn.state, part.trade);
  const outcome = outcomeFor(trade, part.update, sceneOf(turn, trade));
  tell(turn, word, part, outcome);
  record(turn, ...outcome.facts);
}

function tell(
  turn: Turn,
  { message }: Word,
  { index, update, trade }: Part & { readonly trade: TradeId | null },
  { how, reason, review }: Outcome,
): void {
  const { at } = turn;
  const { action } = update;
  const settled = { at, message, kind: "UpdateSettled", index, action, bound: trade } as const;
  record(turn, { ...settled, how, reason, ...(review && { review }) });
}
