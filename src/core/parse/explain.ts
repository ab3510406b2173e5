/**
 * Why a message was read as it was: the stages of `read-message.ts` once more, each telling what it
 * made of what it was given.
 *
 * ```text
 * event ─► author ─► text ─► characters ─► mark-up ─► words ─┬─► context ─► alerts ─┬─► updates ─► numbers ─► limits
 *                                                            ├─► other markets ─────┤
 *                                                            └─► JSON ──────────────┘
 * ```
 *
 * It runs the very functions that read alerts and decides nothing: what the message amounts to is
 * the answer of `readMessage`, and stands beside the stages.
 */
import { invariant } from "../../std/assert.ts";
import type { Format } from "../model/format.ts";
import { instrumentOf } from "../model/instruments.ts";
import type { Message } from "../model/message.ts";
import { trackedText } from "../model/tracked-wording.ts";
import { updateText } from "../model/update-wording.ts";
import { assembled, TEXT_LENGTH_MAX } from "./assemble.ts";
import { mayGiveAlerts } from "./author.ts";
import { type Block, blocksOf } from "./blocks.ts";
import { EMOJI, MENTION, plainCharacters, STRUCK } from "./characters.ts";
import { vetoOfBlock, vetoOfMessage } from "./context.ts";
import { readAlert } from "./entries.ts";
import { numberLines } from "./explain-numbers.ts";
import { readForeign } from "./foreign/read-foreign.ts";
import { readJson } from "./foreign/read-json.ts";
import { withoutLinks } from "./links.ts";
import { withoutMarkdown } from "./markdown.ts";
import { withoutMentions } from "./mentions.ts";
import type { Parsed } from "./outcome.ts";
import { ownWords } from "./quotes.ts";
import { type ParseSettings, readMessage } from "./read-message.ts";
import { readReentry } from "./reentry.ts";
import { sentencesOf } from "./sentences.ts";
import { settingsOf } from "./settings.ts";
import { tokensOf } from "./tokenizer.ts";
import type { Token } from "./tokens.ts";

export interface Stage {
  readonly stage: string;
  /** At least one. */
  readonly lines: readonly string[];
}

export interface Explanation {
  readonly stages: readonly Stage[];
  readonly parsed: Parsed;
}

export function explainMessage(message: Message, settings: ParseSettings): Explanation {
  const parsed = readMessage(message, settings);
  const allowed = mayGiveAlerts(message, settings.authors ?? settings.format.authors);
  const first = [stage("event", eventLine(message)), authorStage(message, settings, allowed)];
  const stages = allowed ? [...first, ...textStages(message, settings.format, parsed)] : first;
  return { stages, parsed };
}

const stage = (name: string, ...lines: readonly string[]): Stage => ({ stage: name, lines });

function eventLine({ event, previous, nature, referenced, replyTo }: Message): string {
  if (event === "delete") return "it was deleted; a deletion opens nothing";
  if (event === "edit")
    return `an edit, which never opens a trade; before it said ${quoted(previous)}`;
  if (nature === "forward") return "forwarded: somebody's message from elsewhere";
  if (nature === "system") return "written by the platform, not by a person";
  const isReply = referenced !== null || replyTo !== undefined;
  return isReply ? `a reply to ${quoted(referenced)}` : "a new message";
}

const QUOTE_MAX = 80;

const quoted = (text: string | null): string => {
  if (text === null) return "something that is not known here";
  return `"${cut(text.replaceAll(/\s+/g, " "), QUOTE_MAX)}"`;
};

const cut = (text: string, most: number): string =>
  text.length > most ? `${text.slice(0, most)}...` : text;

function authorStage(
  { author, authorId }: Message,
  { authors, format }: ParseSettings,
  allowed: boolean,
): Stage {
  const who = author ?? authorId ?? "nobody named";
  const list = authors ?? format.authors;
  if (list === null) return stage("author", `${who}; everybody is heard in this room`);
  const isById = authorId !== undefined;
  const known = (isById ? list.ids : list.names).join(", ");
  const how = isById ? `the id ${authorId}` : "the name";
  return stage(
    "author",
    allowed
      ? `${who} is heard, by ${how}`
      : `${who} is not heard: ${how} is none of ${known === "" ? "those listed: there are none" : known}`,
  );
}

function textStages(message: Message, format: Format, parsed: Parsed): readonly Stage[] {
  const text = assembled(message);
  if (text === null) return [stage("text", `longer than ${TEXT_LENGTH_MAX} characters`)];
  const cards = message.embeds.length;
  const length = `${text.length} characters${cards === 0 ? "" : `, with ${cards} embedded`}`;
  const stages = [stage("text", length, ...shown(text))];
  const plain = plainCharacters(text);
  if (!plain.ok) return [...stages, stage("characters", plain.error)];
  stages.push(changed("characters", text, plain.value));
  const bare = withoutMarkdown(ownWords(withoutLinks(withoutMentions(plain.value))));
  stages.push(changed("mark-up", plain.value, bare));
  stages.push(...ownWordStage(bare, format));
  const tokens = tokensOf(bare, settingsOf(format).aliases);
  if (tokens === null) return [...stages, stage("words", "too many of them")];
  return [
    ...stages,
    stage("words", wordsLine(tokens)),
    ...readingStages(message, tokens, format),
    ...updateStage(parsed),
    ...numberStages(tokens, format, parsed),
  ];
}

