/**
 * Feeds the parser damaged and meaningless messages and says what it may never do with them.
 */
import type { Message } from "../../src/core/model/message.ts";
import { OPEN_ROOM } from "../../src/core/model/room.ts";
import type { Parsed } from "../../src/core/parse/outcome.ts";
import { readMessage } from "../../src/core/parse/read-message.ts";
import { type Dice, seeded } from "../../src/std/seeded.ts";
import { allMessages } from "./all-messages.ts";
import { damaged, randomText } from "./mutations.ts";
import { posted } from "./posted.ts";
import { inventedNumbers, partsOf, textOf } from "./written-numbers.ts";

export interface Trial {
  readonly cases: number;
  readonly entries: number;
  readonly updates: number;
  /** What went wrong, at most twenty of it, each with the message. */
  readonly faults: readonly string[];
}

const FAULTS_MAX = 20;

/** A tenth of the messages mean nothing at all; the others are damaged. */
export function tryParser(cases: number, seed: number): Trial {
  const samples = allMessages();
  const dice = seeded(seed);
  const faults: string[] = [];
  let entries = 0;
  let updates = 0;
  for (let left = cases; left > 0 && faults.length < FAULTS_MAX; left--) {
    const message = dice.permille(100) ? posted(randomText(dice)) : anyOf(samples, dice);
    const { parsed, fault } = judged(message);
    if (parsed?.kind === "entries") entries += 1;
    if (parsed?.kind === "update") updates += 1;
    if (fault !== null) faults.push(`${fault}: ${JSON.stringify(message)}`);
  }
  return { cases, entries, updates, faults };
}

function anyOf(samples: ReturnType<typeof allMessages>, dice: Dice): Message {
  const one = () => samples[dice.below(samples.length)]!.message;
  return damaged(one(), one(), dice);
}

export function judged(message: Message): {
  readonly parsed: Parsed | null;
  readonly fault: string | null;
} {
  try {
    const parsed = readMessage(message, OPEN_ROOM);
    return { parsed, fault: faultOf(message, parsed) };
  } catch (error) {
    return { parsed: null, fault: `threw ${String(error)}` };
  }
}

function faultOf(message: Message, parsed: Parsed): string | null {
  if (parsed.kind === "none") return parsed.reason === "" ? "none without a reason" : null;
  const invented = inventedNumbers(message, parsed);
  if (invented.length > 0) return `invented ${invented.join(", ")}`;
  const isEdit = message.event !== "create" && parsed.kind === "entries";
  if (isEdit) return "an edit opens a trade";
  const text = lettersOf(message);
  const torn = partsOf(parsed).find((part) => part["kind"] === "entry" && !isWhole(part, text));
  return torn === undefined ? null : `an entry out of pieces ${JSON.stringify(torn)}`;
}

const SIDE = /long|short|buy|sell|bought|sold|bto|entry|entered|open|bull|bear|\bin\b|new/;
const STOP = /st[op]+|sl|s\/l|s\.l/;

/** Contract, side, price and stop all stand in the text; an option needs no stop. */
function isWhole(part: Readonly<Record<string, unknown>>, text: string): boolean {
  const name = String(part["instrument"]).toLowerCase();
  const isNamed = text.replace(/[^a-z0-9]/g, "").includes(name.replace(/[^a-z0-9]/g, ""));
  if (!(isNamed || (name === "xauusd" && text.includes("gold"))) || !SIDE.test(text)) return false;
  if (part["asset"] === "option") return /c|p/.test(text);
  return typeof part["stop"] === "number" && STOP.test(text);
}

const UNSEEN = /[\p{Default_Ignorable_Code_Point}\p{Cc}*_`|~\\]/gu;
const BOXED = /[\u{1F130}-\u{1F149}\u{1F150}-\u{1F169}\u{1F170}-\u{1F189}\u{1F1E6}-\u{1F1FF}]/gu;

const lettersOf = (message: Message): string =>
  textOf(message)
    .replace(/[\n\r\t]/g, "\u2028")
    .replace(UNSEEN, "")
    .normalize("NFKC")
    .replace(BOXED, unboxed)
    .toLowerCase();

function unboxed(letter: string): string {
  const code = Number(letter.codePointAt(0));
  const first = [0x1f1e6, 0x1f170, 0x1f150, 0x1f130].find((one) => code >= one) ?? code;
  return String.fromCharCode(65 + code - first);
}
