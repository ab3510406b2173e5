/**
 * A page of the tour is a script and its own expected result.
 *
 * ````text
 * ```yaml file=config.yaml        a file, written before what follows
 * paste: true
 * ```
 *
 * ```console                      run by bash in the page's own directory
 * $ tradestream paste "ES long    a command;
 * > 6326: A"                      and what belongs to it
 * it would become:                what it says, on both streams, to the letter
 * ...                             any lines, or none
 * # exit 2                        how it ends, where that is not 0
 * ```
 * ````
 *
 * `console checkout` is run in a checkout of the project instead, `console norun` is only shown. What
 * differs from run to run is written as `<time>`, `<hash>`, `<pid>`, `<seconds>`, `<number>` or
 * `<any>`. A command that ends in `&` goes on: its lines are waited for, and those that come later
 * are shown by the command that waits for it.
 */

export interface Run {
  readonly kind: "run";
  /** In the checkout, not in the page's own directory. */
  readonly inCheckout: boolean;
  readonly command: string;
  readonly expected: readonly string[];
  readonly exit: number;
  /** Where the command stands in the page, counted from 1, for messages. */
  readonly line: number;
  /** Lines of the page that hold what is expected, end excluded, counted from 0. */
  readonly from: number;
  readonly to: number;
}

export interface PageFile {
  readonly kind: "file";
  readonly path: string;
  readonly text: string;
}

export type Step = Run | PageFile;

const FENCE = /^```(\S+)?(?: (.*))?$/;
const EXIT = /^# exit (\d+)$/;

export function stepsOf(page: string): readonly Step[] {
  const lines = page.split("\n");
  const steps: Step[] = [];
  for (let at = 0; at < lines.length; at++) {
    const [, language, words = ""] = FENCE.exec(lines[at] ?? "") ?? [];
    if (language === undefined) continue;
    const from = at + 1;
    const to = lines.indexOf("```", from);
    if (to < 0) throw new Error(`line ${from}: the block is not closed`);
    const [, path] = /^file=(\S+)$/.exec(words) ?? [];
    const inside = lines.slice(from, to);
    if (path !== undefined) steps.push({ kind: "file", path, text: `${inside.join("\n")}\n` });
    else if (language === "console") steps.push(...runsIn(inside, from, words));
    at = to;
  }
  return steps;
}

function runsIn(lines: readonly string[], offset: number, tag: string): readonly Run[] {
  if (!["", "checkout", "norun"].includes(tag)) throw new Error(`line ${offset}: what is ${tag}?`);
  if (tag === "norun") return [];
  const starts = lines.flatMap((line, index) => (line.startsWith("$ ") ? [index] : []));
  if (starts[0] !== 0) throw new Error(`line ${offset}: a console block begins with a command`);
  return starts.map((start, index) => {
    const end = starts[index + 1] ?? lines.length;
    const rest = lines.slice(start + 1, end);
    const more = rest.findIndex((line) => !/^>( |$)/.test(line));
    const behind = more < 0 ? rest.length : more;
    const command = [lines[start] ?? "", ...rest.slice(0, behind)].map((line) => line.slice(2));
    const said = rest.slice(behind);
    const [, exit] = EXIT.exec(said.at(-1) ?? "") ?? [];
    return {
      kind: "run",
      inCheckout: tag === "checkout",
      command: command.join("\n"),
      expected: exit === undefined ? said : said.slice(0, -1),
      exit: Number(exit ?? 0),
      line: offset + start + 1,
      from: offset + start + 1 + behind,
      to: offset + end,
    };
  });
}

/** What a placeholder stands for; its own name too, because help texts have such names. */
const PLACEHOLDERS: Readonly<Record<string, string>> = {
  time: "(?:\\d{4}-\\d\\d-\\d\\d[T ])?\\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?(?: CT|Z)?",
  hash: "[0-9a-f]{8,64}",
  pid: "\\d+",
  seconds: "\\d+(?:\\.\\d+)?",
  number: "-?\\d+(?:\\.\\d+)?",
  any: ".+?",
};