/** As what it was read: an object of a platform, another market, or a message about futures. */
function readingStages(
  message: Message,
  tokens: readonly Token[],
  format: Format,
): readonly Stage[] {
  const isNew = message.event === "create";
  if (isNew && readJson(message, settingsOf(format).limits) !== null) {
    return [stage("JSON", "an object of a trading platform, read key by key")];
  }
  const context = stage(
    "context",
    vetoOfMessage(tokens) ?? "nothing in it speaks against an alert",
  );
  const other = isNew ? readForeign(tokens, message.sentAt) : null;
  if (other === null) return [context, stage("alerts", ...alertLines(tokens, format))];
  const isKept = other.kind === "tracked";
  const lines = isKept ? other.tracked.map(trackedText) : ["it speaks of an option or a currency"];
  return [context, stage("other markets", ...lines)];
}

/** What is said of trades that are on; left out where nothing is. */
function updateStage(parsed: Parsed): readonly Stage[] {
  if (parsed.kind === "update") return [stage("updates", ...parsed.updates.map(updateText))];
  if (parsed.kind !== "entries" || parsed.before.length === 0) return [];
  return [stage("updates", ...parsed.before.map((one) => `first: ${updateText(one)}`))];
}

const LINES_MAX = 12;

const shown = (text: string): readonly string[] =>
  text
    .split("\n")
    .slice(0, LINES_MAX)
    .map((line) => cut(spelt(line), QUOTE_MAX));

/** Our own marks for what was taken out are no characters anybody can see. */
const spelt = (text: string): string =>
  text.replaceAll(MENTION, "<mention>").replaceAll(EMOJI, "<emoji>").replaceAll(STRUCK, "<struck>");

const changed = (name: string, before: string, after: string): Stage =>
  before === after ? stage(name, "nothing to clean") : stage(name, ...shown(after));

/** The room's own words that occur, and what the format says about them. */
function ownWordStage(text: string, { name, words, symbols, sizes }: Format): readonly Stage[] {
  const meanings = new Map([
    ...Object.entries(words),
    ...Object.entries(symbols),
    ...Object.entries(sizes).map(([own, letter]) => [own, `size ${letter}`] as const),
  ]);
  const said = new Set(text.toLowerCase().match(/[\p{L}']+/gu));
  const lines = [...meanings].flatMap(([own, meaning]) =>
    said.has(own) ? [`"${own}" stands for ${meaning}`] : [],
  );
  return lines.length === 0 ? [] : [stage(`format ${name}`, ...lines)];
}

const WORDS_MAX = 60;

function wordsLine(tokens: readonly Token[]): string {
  const words = tokens.slice(0, WORDS_MAX).map(({ kind, text, root }) => {
    if (kind === "newline") return "/";
    return root === null ? spelt(text) : `[${root}]`;
  });
  const more = tokens.length - words.length;
  return `${words.join(" ")}${more > 0 ? ` ... and ${more} more` : ""}`;
}

/** What each pair of a contract and a side turned out to be. */
function alertLines(tokens: readonly Token[], format: Format): readonly string[] {
  const sentences = sentencesOf(tokens);
  const settings = settingsOf(format);
  const blocks = blocksOf(tokens, sentences);
  if (blocks.length === 0) return ["no contract, side and price stand together"];
  return blocks.map((block) => {
    const { isReentry } = readReentry(tokens, sentences, block);
    const veto = vetoOfBlock(tokens, sentences, block, isReentry);
    const alert = readAlert(tokens, sentences, block, settings);
    const head = `${headOf(block)}${isReentry ? ", a re-entry" : ""}`;
    if (veto !== null) return `${head}: not meant as an alert (${veto.reason})`;
    return alert.ok ? `${head}: complete` : `${head}: ${alert.error.reason}`;
  });
}

const headOf = ({ pair, entry }: Block): string =>
  `${pair.root} ${pair.side} ${entry.kind === "price" ? entry.value : "at an unclear price"}`;

function numberStages(tokens: readonly Token[], format: Format, parsed: Parsed): readonly Stage[] {
  const lines = numberLines(tokens, parsed);
  const stages = lines.length === 0 ? [] : [stage("numbers", ...lines)];
  if (parsed.kind !== "entries") return stages;
  const { limits } = settingsOf(format);
  const families = new Set(parsed.entries.map((one) => instrumentOf(one.instrument).family));
  const checks = [...families].map((family) => {
    const row = limits[family];
    invariant(row !== undefined, "an entry has passed the limits of its family");
    return `${family}: prices from ${row.min} to ${row.max}, a stop within ${row.stopMax} points`;
  });
  return [
    ...stages,
    stage("limits", ...checks, "on the tick grid, stop and targets on their sides"),
  ];
}
