/**
 * From tokens to the outcome: veto, blocks, one alert a block, and what they amount to together.
 */
import type { Alert } from "../model/alert.ts";
import type { PriceLimits } from "../model/format.ts";
import type { Root } from "../model/instrument.ts";
import { instrumentOf } from "../model/instruments.ts";
import type { Update } from "../model/update.ts";
import { BLOCKS_MAX, type Block, blocksOf } from "./blocks.ts";
import { ALARM } from "./characters.ts";
import { type Veto, vetoOfBlock, vetoOfMessage } from "./context.ts";
import { readAlert } from "./entries.ts";
import { SIDES } from "./lexicon.ts";
import { doubtful, type None, none, type Parsed, unsure } from "./outcome.ts";
import { readReentry } from "./reentry.ts";
import { type Sentence, sentencesOf } from "./sentences.ts";
import { readStop } from "./stop.ts";
import type { Token } from "./tokens.ts";

export function readTokens(tokens: readonly Token[], limits: PriceLimits): Parsed {
  const hasWords = tokens.some(({ kind }) => kind === "word" || kind === "number");
  const isStruck = tokens.some(({ kind }) => kind === "struck");
  if (!hasWords) return none(isStruck ? "struck out" : "nothing to read");
  const veto = vetoOfMessage(tokens);
  if (veto !== null) return none(veto);
  const sentences = sentencesOf(tokens);
  const blocks = blocksOf(tokens, sentences);
  if (blocks.length > BLOCKS_MAX) return unsure("too many alerts in one message");
  if (blocks.length === 0) return withoutBlocks(tokens);
  return summed(verdictsOf(tokens, sentences, blocks, limits));
}

/** What is missing from a message that holds no contract, side and price together. */
function withoutBlocks(tokens: readonly Token[]): None {
  const stop = readStop(tokens, { from: 0, to: tokens.length }, -1);
  const hasRoot = tokens.some(({ root }) => root !== null);
  const hasSide = tokens.some(({ text }) => SIDES.has(text));
  if (stop.kind === "absent" || !(hasRoot || hasSide)) return none("no alert in it");
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
  limits: PriceLimits,
): readonly (Taken | Refused)[] {
  let last: Veto = { reason: "", until: 0 };
  return blocks.map((block) => {
    const { isReentry, before } = readReentry(tokens, sentences, block);
    const own = vetoOfBlock(tokens, sentences, block, isReentry);
    const veto = own ?? (block.pair.from < last.until ? last : null);
    last = veto ?? last;
    const alert = readAlert(tokens, sentences, block, limits);
    if (veto !== null) {
      const { outcome, ...held } = vetoed(veto, block, alert.ok && hasAlarm(tokens, block));
      const isAsked = alert.ok && blocks.length === 1 && outcome.reason.startsWith("unsure");
      return { ...held, outcome: isAsked ? { ...outcome, complete: alert.value } : outcome };
    }
    const instrument = block.pair.root;
    if (!alert.ok) return { kind: "refused", outcome: alert.error, instrument, isUnclear: true };
    const tags = isReentry ? [...alert.value.tags, "REENTRY"] : alert.value.tags;
    return { kind: "taken", alert: { ...alert.value, tags }, before };
  });
}

const hasAlarm = (tokens: readonly Token[], { body, pair }: Block): boolean =>
  tokens.slice(body.from, pair.from).some(({ text }) => text === ALARM);

/** A complete alert with its alarm sign that we hold back deserves a look. */
function vetoed({ reason }: Veto, { pair }: Block, isComplete: boolean): Refused {
  const isUnclear = reason.startsWith("unsure");
  const outcome = isComplete || isUnclear ? doubtful(reason) : none(reason);
  return { kind: "refused", outcome, instrument: pair.root, isUnclear };
}

/** Each alert stands or falls alone; but two about one product, and which of them is meant? */
function summed(verdicts: readonly (Taken | Refused)[]): Parsed {
  const taken = verdicts.filter((one) => one.kind === "taken");
  const refused = verdicts.filter((one) => one.kind === "refused");
  const [worst = none("no alert in it")] = refused.map(({ outcome }) => outcome).toSorted(byReview);
  const entries = distinct(taken.map(({ alert }) => alert));
  if (entries.length === 0) return worst;
  const families = new Set(entries.map(({ instrument }) => familyOf(instrument)));
  const isUnclear = refused.some((one) => one.isUnclear && families.has(familyOf(one.instrument)));
  if (isUnclear || families.size < entries.length) return unsure("two alerts for one product");
  const before = taken.flatMap((one) => one.before ?? []);
  const leftOut = refused.map(({ outcome }) => outcome.reason);
  return { kind: "entries", entries, before, leftOut };
}

const familyOf = (root: Root): Root => instrumentOf(root).family;

const byReview = (one: None, other: None): number => Number(other.review) - Number(one.review);

/** The same alert posted twice in one message is one alert. */
function distinct(alerts: readonly Alert[]): readonly Alert[] {
  const texts = alerts.map((alert) => JSON.stringify(alert));
  return alerts.filter((_, index) => texts.indexOf(String(texts[index])) === index);
}