const ELLIPSIS = "...";

function isLike(pattern: string, line: string): boolean {
  if (pattern === line) return true;
  if (!/<\w+>/.test(pattern)) return false;
  const source = pattern
    .split(/(<\w+>)/)
    .map((part) => {
      const stands = PLACEHOLDERS[/^<(\w+)>$/.exec(part)?.[1] ?? ""];
      const literal = part.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
      return stands === undefined ? literal : `(?:${literal}|${stands})`;
    })
    .join("");
  return new RegExp(`^${source}$`).test(line);
}

/** The lines of a text as a page holds them. */
export const linesOfOutput = (text: string): readonly string[] =>
  text === ""
    ? []
    : text
        .replace(/\n$/, "")
        .split("\n")
        .map((line) => line.trimEnd());

export function matches(expected: readonly string[], actual: readonly string[]): boolean {
  return reachable(expected, actual)[actual.length] === true;
}

/** How many of the lines that have come so far are those that were expected; null: not all yet. */
export function shortestMatch(
  expected: readonly string[],
  actual: readonly string[],
): number | null {
  const found = reachable(expected, actual).indexOf(true);
  return found < 0 ? null : found;
}

/** For each number of actual lines, whether the whole of what was expected stands for them. */
function reachable(expected: readonly string[], actual: readonly string[]): readonly boolean[] {
  let at = [true, ...actual.map(() => false)];
  for (const pattern of expected) {
    if (pattern === ELLIPSIS) {
      const first = at.indexOf(true);
      at = at.map((_, index) => first >= 0 && index >= first);
    } else {
      at = at.map(
        (_, index) =>
          index > 0 && at[index - 1] === true && isLike(pattern, actual[index - 1] ?? ""),
      );
    }
  }
  return at;
}

/** What came, written as the page writes it: with its placeholders and gaps, where they still fit. */
export function rewritten(
  expected: readonly string[],
  actual: readonly string[],
): readonly string[] {
  if (matches(expected, actual)) return expected;
  const result: string[] = [];
  let [e, a] = [0, 0];
  for (const [nextE, nextA] of [...pairsOf(expected, actual), [expected.length, actual.length]]) {
    result.push(...gap(expected.slice(e, nextE), actual.slice(a, nextA)));
    const kept = expected[nextE ?? 0];
    if (kept !== undefined) result.push(kept);
    [e, a] = [(nextE ?? 0) + 1, (nextA ?? 0) + 1];
  }
  return result;
}

function gap(expected: readonly string[], actual: readonly string[]): readonly string[] {
  const dots = expected.indexOf(ELLIPSIS);
  if (dots < 0) return actual;
  const behind = expected.length - dots - 1;
  if (dots + behind >= actual.length) return actual;
  return [...actual.slice(0, dots), ELLIPSIS, ...actual.slice(actual.length - behind)];
}

/** The longest common run of lines, as pairs of indexes. */
function pairsOf(
  expected: readonly string[],
  actual: readonly string[],
): readonly (readonly [number, number])[] {
  const width = actual.length + 1;
  const lengths = new Array<number>((expected.length + 1) * width).fill(0);
  const length = (e: number, a: number): number => lengths[e * width + a] ?? 0;
  const pairs = (e: number, a: number): boolean =>
    expected[e] !== ELLIPSIS && isLike(expected[e] ?? "", actual[a] ?? "");
  for (let e = expected.length - 1; e >= 0; e--) {
    for (let a = actual.length - 1; a >= 0; a--) {
      lengths[e * width + a] = pairs(e, a)
        ? 1 + length(e + 1, a + 1)
        : Math.max(length(e + 1, a), length(e, a + 1));
    }
  }
  const found: [number, number][] = [];
  for (let [e, a] = [0, 0]; e < expected.length && a < actual.length; ) {
    if (pairs(e, a)) found.push([e++, a++]);
    else if (length(e + 1, a) >= length(e, a + 1)) e++;
    else a++;
  }
  return found;
}
