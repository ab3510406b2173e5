/**
 * Reads an edit or a deletion: what it changes about an alert that was acted on when it was posted.
 *
 * ```text
 * was      🚨 ES long 6326: A ⏎ Stop: 6316
 * now      ... Stop: 6318                     move the stop to 6318
 *          ... A CANCELLED                    cancel; so does an alert that is struck through
 *          ... EDIT: stop to BE               what was added is read by itself, like a reply
 *          ... good luck                      nothing
 *          ES long 6336 ..., ES short ...     unsure: somebody should look
 * deleted                                     cancel
 * ```
 *
 * It never opens a trade, whatever it says.
 */
import { canonical } from "../../std/canonical.ts";
import type { Alert } from "../model/alert.ts";
import { ticksToPoints } from "../model/instrument.ts";
import { instrumentOf } from "../model/instruments.ts";
import type { Message } from "../model/message.ts";
import type { Update } from "../model/update.ts";
import { type Change, changeBetween } from "./change-of-tokens.ts";
import { type Entries, none, type Parsed, unsure } from "./outcome.ts";
import { readTokens, referenceIn } from "./read-tokens.ts";
import type { Settings } from "./settings.ts";
import { tokensOfMessage, tokensOfText } from "./token-stream.ts";
import type { Token } from "./tokens.ts";

const NO_CHANGE = none("an edit that changes nothing");

export function readChange(message: Message, settings: Settings): Parsed {
  const before = tokensOfText(message.previous ?? "", settings);
  const was = before.ok ? before.value : [];
  if (message.event === "delete") return readDeletion(was, settings);
  const after = tokensOfMessage(message, settings);
  if (!after.ok) return after.error;
  const change = changeBetween(was, after.value);
  return change === null ? NO_CHANGE : readEdit(was, after.value, change, settings);
}

function readDeletion(was: readonly Token[], settings: Settings): Parsed {
  const alert = readTokens(was, settings);
  return alert.kind === "entries" ? taken(alert) : none("a deleted message");
}

/** All alerts of it are taken back. */
const taken = ({ entries }: Entries): Parsed => ({
  kind: "update",
  updates: entries.map(({ instrument }) => ({ action: "cancel", instrument })),
});

function readEdit(
  was: readonly Token[],
  now: readonly Token[],
  change: Change,
  settings: Settings,
): Parsed {
  const old = readTokens(was, settings);
  const unstruck = now.filter(({ kind }) => kind !== "struck");
  const is = readTokens(unstruck.some(isSaid) ? unstruck : now, settings);
  if (old.kind !== "entries") return editOfTalk(old, is);
  const changed = is.kind === "entries" ? editOfAlert(old, is) : null;
  if (changed !== null && changed !== NO_CHANGE) return changed;
  const told = readTokens(change.added, settings, { ...referenceIn(was), isAlert: true });
  if (told.kind === "update") return told;
  if (changed !== null) return changed;
  const isStruck = now.length > unstruck.length && !was.some(({ kind }) => kind === "struck");
  return isStruck ? taken(old) : unsure("an edit changed an alert");
}

const isSaid = ({ kind }: Token): boolean => kind === "word" || kind === "number";

/** What was no alert cannot become one; an update that was put right counts. */
function editOfTalk(old: Parsed, is: Parsed): Parsed {
  if (is.kind === "entries") return unsure("an edit made an alert of it");
  if (is.kind === "none" && is.review) return is;
  if (is.kind !== "update") return none("an edit");
  const known = old.kind === "update" ? new Set(old.updates.map(canonicalOf)) : new Set();
  const updates = is.updates.filter((update) => !known.has(canonicalOf(update)));
  return updates.length === 0 ? NO_CHANGE : { kind: "update", updates };
}

const canonicalOf = (update: Update): string => canonical(update);

/** Both read as alerts: only the stop may have changed. */
function editOfAlert(old: Entries, { entries }: Entries): Parsed {
  const updates: Update[] = [];
  for (const [index, before] of old.entries.entries()) {
    const after = entries[index];
    if (after === undefined || entries.length > old.entries.length) {
      return unsure("an edit changed how many alerts there are");
    }
    const changed = whatChanged(before, after);
    if (changed !== null) return unsure(`an edit changed ${changed}`);
    if (before.stop !== after.stop) updates.push(newStop(after));
  }
  return updates.length === 0 ? NO_CHANGE : { kind: "update", updates };
}

/** But for the stop. */
function whatChanged(before: Alert, after: Alert): string | null {
  if (before.instrument !== after.instrument) return "the contract of an alert";
  if (before.side !== after.side) return "the side of an alert";
  if (before.entry !== after.entry) return "the entry of an alert";
  return isAlike(before, after) ? null : "an alert";
}

const isAlike = (before: Alert, after: Alert): boolean =>
  before.size === after.size &&
  before.quantity === after.quantity &&
  before.stopCondition === after.stopCondition &&
  before.targets.join() === after.targets.join() &&
  before.tags.join() === after.tags.join();

const newStop = ({ instrument, stop }: Alert): Update => ({
  action: "move_stop",
  instrument,
  stop: ticksToPoints(instrumentOf(instrument), stop),
});
