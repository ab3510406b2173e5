/**
 * Judges whether a reading says more than its message: every number has to stand there.
 *
 * This is a second, cruder reader of numbers that shares nothing with the parser. It takes every
 * run of digits, with and without the signs between its parts, so it allows too much (a number may
 * be put together that nobody meant) and forgives nothing that is not written at all.
 */
import type { Message } from "../../src/core/model/message.ts";
import type { Parsed } from "../../src/core/parse/outcome.ts";
import { toCorpusResult } from "../../src/core/parse/record.ts";

interface Part {
  readonly [key: string]: unknown;
  readonly entry?: number;
  readonly stop?: number | null;
  readonly targets?: readonly number[];
  readonly targetsPct?: readonly number[];
}

/** What a message holds, all of it: an update may take its numbers from the text before an edit. */
export function textOf(message: Message): string {
  const { text, embeds, referenced, previous } = message;
  const cards = embeds.flatMap(({ author, title, description, fields = [] }) => [
    ...[author?.name, title, description],
    ...fields.map(({ name, value }) => `${name}: ${value}`),
  ]);
  return [text, ...cards, referenced, previous]
    .filter((part) => typeof part === "string")
    .join("\n");
}

/** The numbers of a reading that no text of its message holds; empty when nothing is invented. */
export function inventedNumbers(message: Message, parsed: Parsed): readonly string[] {
  if (parsed.kind === "none") return [];
  const text = textOf(message);
  const written = writtenIn(text);
  // A word is read whatever unseen signs and styling stand between its letters.
  const words = text.replace(UNSEEN, "").replace(STYLING, "").toLowerCase();
  return partsOf(parsed).flatMap((part) => inventedIn(part, written, words));
}

export function partsOf(parsed: Parsed): readonly Part[] {
  const { more = [], ...first } = toCorpusResult(parsed) as Part & {
    readonly more?: readonly Part[];
  };
  return [first, ...more];
}

function inventedIn(part: Part, written: ReadonlySet<number>, text: string): readonly string[] {
  const has = (value: unknown) => typeof value !== "number" || written.has(rounded(value));
  const { entry, stop, targets = [], targetsPct = [] } = part;
  // A level may be said as a distance; what an edit measures it from, its part does not repeat.
  const from = entry === undefined ? [...written] : [entry];
  const isLevel = (value: unknown) =>
    has(value) || (typeof value === "number" && from.some((price) => has(value - price)));
  const invented = [
    ...["entry", "price", "strike", "quantity", "stopPct"].filter((key) => !has(part[key])),
    ...(isLevel(stop) ? [] : ["stop"]),
    ...(targets.every(isLevel) ? [] : ["targets"]),
    ...(targetsPct.every(has) ? [] : ["targetsPct"]),
    ...(isShareIn(part["fraction"], written, text) ? [] : ["fraction"]),
    ...(has(part["target"]) || COUNTING.test(text) ? [] : ["target"]),
  ];
  return invented.map((key) => `${key} ${JSON.stringify(part[key])}`);
}

const COUNTING = /first|second|third|both|all|one|two|three|target|tp|tgt|1st|2nd|3rd/;
const SHARE_WORDS = /half|third|quarter|\u00bd|\u00bc|\u00be|\u2153|\u2154|most|eighth|tenth|fifth/;

/** A share is a percentage, a ratio of two written numbers, or a word. */
function isShareIn(share: unknown, written: ReadonlySet<number>, text: string): boolean {
  if (typeof share !== "number" || SHARE_WORDS.test(text)) return true;
  if (written.has(rounded(share * 100))) return true;
  const small = [...written].filter((value) => value > 0 && value <= 100);
  return small.some((whole) => small.some((part) => Math.abs(part / whole - share) < 0.002));
}

const UNSEEN = /[\p{Default_Ignorable_Code_Point}\p{Cc}]/gu;
const STYLING = /[*_`|~\\#>]/g;
const RAISED = /[\u00B2\u00B3\u00B9\u00BC-\u00BE\u2070-\u2089\u2150-\u215E\u2460-\u249B]/g;
const RUN = /\d+(?:[., '\u00A0\u2044/]\d+)*/g;
const PARTS_MAX = 5;

function writtenIn(text: string): ReadonlySet<number> {
  const numbers = new Set<number>();
  const plain = text.replace(/[\n\r\t]/g, "\u2028").replace(UNSEEN, "");
  // Styling stands inside numbers as well; where it is not closed it is what one sees.
  const bare = plain.replace(STYLING, "");
  for (const form of [bare, plain.replace(STYLING, "!"), bare.replace(RAISED, " $& ")]) {
    for (const run of form.normalize("NFKC").match(RUN) ?? []) addRun(run.slice(0, 200), numbers);
  }
  return numbers;
}

/** Every stretch of the parts of a run: as one whole number, and with the last part as decimals. */
function addRun(run: string, numbers: Set<number>): void {
  const parts = run.split(/\D/);
  for (let from = 0; from < parts.length; from++) {
    for (let to = from + 1; to <= Math.min(parts.length, from + PARTS_MAX); to++) {
      const whole = parts.slice(from, to).join("");
      numbers.add(rounded(Number(whole)));
      const decimals = parts[to] ?? null;
      if (decimals !== null) numbers.add(rounded(Number(`${whole}.${decimals}`)));
    }
    // ".85", and the digits behind a point whose whole part was left out.
    numbers.add(rounded(Number(`0.${parts[from]}`)));
  }
}

/** A difference of two decimals is not exactly the decimal that was written. */
const rounded = (value: number): number => Math.round(Math.abs(value) * 1e7) / 1e7;
