/**
 * From tokens to the outcome: veto, blocks, one alert a block, updates, and what they amount to.
 *
 * A complete alert comes before any update; a message whose alert is refused is none, and no part
 * of it is read as something else: the stop of a bad alert is no news about an older trade.
 */
import type { Result } from "../../std/result.ts";
import type { Alert } from "../model/alert.ts";
import type { Root } from "../model/instrument.ts";
import { instrumentOf } from "../model/instruments.ts";
import type { Update } from "../model/update.ts";
import { updatesBeside } from "./beside.ts";
import { BLOCKS_MAX, type Block, blocksOf } from "./blocks.ts";
import { ALARM } from "./characters.ts";
import { type Veto, vetoOfBlock, vetoOfMessage } from "./context.ts";
import { readAlert } from "./entries.ts";
import { mayMatter } from "./interest.ts";
import { SIDE_MARK } from "./marks.ts";
import {
  doubtful,
  type Entries,
  NOTHING_IN_IT,
  type None,
  none,
  type Parsed,
  unsure,
} from "./outcome.ts";
import { readReentry } from "./reentry.ts";
import { type Sentence, sentencesOf } from "./sentences.ts";
import type { Settings } from "./settings.ts";
import { readSize } from "./size.ts";
import { readStop } from "./stop.ts";
import { hasText, type Token } from "./tokens.ts";
import { readUpdates } from "./updates.ts";

/** What is known of the message this one answers. */
export interface Reference {
  readonly roots: readonly Root[];
  /** An alert, or what looks like one. */
  readonly isAlert: boolean;
}

export const NO_REFERENCE: Reference = { roots: [], isAlert: false };

export function referenceIn(tokens: readonly Token[]): Reference {
  const roots: Root[] = [];
  for (const { root } of tokens) if (root !== null && !roots.includes(root)) roots.push(root);
  return { roots, isAlert: roots.length > 0 && tokens.some(isSide) };
}

export function readTokens(
  tokens: readonly Token[],
  settings: Settings,
  reference: Reference = NO_REFERENCE,
): Parsed {
  if (!tokens.some(isSaid)) {
    const isStruck = tokens.some(({ kind }) => kind === "struck");
    return none(isStruck ? "struck out" : "nothing to read");
  }
  if (!mayMatter(tokens)) return none(NOTHING_IN_IT);
  const veto = vetoOfMessage(tokens);
  if (veto !== null && !SPARES_UPDATES.test(veto)) return none(veto);
  const sentences = sentencesOf(tokens);
  const blocks = blocksOf(tokens, sentences);
  if (blocks.length > BLOCKS_MAX) return unsure("too many alerts in one message");
  const entry = veto === null ? alertsIn(tokens, sentences, blocks, settings) : none(veto);
  if (entry.kind === "entries") return withBeside(entry, tokens, sentences, blocks, settings);
  if (blocks.some((block) => isGiven(tokens, block))) return entry;
  const reader = { limits: settings.limits, isReply: reference.isAlert, roots: reference.roots };
  const { updates, against } = readUpdates(tokens, sentences, reader);
  if (updates.length > 0) return { kind: "update", updates };
  return entry.reason === NOTHING_IN_IT || !entry.review ? (against ?? entry) : entry;
}

const isSide = ({ marks }: Token): boolean => (marks & SIDE_MARK) !== 0;

const isSaid = ({ kind }: Token): boolean => kind === "word" || kind === "number";

/** With what it says of other trades; what a re-entry says of the one before it is said already. */
function withBeside(
  entry: Entries,
  tokens: readonly Token[],
  sentences: readonly Sentence[],
  blocks: readonly Block[],
  { limits }: Settings,
): Entries {
  const told = updatesBeside(tokens, sentences, blocks, { limits, isReply: false, roots: [] });
  if (told.length === 0) return entry;
  const isNew = ({ action, instrument }: Update): boolean =>
    !/^(?:close|stopped)$/.test(action) ||
    !entry.before.some((one) => instrument === null || one.instrument === instrument);
  return { ...entry, before: [...entry.before, ...told.filter(isNew)] };
}

/** These turn a message away as an alert, and are how updates are headed. */
const SPARES_UPDATES = /^(?:an update|taken back|a profit report)$/;

/** Given as an alert with its letter or its stop, good or bad; a card may tell of an older one. */
function isGiven(tokens: readonly Token[], { pair, entry, body, isCard }: Block): boolean {
  if (isCard) return false;
  const range = { from: pair.to, to: body.to };
  const entryAt = entry.kind === "price" ? entry.at : -1;
  const { letter, fault } = readSize(tokens, entry.to, range);
  return letter !== null || fault !== null || readStop(tokens, range, entryAt).kind !== "absent";
}

function alertsIn(
  tokens: readonly Token[],
  sentences: readonly Sentence[],
  blocks: readonly Block[],
  settings: Settings,
): Exclude<Parsed, { kind: "update" | "tracked" }> {
  if (blocks.length === 0) return withoutBlocks(tokens);
  return summed(verdictsOf(tokens, sentences, blocks, settings));
}

