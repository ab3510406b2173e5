/**
 * The commands that a page shows: those in its blocks, and those in the middle of a sentence.
 *
 * A block of the tour is left out where it is run to the letter (`console`); one that is only shown
 * (`console norun`, `sh`, `bash`, `text`, or without a name) is read here.
 */
import { commandsIn, type Words } from "./shell-words.ts";

export interface Shown {
  readonly page: string;
  /** As it stands in the page. */
  readonly text: string;
  readonly words: Words;
  /** In a sentence a group may stand for all that is in it: `tradestream backup`. */
  readonly isInline: boolean;
}

const FENCE = /^( *)```([^\n]*)\n([\s\S]*?)^ *```/gm;
const REPLAYED = /^console( checkout)?$/;
const READ = /^(console norun|sh|bash|text|)$/;
const STARTS = /^(npx tradestream|tradestream|npm|npx|node) /;

/** Those of a page. `groups`: in a sentence their commands go without the program's name. */
export function commandsOf(
  page: string,
  text: string,
  groups: readonly string[] = [],
): readonly Shown[] {
  const blocks = [...text.matchAll(FENCE)]
    .filter(([, , name = ""]) => !REPLAYED.test(name) && READ.test(name))
    .flatMap(([, , , block = ""]) => linesOfBlock(block));
  const unfenced = text.replace(FENCE, "\n");
  const indented = unfenced.split("\n").filter((line) => /^ {4}\S/.test(line));
  const spans = unfenced
    .split(/\n\s*\n|\n(?=[|#-])/)
    .flatMap((part) => [...part.matchAll(/`([^`]+)`/g)])
    .map(([, span = ""]) => span.replaceAll(/\s*\n\s*/g, " ").replaceAll("\\|", "|"));
  return [
    ...[...blocks, ...linesOfBlock(indented.join("\n"))].flatMap((line) => read(line, false)),
    ...spans.flatMap((span) => read(named(span.replace(/^\$ /, "")), true)),
  ];

  function named(span: string): string {
    const [first = "", second] = span.split(" ");
    // A message that begins with such a word has marks that no command has.
    const isCommand = second !== undefined && groups.includes(first) && !/[;,]/.test(span);
    return isCommand ? `tradestream ${span}` : span;
  }

  function read(line: string, isInline: boolean): readonly Shown[] {
    // `[options]` is how the help says it; what may be said there, it lists.
    if (!STARTS.test(`${line} `) || line.includes(" [options]")) return [];
    return commandsIn(isInline ? withoutUsage(line) : withoutRemark(line)).map((words) => ({
      ...{ page, text: line, isInline },
      words: words.map(exampleOf),
    }));
  }
}

/** Commands of a block, each with the lines that its quotes and its prompt hold together. */
function linesOfBlock(block: string): readonly string[] {
  const lines: string[] = [];
  let held: string | null = null;
  for (const raw of block.split("\n")) {
    const line = raw.trim().replace(/^[$>] /, "");
    held = held === null ? line : `${held.replace(/\\$/, "")}\n${line}`;
    const isOpen = (held.match(/(?<!\\)"/g) ?? []).length % 2 === 1 || held.endsWith("\\");
    if (isOpen && STARTS.test(held)) continue;
    lines.push(held);
    held = null;
  }
  return held === null ? lines : [...lines, held];
}

/** What it is for, behind a gap. */
const withoutRemark = (line: string): string => line.replace(/^([^"'\n]*?\S) {2,}\S.*$/, "$1");

/** `[--from DATE]` may be said, so it has to be right; dots stand for more of it. */
const withoutUsage = (span: string): string =>
  span.replaceAll(/[[\]]|<(?=[a-z-]+>)|(?<=<[a-z-]+)>/g, "").replace(/ ?\.\.\.$/, "");

/** Words in capitals stand for something; where a number is due, for this. */
const EXAMPLES: Readonly<Record<string, string>> = {
  ...{ N: "1", M: "1", NUMBER: "1", PRICE: "6321.50", DATE: "2026-11-19", TIME: "15:30" },
  ...{ DOLLARS: "100", FACT: "1", X: "1" },
};

const exampleOf = (word: string): string => EXAMPLES[word.replace(/^#/, "")] ?? word;
