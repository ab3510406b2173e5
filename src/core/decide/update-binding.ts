/**
 * Which trades a message speaks of.
 *
 * ```text
 * close                  every open trade of its channel and product that was alerted before it
 * anything else          those of one alert, on every account that follows it:
 *                        the one it answers or changes, else the last one taken
 * ```
 *
 * A message older than a trade's alert never touches that trade. What could mean two products means
 * none: leaving the wrong one is as dear as missing the right one.
 */
import type { FactOf } from "../model/fact.ts";
import type { Root } from "../model/instrument.ts";
import { instrumentOf } from "../model/instruments.ts";
import type { MessageRef } from "../model/message.ts";
import type { Rules } from "../model/rules.ts";
import type { Trade } from "../model/trade.ts";
import type { Update } from "../model/update.ts";
import { aboutOf, isOfMessage } from "../spoken.ts";
import { accountOf, type State } from "../state.ts";
import { isOver } from "../track/phases.ts";

/** What a message said, and when; `about` names the one alert it is about. */
export type Word = Pick<FactOf<"UpdateRead">, "message" | "sentAt" | "about" | "edit">;

export type Binding =
  | { readonly kind: "trades"; readonly has: (trade: Trade) => boolean }
  | {
      readonly kind: "none";
      /** The last of the alert it speaks of, which is over. */
      readonly over: Trade | null;
      readonly how: "noted" | "refused";
      readonly reason: string;
    };

export function bindingOf(
  state: State,
  trades: readonly Trade[],
  word: Word,
  update: Update,
): Binding {
  const isNamed = namedBy(state, update);
  const meant = trades.filter((one) => mayMean(one, word, update) && isNamed(one));
  return update.action === "close" && aboutOf(update, word) === null
    ? toProduct(meant, word, update)
    : toAlert(meant, word, update);
}

/** Those of its channel, and of its alert if it is about one; none younger than it. */
function mayMean(trade: Trade, word: Word, update: Update): boolean {
  if (!isOfChannel(trade, word.message)) return false;
  if (word.edit === undefined && trade.alertedAt > word.sentAt) return false;
  const about = aboutOf(update, word);
  return about === null || isOfMessage(trade.cause, about);
}

/** Where all rules trade a product alike, as they nearly always do, no account has to be asked. */
function namedBy(state: State, update: Update): (trade: Trade) => boolean {
  const { ruleSets } = state.settings;
  const all: readonly Rules["tradeAs"][] = [
    {},
    ...Object.values(ruleSets).map(({ tradeAs }) => tradeAs),
  ];
  return (trade) => {
    const isMeant = (tradeAs: Rules["tradeAs"]): boolean =>
      speaksOf(update, familyOf(trade), tradeAs);
    if (all.every(isMeant)) return true;
    if (!all.some(isMeant)) return false;
    const { rules } = accountOf(state, trade.account);
    return isMeant(ruleSets[rules]?.tradeAs ?? {});
  };
}

export const isOfChannel = ({ cause }: Trade, { source, channel }: MessageRef): boolean =>
  cause.channel === channel && cause.source === source;

/** An alert names one product, and its trades are in the one that is traded for it. */
export const speaksOf = (
  { instrument }: Update,
  family: Root,
  tradeAs: Rules["tradeAs"],
): boolean =>
  instrument === null || instrumentOf(tradeAs[instrument] ?? instrument).family === family;

const familyOf = ({ plan }: Trade): Root => instrumentOf(plan.instrument).family;

function nothing(word: Word, update: Update): Binding {
  const of = update.instrument === null ? "" : `${update.instrument} `;
  const reason =
    aboutOf(update, word) !== null
      ? "the alert it speaks of was not taken"
      : `no ${of}trade of this channel was open when it was said`;
  return { kind: "none", over: null, how: "noted", reason };
}

function toProduct(meant: readonly Trade[], word: Word, update: Update): Binding {
  const open = meant.filter((one) => !isOver(one.phase));
  if (open.length === 0) return nothing(word, update);
  const unclear = unclearAmong(open, update);
  if (unclear !== null) return unclear;
  return those(open);
}

function those(trades: readonly Trade[]): Binding {
  const ids = new Set(trades.map(({ id }) => id));
  return { kind: "trades", has: ({ id }) => ids.has(id) };
}

function toAlert(meant: readonly Trade[], word: Word, update: Update): Binding {
  const last = meant.reduce<Trade | null>(
    (newest, one) => (newest === null || isNewer(one, newest) ? one : newest),
    null,
  );
  if (last === null) return nothing(word, update);
  const message = messageOf(last.cause);
  const bound = meant.filter(({ cause }) => isOfMessage(cause, message));
  const open = bound.filter((one) => !isOver(one.phase));
  if (open.length === 0) {
    const reason = `trade #${last.number} is over`;
    return { kind: "none", over: last, how: "noted", reason };
  }
  const unclear = unclearAmong(open, update);
  if (unclear !== null) return unclear;
  return those(open);
}

const isNewer = (a: Trade, b: Trade): boolean =>
  a.alertedAt === b.alertedAt ? a.number > b.number : a.alertedAt > b.alertedAt;

/** Several alerts of one message are numbered behind its id. */
const messageOf = ({ id }: MessageRef): string => id.replace(/#\d+$/, "");

/** Null when one product is open, or one is named. */
function unclearAmong(open: readonly Trade[], { instrument }: Update): Binding | null {
  const families = new Set(open.filter((one) => !one.released).map(familyOf));
  if (instrument !== null || families.size < 2) return null;
  const reason = `it names no product, and ${[...families].toSorted().join(" and ")} are open`;
  return { kind: "none", over: null, how: "refused", reason };
}
