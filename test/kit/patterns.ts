/**
 * Every regular expression of the program, taken apart: which of them could be slow, and on what.
 *
 * ```text
 * (a+)+x       a repetition inside a repetition      exponential
 * (a|ab)*x     two ways to begin the next round      exponential
 * a*a*x        two repetitions that share a sign     quadratic
 * a*x          searched from every place anew        quadratic
 * ```
 *
 * The judgement is on the safe side: what it finds may be harmless, what it passes is linear.
 */
import { readdirSync, readFileSync } from "node:fs";
import ts from "typescript";

export interface Pattern {
  /** `core/parse/links.ts:9` */
  readonly place: string;
  readonly regex: RegExp;
}

/** From the root of the repository, where tests and measures run: the latter are bundled. */
const SRC = "src/";

/** All that stand as literals in `src`. */
export function patternsIn(folder = ""): readonly Pattern[] {
  const files = readdirSync(SRC + folder, { recursive: true, encoding: "utf8" });
  return files
    .filter((file) => file.endsWith(".ts"))
    .toSorted()
    .flatMap((file) => patternsOf(folder + file));
}

function patternsOf(file: string): readonly Pattern[] {
  const text = readFileSync(SRC + file, "utf8");
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest);
  const found: Pattern[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node)) {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart(source));
      const end = node.text.lastIndexOf("/");
      const regex = new RegExp(node.text.slice(1, end), node.text.slice(end + 1));
      found.push({ place: `${file}:${line + 1}`, regex });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

interface Item {
  /** A single sign or class; null for a group. */
  readonly atom: string | null;
  readonly body: readonly Sequence[];
  /** Stands for no sign: an anchor or a look around. */
  readonly isEmpty: boolean;
  readonly min: number;
  readonly max: number;
}
type Sequence = readonly Item[];

interface Scan {
  readonly text: string;
  at: number;
}

const partsOf = ({ source }: RegExp): readonly Sequence[] => alternatives({ text: source, at: 0 });

function alternatives(scan: Scan): readonly Sequence[] {
  const found: Item[][] = [[]];
  while (scan.at < scan.text.length && scan.text.charAt(scan.at) !== ")") {
    if (scan.text.charAt(scan.at) === "|") {
      found.push([]);
      scan.at += 1;
    } else found.at(-1)?.push(quantified(scan, itemAt(scan)));
  }
  scan.at += 1;
  return found;
}

type Bare = Pick<Item, "atom" | "body" | "isEmpty">;

