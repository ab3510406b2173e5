/**
 * "Stopped on the first one, re-entering": what the author is out of, we leave before we enter.
 *
 * ```text
 * message ─► trades of this channel and product, alerted before it ─► ExitBegun, through the leg
 *                 └─ released to a person: theirs, never touched
 * ```
 *
 * It only reduces, so it also holds for a message whose entry is too old to be taken. A repeat says
 * nothing new of its own product and closes nothing there: what it speaks of may be the very trade
 * the first one opened.
 */
import type { Alert } from "../model/alert.ts";
import type { AccountId } from "../model/ids.ts";
import { instrumentOf } from "../model/instruments.ts";
import type { MessageRef } from "../model/message.ts";
import type { AccountRules, Rules } from "../model/rules.ts";
import type { Trade } from "../model/trade.ts";
import type { Millis } from "../model/units.ts";
import type { Update } from "../model/update.ts";
import { accountOf, openTradesOf, ruleSetOf } from "../state.ts";
import { record, type Turn } from "../turn.ts";
import { isOfChannel, speaksOf } from "./update-binding.ts";
import { isRepeatFor, type Readings } from "./verdict.ts";

/** What a message says is over. */
export interface Told {
  readonly ref: MessageRef;
  readonly sentAt: Millis;
  readonly updates: readonly Update[];
}

export interface Ended extends Told {
  /** Those that are news also where the alert beside them is none. */
  readonly ofOthers: readonly Update[];
}

/** Of products that no alert beside them is about; a part is never sold twice. */
export function ofOthers(updates: readonly Update[], entries: readonly Alert[]): readonly Update[] {
  const families = new Set(entries.map(({ instrument }) => instrumentOf(instrument).family));
  return updates.filter(
    ({ action, instrument }) =>
      action !== "trim" && instrument !== null && !families.has(instrumentOf(instrument).family),
  );
}

/** The trades each account leaves because of it, also those it was leaving already. */
export type Leaving = ReadonlyMap<AccountId, readonly Trade[]>;

export function leaveFirst(
  turn: Turn,
  accounts: readonly AccountRules[],
  told: Ended,
  readings: Readings,
): Leaving {
  const leaving = new Map<AccountId, readonly Trade[]>();
  for (const { id, rules } of accounts) {
    const updates = isRepeatFor(turn, readings, rules) ? told.ofOthers : told.updates;
    const trades = openTradesOf(turn.state, accountOf(turn.state, id));
    const said = { ...told, updates };
    const bound = trades.filter((one) => isBound(one, said, ruleSetOf(turn.state, rules)));
    for (const { id: trade, exit } of bound)
      if (exit === null)
        record(turn, { at: turn.at, trade, kind: "ExitBegun", reason: "close-message" });
    if (bound.length > 0) leaving.set(id, bound);
  }
  return leaving;
}

/** A message speaks of its own channel's trades, and of none whose alert is younger than itself. */
export function isBound(trade: Trade, { ref, sentAt, updates }: Told, rules: Rules): boolean {
  if (trade.released || !isOfChannel(trade, ref)) return false;
  const { family } = instrumentOf(trade.plan.instrument);
  return (
    trade.alertedAt <= sentAt &&
    updates.some((one) => isOut(one) && speaksOf(one, family, rules.tradeAs))
  );
}

/** Said before an entry, both mean that the author is out. */
export const isOut = ({ action }: Update): boolean => action === "close" || action === "stopped";
