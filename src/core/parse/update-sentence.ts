/**
 * Reads the updates of one sentence, part by part.
 *
 * ```text
 * T1 hit on ES, letting the rest ride, stop to BE
 * └ target ──┘  └ remark ───────────┘  └ stop ──┘
 * ```
 *
 * Every word has to be understood. Only a remark about an update that came before, such as "letting
 * the rest ride" or "looking for 6350 next", may hold anything: it is passed over to its comma, a
 * plan to the end of the sentence.
 */
import type { Root } from "../model/instrument.ts";
import { cueIn, opensQuestion } from "./context.ts";
import { doubtful, NOTHING_IN_IT, type None, none } from "./outcome.ts";
import type { Sentence } from "./sentences.ts";
import { type Token, tokenAt } from "./tokens.ts";
import { type Coded, codeOf, PARTS_MAX, type Reader } from "./update-code.ts";
import { type Draft, shapeAt } from "./update-shapes.ts";

/** What stands between two commas. */
export interface Part {
  readonly drafts: readonly Draft[];
  readonly roots: readonly Root[];
}

export type SentenceReading =
  /** Understood in full; `isDoubtful` where an update of few words could be meant. */
  | { readonly kind: "parts"; readonly parts: readonly Part[]; readonly isDoubtful: boolean }
  /** Not to be acted upon, with the reason. */
  | { readonly kind: "talk"; readonly against: None };

export interface SentenceReader extends Reader {
  readonly stopOfCard: number | null;
}

export function readSentence(
  tokens: readonly Token[],
  sentence: Sentence,
  reader: SentenceReader,
): SentenceReading {
  const coded = codeOf(tokens, sentence, reader);
  if (isForeign(coded)) return strangeTalk(tokens, sentence, coded, NOTHING_FOUND);
  if (coded.code.length >= PARTS_MAX) return talk("unsure: too long for an instruction");
  const scan = scanOf(coded, reader);
  const isAbout = scan.drafts.length > 0 || scan.isDoubtful;
  if (scan.strange > 0) return strangeTalk(tokens, sentence, coded, scan);
  if (isAbout && isAsked(tokens, sentence)) return talk("a question");
  return { kind: "parts", parts: partsOf(coded, scan), isDoubtful: scan.isDoubtful };
}

/** So many unknown words are no instruction, unless a remark may hold them. */
const isForeign = ({ code, strangeCount }: Coded): boolean =>
  strangeCount >= FOREIGN_MIN && !/[wl]/.test(code);

const FOREIGN_MIN = 3;

const talk = (reason: string): SentenceReading => ({
  kind: "talk",
  against: reason.startsWith("unsure") ? doubtful(reason) : none(reason),
});

const IDLE_TALK = talk(NOTHING_IN_IT);

/** "Is T1 hit", but neither "6322 is the new stop" nor "didn't fill, cancel". */
function isAsked(tokens: readonly Token[], { from, to, isQuestion }: Sentence): boolean {
  const { kind, text } = tokenAt(tokens, from);
  const isTold = kind === "number" || text === "didn't";
  return isQuestion || (!isTold && opensQuestion(tokens, { from, to }));
}

/** With no more beside it, an update may well be meant: a person should see it. */
const STRANGE_MAX = 2;
const ABOUT_MAX = 12;

function strangeTalk(
  tokens: readonly Token[],
  sentence: Sentence,
  { code, strange }: Coded,
  scan: Scan,
): SentenceReading {
  if (code.includes("x") && SHORTENED.test(code))
    return talk("unsure: no price of that contract; is it shortened?");
  if (isAsked(tokens, sentence)) return talk("a question");
  const { from } = sentence;
  const cue = cueIn(tokens, { from, to: Math.min(sentence.to, from + PARTS_MAX) });
  if (cue !== null) return talk(cue);
  const isShort = scan.strange <= STRANGE_MAX && sentence.to - sentence.from <= ABOUT_MAX;
  if (scan.drafts.length === 0 || !isShort) return IDLE_TALK;
  const why =
    strange === null ? "is it an update?" : `what does "${strange.slice(0, 20)}" mean here?`;
  return talk(`unsure: ${why}`);
}

const NOTHING_FOUND: Scan = { drafts: [], remarks: [], isDoubtful: false, strange: 3 };

/** "Stop 22" for 6322. */
const SHORTENED = /S[MmUnuihFj>@]{0,4}x/;

