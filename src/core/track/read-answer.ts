/**
 * What the venue's answer to one of our requests means.
 *
 * Only an answer that says so ends an order. "Unknown" ends nothing: the order may live, and the
 * next snapshot decides.
 */
import type { Fact } from "../model/fact.ts";
import type { Named } from "../model/ids.ts";
import type { Trade } from "../model/trade.ts";
import type { Millis } from "../model/units.ts";
import type { Outcome } from "../model/venue.ts";
import { canBecome } from "./order-states.ts";
import { reopening } from "./reopening.ts";

export function readAnswer(
  trade: Trade,
  named: Named,
  outcome: Outcome,
  at: Millis,
): readonly Fact[] {
  switch (named.role) {
    case "e":
      return named.verb === "place" ? readEntryAnswer(trade, named, outcome, at) : [];
    case "s":
    case "t":
      return readLegAnswer(trade, named, outcome, at);
    case "p":
      return trade.part && trade.trims === named.attempt && outcome.kind === "refused"
        ? [{ at, trade: trade.id, kind: "TrimEnded", how: "refused" }]
        : [];
    case "c":
      // A close call that failed is simply asked again: the position says whether it worked.
      return [];
  }
}

function readEntryAnswer(
  trade: Trade,
  { tranche }: Named,
  outcome: Outcome,
  at: Millis,
): readonly Fact[] {
  const entry = trade.tranches[tranche]?.entry;
  if (!entry) return [];
  const about = { at, trade: trade.id, tranche };
  switch (outcome.kind) {
    case "done":
      return outcome.order !== null && entry.order === null && canBecome(entry.state, "working")
        ? [...reopening(trade, at), { ...about, kind: "EntryAccepted", order: outcome.order }]
        : [];
    case "refused":
      // Our own tag, already there: an earlier copy of this very order. Look, do not conclude.
      if (outcome.code === "tag-in-use") return lost(entry.state, about, outcome.reason);
      return canBecome(entry.state, "rejected") && entry.order === null
        ? [{ ...about, kind: "EntryRejected", code: outcome.code, reason: outcome.reason }]
        : [];
    case "not-sent":
      return entry.state === "sent"
        ? [{ ...about, kind: "EntryNotSent", reason: outcome.reason }]
        : [];
    case "unknown":
      return lost(entry.state, about, outcome.reason);
  }
}

const lost = (
  state: string,
  about: { at: Millis; trade: Trade["id"]; tranche: number },
  reason: string,
): readonly Fact[] => (state === "sent" ? [{ ...about, kind: "EntryUnknown", reason }] : []);

function readLegAnswer(trade: Trade, named: Named, outcome: Outcome, at: Millis): readonly Fact[] {
  const side = named.role === "s" ? "stop" : "target";
  const leg = trade.tranches[named.tranche]?.[side];
  if (!leg) return [];
  const about = { at, trade: trade.id, tranche: named.tranche, leg: side } as const;
  if (named.verb === "modify") {
    const current = leg.change !== null && leg.change.attempt === named.attempt;
    return outcome.kind === "refused" && current
      ? [{ ...about, kind: "LegChangeRefused", reason: outcome.code }]
      : [];
  }
  if (named.verb === "cancel" || leg.attempts !== named.attempt || leg.state !== "sent") return [];
  if (outcome.kind === "refused" && outcome.code !== "tag-in-use") {
    return [{ ...about, kind: "LegRejected", reason: outcome.code }];
  }
  return outcome.kind === "done" ? [] : [{ ...about, kind: "LegUnknown", reason: outcome.kind }];
}
