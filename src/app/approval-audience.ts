/**
 * Brings the questions of the house to those who can show them, and says when they are over.
 *
 * ```text
 * ApprovalAsked, RunStarted ─► what a yes would do now ─► ask        ApprovalEnded ─► ended
 * ```
 *
 * What a yes would do is found out by trying: a step is a pure function, and what comes out of it
 * is thrown away.
 */
import { step } from "../core/engine.ts";
import type { Quote } from "../core/model/quote.ts";
import type { Waiting } from "../core/model/waiting.ts";
import type { State } from "../core/state.ts";
import { alertText } from "../core/views/alert-text.ts";
import { narratorOf } from "../core/views/narrator.ts";
import { narrate } from "../core/views/timeline.ts";
import type { ApprovalDesk, WaitingEntry } from "../ports/approvals.ts";
import type { Audience } from "../ports/audience.ts";
import type { Clock } from "../ports/clock.ts";
import { valuesOf } from "../std/trie.ts";

export interface ApprovalAudienceParts {
  readonly desks: readonly ApprovalDesk[];
  readonly state: () => State;
  readonly quotes: () => readonly Quote[];
  readonly clock: Pick<Clock, "now">;
}

export function approvalAudience(parts: ApprovalAudienceParts): Audience {
  const { desks, state } = parts;
  const ask = (entry: number): void => {
    const one = state().waiting.find((waiting) => waiting.entry === entry);
    // Asked and over within one turn.
    if (one === undefined) return;
    const shown = shownEntry(parts, one);
    for (const desk of desks) desk.ask(shown);
  };
  return {
    told(recorded) {
      if (desks.length === 0) return;
      for (const { fact } of recorded) {
        if (fact.kind === "RunStarted") for (const { entry } of state().waiting) ask(entry);
        if (fact.kind === "ApprovalAsked") ask(fact.entry);
        if (fact.kind === "ApprovalEnded")
          for (const desk of desks) desk.ended(fact.entry, fact.how, fact.by);
      }
    },
  };
}

/** Of very many accounts the first tell enough. */
const ACCOUNTS_SHOWN = 10;

function shownEntry({ state, quotes, clock }: ApprovalAudienceParts, one: Waiting): WaitingEntry {
  const { entry, message, until, smallest, reason } = one;
  const command = { kind: "approve", entry, by: "nobody" } as const;
  const before = state();
  const { facts } = step(before, { kind: "command", at: clock.now(), quotes: quotes(), command });
  let narrator = narratorOf(before.settings, valuesOf(before.trades));
  const verdicts: (readonly string[])[] = [];
  // Refusals count in the alert's instrument, so the narrator must have heard of it.
  const { author, alert, sentAt } = one;
  const read = {
    kind: "AlertRead",
    at: one.askedAt,
    text: "",
    message,
    author,
    alert,
    sentAt,
  } as const;
  narrator = narrate(narrator, read).narrator;
  for (const fact of facts) {
    const told = narrate(narrator, fact);
    narrator = told.narrator;
    if (fact.kind === "TradePlanned" || fact.kind === "TradeRefused")
      verdicts.push(told.lines.filter(({ kind }) => kind !== "alert").map(({ text }) => text));
  }
  const more = verdicts.length - ACCOUNTS_SHOWN;
  return {
    entry,
    message,
    until,
    lines: [
      `${alertText(alert)}${smallest ? ", at the smallest size" : ""} (${reason})`,
      ...verdicts
        .slice(0, ACCOUNTS_SHOWN)
        .flat()
        .map((text) => text.replace(/^#\d+ /, "")),
      ...(more > 0 ? [`and ${more} more accounts`] : []),
    ],
  };
}