const ESCAPE = /\\(?:[pP]\{[^}]*\}|u\{[^}]*\}|u[\da-fA-F]{4}|x[\da-fA-F]{2}|k<[^>]*>|[\s\S])/y;
const CLASS = /\[(?:\\[\s\S]|[^\]\\])*\]/y;
const GROUP = /\((?:\?(?:[:=!]|<[=!]|<\w+>))?/y;

function match(scan: Scan, pattern: RegExp): string | null {
  pattern.lastIndex = scan.at;
  const found = pattern.exec(scan.text)?.[0] ?? null;
  if (found !== null) scan.at += found.length;
  return found;
}

function itemAt(scan: Scan): Bare {
  const opening = match(scan, GROUP);
  if (opening !== null) {
    return { atom: null, body: alternatives(scan), isEmpty: /^\(\?<?[=!]/.test(opening) };
  }
  const atom = match(scan, CLASS) ?? match(scan, ESCAPE) ?? scan.text.charAt(scan.at++);
  return { atom, body: [], isEmpty: /^(?:\^|\$|\\b|\\B)$/.test(atom) };
}

function quantified(scan: Scan, bare: Bare): Item {
  const found = match(scan, /[*+?]\??|\{\d+(?:,\d*)?\}\??/y) ?? "";
  const [, least, comma, most] = /^\{(\d+)(,?)(\d*)\}/.exec(found) ?? [];
  if (least !== undefined) {
    const max =
      comma === "" ? Number(least) : most === "" ? Number.POSITIVE_INFINITY : Number(most);
    return { ...bare, min: Number(least), max };
  }
  const isOpen = /^[*+]/.test(found);
  const min = /^[*?]/.test(found) ? 0 : 1;
  return { ...bare, min, max: isOpen ? Number.POSITIVE_INFINITY : 1 };
}

/** Signs that tell classes apart well enough. */
const SIGNS: readonly string[] = [
  ...Array.from({ length: 128 }, (_, code) => String.fromCharCode(code)),
  ..."\u0085\u00ad\u00bd\u00b2\u00e9\u0301\u0660\u0415\u200b\u202e\u2028\u20e3\u2192\u2705\ue000".split(
    "",
  ),
  ..."\u{1F6A8} \u{1F1E6} \u{1F170} \u{1F150} \u{1D7D4} \ufdfa".split(" "),
];

const known = new Map<string, readonly string[]>();

function signsOf(atom: string, flags: string): readonly string[] {
  const key = `${flags} ${atom}`;
  const found = known.get(key);
  if (found !== undefined) return found;
  const one = new RegExp(`^(?:${atom})$`, flags.replace(/[gy]/g, ""));
  const signs = SIGNS.filter((sign) => one.test(sign));
  known.set(key, signs);
  return signs;
}

/** Signs with which an item can begin. */
function firstOf(item: Item, flags: string): readonly string[] {
  if (item.isEmpty) return [];
  if (item.atom !== null) return signsOf(item.atom, flags);
  return item.body.flatMap((one) => firstOfSequence(one, flags));
}

function firstOfSequence(items: Sequence, flags: string): readonly string[] {
  const found: string[] = [];
  for (const item of items) {
    found.push(...firstOf(item, flags));
    if (!item.isEmpty && item.min > 0) break;
  }
  return found;
}

const allOf = (item: Item, flags: string): readonly string[] =>
  item.atom !== null
    ? firstOf(item, flags)
    : item.body.flatMap((items) => items.flatMap((one) => allOf(one, flags)));

const share = (one: readonly string[], other: readonly string[]): boolean => {
  const signs = new Set(one);
  return other.some((sign) => signs.has(sign));
};

const isOpen = ({ max }: Item): boolean => max === Number.POSITIVE_INFINITY;

/** Why a pattern may take more than linear time; empty when it cannot. */
export function slownessOf(regex: RegExp): readonly string[] {
  const parts = partsOf(regex);
  const isTied = regex.sticky || parts.every(([first]) => first?.atom === "^");
  return [
    ...parts.flatMap((items) => faultsIn(items, regex.flags)),
    ...(isTied ? [] : parts.flatMap((items) => faultsOfSearch(items))),
  ];
}

function faultsIn(items: Sequence, flags: string): readonly string[] {
  const faults = items.flatMap((item) => [
    ...item.body.flatMap((inner) => faultsIn(inner, flags)),
    ...(isOpen(item) && item.body.length > 0 ? faultsOfRounds(item, flags) : []),
  ]);
  for (const [index, item] of items.entries()) {
    if (!isOpen(item)) continue;
    for (const next of items.slice(index + 1)) {
      if (isOpen(next) && share(allOf(item, flags), firstOf(next, flags))) faults.push("a*a*");
      if (next.min > 0 && !next.isEmpty) break;
    }
  }
  return faults;
}

/** Each round has to begin with a sign that nothing open inside of it can take. */
function faultsOfRounds({ body }: Item, flags: string): readonly string[] {
  const faults: string[] = [];
  for (const [index, items] of body.entries()) {
    const first = firstOfSequence(items, flags);
    const open = items.filter((one) => one.max !== one.min).flatMap((one) => allOf(one, flags));
    const starts = body.flatMap((one) => firstOfSequence(one, flags));
    if (share(open, starts)) faults.push("(a+)+");
    const others = body.slice(index + 1).flatMap((one) => firstOfSequence(one, flags));
    if (share(first, others)) faults.push("(a|a)*");
  }
  return faults;
}

/**
 * Searched for at every place: an open beginning is gone through again from each of its signs. One
 * behind "^" or a look-behind begins only where that holds; the edge of a word is everywhere.
 */
function faultsOfSearch(items: Sequence): readonly string[] {
  for (const [index, item] of items.entries()) {
    if (item.atom === "^" || item.atom === null) return [];
    if (item.isEmpty) continue;
    const goesOn = items.slice(index + 1).some((one) => one.min > 0 || one.isEmpty);
    if (isOpen(item) && goesOn) return ["a*x, searched everywhere"];
    if (item.min > 0) return [];
  }
  return [];
}

/** Texts that make a pattern work: its own signs again and again, and almost what it looks for. */
export function attacksOn(regex: RegExp, length: number): readonly string[] {
  const atoms = [...new Set(partsOf(regex).flatMap((items) => items.flatMap(atomsOf)))];
  const samples = atoms.flatMap((atom) => signsOf(atom, regex.flags).slice(0, 40));
  const own = [...new Set(samples)].filter(
    (_, index, all) => index % Math.ceil(all.length / 8) === 0,
  );
  const whole = atoms.map((atom) => signsOf(atom, regex.flags).at(-1) ?? "").join("");
  const pieces = [
    ...own,
    ...own.map((sign, index) => sign + (own[index + 1] ?? "x")),
    whole,
    ` ${whole}`,
  ];
  const texts = [...new Set(pieces)].filter(Boolean);
  return texts.flatMap((piece) => {
    const text = piece.repeat(Math.ceil(length / piece.length)).slice(0, length);
    return [text, `${text.slice(0, -1)}\u0001`];
  });
}

const atomsOf = (item: Item): readonly string[] =>
  item.atom !== null
    ? item.isEmpty
      ? []
      : [item.atom]
    : item.body.flatMap((one) => one.flatMap(atomsOf));
