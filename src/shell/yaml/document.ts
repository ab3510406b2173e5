/**
 * From YAML text to plain data, and from a key back to its place in the text.
 *
 * The parser is kept away from texts that would hurt it: nesting is measured before a tree is built
 * (a few thousand dashes on one line would end the process, not just the parse), pieces are counted
 * (comparing keys takes the square of their number), aliases may repeat a hundred nodes at most.
 */
import {
  type Alias,
  type Document,
  type ErrorCode,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  Lexer,
  LineCounter,
  type Pair,
  Parser,
  parseDocument,
  visit,
  type YAMLError,
} from "yaml";
import { err, ok, type Result } from "../../std/result.ts";

/** Both counted from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
  /** What is not in the file is named by where it came from: a variable, an option. */
  readonly origin?: string;
}

/** Something the YAML itself got wrong. */
export interface TextProblem {
  readonly place: Place;
  readonly reason: string;
}

export interface YamlDocument {
  /** What was written, as plain objects, lists, texts, numbers and flags. */
  readonly data: unknown;
  /** Where the value at `path` stands; of a path that is not written out, where it breaks off. */
  placeOf(path: readonly PropertyKey[]): Place;
  /** Where the key at the end of `path` stands. */
  placeOfKey(path: readonly PropertyKey[]): Place;
}

const DEPTH_MAX = 32;
const PIECES_MAX = 50_000;
const ALIASES_MAX = 100;
const START: Place = { line: 1, column: 1 };

export function readDocument(text: string): Result<YamlDocument, readonly TextProblem[]> {
  const excess = excessIn(text);
  if (excess !== null) return err([excess]);
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false, // places are ours to say
    stringKeys: true,
  });
  const at = (node: { readonly range?: readonly number[] | null }): Place =>
    placeAt(lines, node.range?.[0] ?? 0);
  const wrong = [...document.errors, ...document.warnings];
  if (wrong.length > 0) {
    return err(wrong.map((one) => ({ place: placeAt(lines, one.pos[0]), reason: reasonOf(one) })));
  }
  const { first, lost } = aliasesOf(document);
  if (lost !== null) {
    return err([{ place: at(lost), reason: `there is no anchor &${lost.source} before this` }]);
  }
  const data = dataOf(document);
  if (data.ok) return ok(located(document, lines, data.value));
  return err([{ place: first === null ? START : at(first), reason: data.error }]);
}

/** The parser's own words, except where they speak to programmers. */
const reasonOf = ({ code, message }: YAMLError): string => REASONS[code] ?? message;

const REASONS: Readonly<Partial<Record<ErrorCode, string>>> = {
  DUPLICATE_KEY: "a key of this name is there already",
  MULTIPLE_DOCS: "a second document begins here; one is all there may be",
  NON_STRING_KEY: "a key has to be a plain word",
};

/** The first thing that makes a text too much to parse; null when nothing does. */
function excessIn(text: string): TextProblem | null {
  const lines = new LineCounter();
  const parser = new Parser(lines.addNewLine);
  let pieces = 0;
  lines.addNewLine(0);
  for (const piece of new Lexer().lex(text)) {
    for (const _token of parser.next(piece)); // the parser is run for its stack alone
    pieces += 1;
    // The stack also holds the document and the value in work.
    const tooDeep = parser.stack.length > DEPTH_MAX + 2;
    if (!tooDeep && pieces <= PIECES_MAX) continue;
    return {
      place: placeAt(lines, parser.offset),
      reason: tooDeep
        ? `nested deeper than ${DEPTH_MAX} levels`
        : `more than ${PIECES_MAX} words and marks`,
    };
  }
  return null;
}

/** The first alias, and the first one that stands for nothing. */
function aliasesOf(document: Document): {
  readonly first: Alias | null;
  readonly lost: Alias | null;
} {
  const anchors = new Set<string>();
  const aliases: Alias[] = [];
  let lost: Alias | null = null;
  visit(document, {
    Node: (_key, node) => {
      if (!isAlias(node)) {
        if (node.anchor !== undefined) anchors.add(node.anchor);
        return;
      }
      aliases.push(node);
      if (!anchors.has(node.source)) lost ??= node;
    },
  });
  return { first: aliases[0] ?? null, lost };
}

function dataOf(document: Document): Result<unknown, string> {
  try {
    return ok(document.toJS({ maxAliasCount: ALIASES_MAX }));
  } catch (thrown) {
    if (!(thrown instanceof ReferenceError)) throw thrown;
    return err(`aliases of aliases unfold to more than ${ALIASES_MAX} copies`);
  }
}

function located(document: Document, lines: LineCounter, data: unknown): YamlDocument {
  const walk = (path: readonly PropertyKey[]): Step => {
    let step: Step = { key: null, value: document.contents };
    for (const name of path) {
      const next = childOf(document, step.value, name);
      if (next === null) return step;
      step = next;
    }
    return step;
  };
  const placeOfNode = (node: unknown): Place =>
    isNode(node) && node.range ? placeAt(lines, node.range[0]) : START;
  return {
    data,
    placeOf: (path) => {
      const { key, value } = walk(path);
      return placeOfNode(isScalar(value) && value.value === null ? (key ?? value) : value);
    },
    placeOfKey: (path) => {
      const { key, value } = walk(path);
      return placeOfNode(key ?? value);
    },
  };
}

interface Step {
  /** Null for list items and the whole document. */
  readonly key: unknown;
  readonly value: unknown;
}

function childOf(document: Document, parent: unknown, name: PropertyKey): Step | null {
  const node = isAlias(parent) ? parent.resolve(document) : parent;
  if (isSeq(node) && typeof name === "number") {
    return name < node.items.length ? { key: null, value: node.items[name] } : null;
  }
  if (!isMap(node)) return null;
  const pair = node.items.find((one: Pair) => isScalar(one.key) && String(one.key.value) === name);
  return pair === undefined ? null : { key: pair.key, value: pair.value };
}

function placeAt(lines: LineCounter, offset: number): Place {
  const { line, col } = lines.linePos(offset);
  return line === 0 ? START : { line, column: col };
}