/** What is missing from a message that holds no contract, side and price together. */
function withoutBlocks(tokens: readonly Token[]): None {
  const stop = readStop(tokens, { from: 0, to: tokens.length }, -1);
  if (stop.kind === "absent") return none(NOTHING_IN_IT);
  const hasRoot = tokens.some(({ root }) => root !== null);
  const hasSide = tokens.some(isSide);
  if (!(hasRoot || hasSide)) return none(NOTHING_IN_IT);
  if (!hasRoot) return unsure("no contract is named");
  return unsure(hasSide ? "no entry price" : "neither long nor short");
}

interface Taken {
  readonly kind: "taken";
  readonly alert: Alert;
  readonly before: Update | null;
}
interface Refused {
  readonly kind: "refused";
  readonly outcome: None;
  readonly instrument: Root;
  /** Meant as an alert, as far as one can tell, but not to be relied upon. */
  readonly isUnclear: boolean;
}

function verdictsOf(
  tokens: readonly Token[],
  sentences: readonly Sentence[],
  blocks: readonly Block[],
  settings: Settings,
): readonly (Taken | Refused)[] {
  let last: Veto = { reason: "", until: 0 };
  return blocks.map((block) => {
    const { isReentry, before } = readReentry(tokens, sentences, block);
    const own = vetoOfBlock(tokens, sentences, block, isReentry);
    const veto = own ?? (block.pair.from < last.until ? last : null);
    last = veto ?? last;
    const instrument = block.pair.root;
    const read = () => readAlert(tokens, sentences, block, settings);
    if (veto !== null) return vetoed(veto, instrument, hasAlarm(tokens, block), read);
    const alert = read();
    if (!alert.ok) return { kind: "refused", outcome: alert.error, instrument, isUnclear: true };
    if (!isReentry) return { kind: "taken", alert: alert.value, before };
    const tags = [...alert.value.tags, "REENTRY"];
    return { kind: "taken", alert: { ...alert.value, tags }, before };
  });
}

const hasAlarm = (tokens: readonly Token[], { body, pair }: Block): boolean =>
  hasText(tokens, { from: body.from, to: pair.from }, ALARM);

/** "Roll" stands where the size should, and all else is there. */
const ROLL = "unsure: a roll instead of a size";

/** A complete alert with its alarm sign that we hold back deserves a look. */
function vetoed(
  { reason }: Veto,
  instrument: Root,
  isAlarmed: boolean,
  read: () => Result<Alert, None>,
): Refused {
  const isUnclear = reason.startsWith("unsure");
  const isReviewed = isUnclear || (isAlarmed && read().ok);
  const outcome = isReviewed ? doubtful(reason) : none(reason);
  const alert = reason === ROLL ? read() : null;
  const complete = alert === null || alert.ok ? undefined : alert.error.complete;
  if (complete === undefined) return { kind: "refused", outcome, instrument, isUnclear };
  return { kind: "refused", outcome: { ...outcome, complete }, instrument, isUnclear };
}

/** Each alert stands or falls alone; but two about one product, and which of them is meant? */
function summed(
  verdicts: readonly (Taken | Refused)[],
): Exclude<Parsed, { kind: "update" | "tracked" }> {
  const [only] = verdicts;
  if (only !== undefined && verdicts.length === 1) return alone(only);
  const taken = verdicts.filter((one) => one.kind === "taken");
  const refused = verdicts.filter((one) => one.kind === "refused");
  const worst = worstOf(refused);
  const entries = distinct(taken.map(({ alert }) => alert));
  if (entries.length === 0) return incomplete(worst);
  const families = new Set(entries.map(({ instrument }) => familyOf(instrument)));
  const isUnclear = refused.some((one) => one.isUnclear && families.has(familyOf(one.instrument)));
  if (isUnclear || families.size < entries.length) return unsure("two alerts for one product");
  const before = taken.map((one) => one.before).filter((one) => one !== null);
  const leftOut = refused.map(({ outcome }) => outcome.reason);
  return { kind: "entries", entries, before, leftOut };
}

function alone(verdict: Taken | Refused): Entries | None {
  if (verdict.kind === "refused") return verdict.outcome;
  const { alert, before } = verdict;
  return {
    kind: "entries",
    entries: [alert],
    before: before === null ? [] : [before],
    leftOut: [],
  };
}

/** Of several alerts none is complete by itself. */
const incomplete = ({ kind, reason, review }: None): None => ({ kind, reason, review });

const familyOf = (root: Root): Root => instrumentOf(root).family;

/** The first that somebody should see, else the first. */
const worstOf = (refused: readonly Refused[]): None =>
  (refused.find(({ outcome }) => outcome.review) ?? refused[0])?.outcome ?? none(NOTHING_IN_IT);

/** The same alert posted twice in one message is one alert. */
const distinct = (alerts: readonly Alert[]): readonly Alert[] =>
  alerts.filter((alert, index) => !alerts.slice(0, index).some((one) => isEqual(one, alert)));

const isEqual = (one: Alert, other: Alert): boolean =>
  one.instrument === other.instrument &&
  one.entry === other.entry &&
  JSON.stringify(one) === JSON.stringify(other);