interface Scan {
  readonly drafts: { readonly draft: Draft; readonly at: number }[];
  readonly remarks: { readonly from: number; readonly to: number }[];
  isDoubtful: boolean;
  /** Parts that nothing explains. */
  strange: number;
}

/** What may be left over where there is an update: "here", "now", "the rest", "at T2". */
const HARMLESS = lettersOf("niuhaA!,drRGz@>HVEU");
/** Harmless behind an update only: "half off at T1", "out at entry, scratch". */
const LATER = lettersOf("Tc");

function lettersOf(list: string): Uint8Array {
  const letters = new Uint8Array(128);
  for (const letter of list) letters[letter.charCodeAt(0)] = 1;
  return letters;
}

const LETTER_E = 69;
const LETTER_Y = 89;
const LETTER_L = 108;
const LETTER_W = 119;

function scanOf(coded: Coded, { isReply, stopOfCard }: SentenceReader): Scan {
  const scan: Scan = { drafts: [], remarks: [], isDoubtful: false, strange: 0 };
  const { code } = coded;
  const hasRoot = coded.named.length > 0;
  for (let at = 0; at < code.length; ) {
    const remarkTo = remarkAt(code, at, scan);
    if (remarkTo > at) {
      scan.remarks.push({ from: at, to: remarkTo });
      at = remarkTo;
      continue;
    }
    // What follows an update needs no more words than a reply: "T1 hit, stop 6330".
    const isLater = isReply || scan.drafts.length > 0;
    const shape = shapeAt({ coded, from: at, isReply: isLater, hasRoot, stopOfCard });
    if (shape.kind === "update") scan.drafts.push({ draft: shape.draft, at });
    else if (shape.kind === "doubt") scan.isDoubtful = true;
    else if (!mayStay(code, at, scan)) scan.strange += 1;
    at = shape.kind === "nothing" ? at + 1 : shape.to;
  }
  return scan;
}

function mayStay(code: string, at: number, { drafts }: Scan): boolean {
  const letter = code.charCodeAt(at);
  // "Everyone got stopped" is about others, "stop to BE everyone" is not.
  if (letter === LETTER_E) return at > 0;
  if (letter === LETTER_Y) return !isOther(code, at);
  return LATER[letter] === 1 ? drafts.length > 0 : HARMLESS[letter] === 1;
}

/** "The last one stopped" speaks of another trade, "last piece out" of this one. */
function isOther(code: string, at: number): boolean {
  OTHER.lastIndex = at;
  return OTHER.test(code);
}

const OTHER = /[dAY]+[hvi]*[DoXfHe]/y;

/** "Runner to 6350", "T2 6338 next": where the rest shall go. */
const GOAL = /[rLT][>@i]*P(?!n?[H!])l?/y;

/** Behind an update, up to the comma; a plan behind a comma, to the end. */
function remarkAt(code: string, at: number, { drafts }: Scan): number {
  if (drafts.length === 0) return at;
  const letter = code.charCodeAt(at);
  if (letter === LETTER_L && code.charAt(at - 1) === ",") return code.length;
  GOAL.lastIndex = at;
  if (GOAL.test(code)) return GOAL.lastIndex;
  if (letter !== LETTER_W) return at;
  const comma = code.indexOf(",", at);
  return comma < 0 ? code.length : comma;
}

function partsOf({ code, named }: Coded, { drafts, remarks }: Scan): readonly Part[] {
  if (remarks.length === 0 && !code.includes(",")) {
    return [{ drafts: drafts.map(({ draft }) => draft), roots: named.map(({ root }) => root) }];
  }
  const isRemark = (at: number) => remarks.some(({ from, to }) => at > from && at <= to);
  const own = named.filter(({ at }) => !isRemark(at));
  const parts: Part[] = [];
  for (let from = -1, end = -1; end < code.length; from = end) {
    const comma = code.indexOf(",", from + 1);
    end = comma < 0 ? code.length : comma;
    parts.push(partWithin(from, end, drafts, own));
  }
  return parts;
}

function partWithin(from: number, end: number, drafts: Scan["drafts"], own: Coded["named"]): Part {
  const isIn = ({ at }: { readonly at: number }) => at > from && at <= end;
  return {
    drafts: drafts.filter(isIn).map(({ draft }) => draft),
    roots: own.filter(isIn).map(({ root }) => root),
  };
}
