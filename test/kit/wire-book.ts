/**
 * Reads the wire book: what the gateway and its clients say to each other, transcribed by hand
 * (`test/data/topstepx/`, where `README.md` tells the format).
 *
 * It shares no type with `src` on purpose: the book is the second reading of the wire.
 */
import { filesIn, linesOf, read } from "./tree.ts";

export interface WireHeader {
  readonly name: string;
  readonly value: string;
}

export interface BookRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: readonly WireHeader[];
  readonly body: string;
}

export interface BookAnswer {
  readonly status: number;
  readonly headers: readonly WireHeader[];
  readonly body: string;
}

/** A message over a hub, bytes as they go: one frame or several, each ending in 0x1E. */
export interface BookMessage {
  readonly from: "client" | "venue";
  readonly text: string;
}

export type Said =
  | { readonly kind: "exchange"; readonly request: BookRequest; readonly answer: BookAnswer }
  | {
      readonly kind: "talk";
      readonly hub: "user" | "market";
      /** Of the connection this talk begins with; null: it goes on where the last one ended. */
      readonly opening: { readonly request: BookRequest; readonly status: number } | null;
      readonly messages: readonly BookMessage[];
      /** The venue is known to keep silent. */
      readonly isSilent: boolean;
    };

export interface BookEntry {
  readonly file: string;
  readonly line: number;
  readonly title: string;
  readonly section: string;
  readonly mark: string;
  readonly bytes: string;
  /** Keys whose values may differ, in this entry or throughout the file. */
  readonly varyingKeys: readonly string[];
  readonly rows: "all" | "some" | number;
  readonly order: "told" | "any";
  /** Why a stand-in is not asked for it. */
  readonly unplayed: string | null;
  /** What happens at the venue first. */
  readonly before: readonly string[];
  readonly said: Said;
}

export interface BookFile {
  readonly file: string;
  /** Literals for which every venue has its own. */
  readonly varying: readonly { readonly name: string; readonly literal: string }[];
  readonly entries: readonly BookEntry[];
}

const HOME = "test/data/topstepx";

export const wireBook = (): readonly BookFile[] =>
  filesIn(HOME)
    .filter((path) => path.endsWith(".txt"))
    .map((path) => bookFile(path.slice(HOME.length + 1), read(path)));

interface Line {
  readonly at: number;
  readonly text: string;
}

export function bookFile(file: string, text: string): BookFile {
  const lines = linesOf(text)
    .map((line, i) => ({ at: i + 1, text: line }))
    .filter((line) => line.text !== "" && !line.text.startsWith("# "));
  const titles = lines.flatMap((line, i) => (line.text.startsWith("== ") ? [i] : []));
  const head = lines.slice(0, titles[0] ?? lines.length);
  const keys = head.flatMap((line) => varyingKeysOf(line.text) ?? []);
  return {
    file,
    varying: head.flatMap((line) => (varyingKeysOf(line.text) === null ? [literalOf(line)] : [])),
    entries: titles.map((from, i) => entryOf(file, lines.slice(from, titles[i + 1]), keys)),
  };
}

function literalOf(line: Line): { readonly name: string; readonly literal: string } {
  const found = /^varies (.+) (\S+)$/.exec(line.text);
  if (found === null) throw new Error(`line ${line.at}: not a literal that varies`);
  return { name: found[1] ?? "", literal: found[2] ?? "" };
}

function varyingKeysOf(text: string): readonly string[] | null {
  return text.startsWith("varies key ") ? text.slice("varies key ".length).split(" ") : null;
}

function entryOf(file: string, lines: readonly Line[], keys: readonly string[]): BookEntry {
  const [title, ...rest] = lines;
  const wrong = (why: string): Error => new Error(`${file}:${title?.at}: ${why}`);
  const told = rest.filter(({ text }) => !/^[@<>]/.test(text));
  const word = (name: string): string | null =>
    told.find(({ text }) => text.startsWith(`${name} `))?.text.slice(name.length + 1) ?? null;
  const known = /^(section|bytes|rows|order|unplayed|hub|varies key) /;
  const stray = told.find(({ text }) => !known.test(text));
  if (stray !== undefined) throw wrong(`what is "${stray.text}"?`);
  const source = /^(.+), (.+)$/.exec(word("section") ?? "");
  const bytes = word("bytes");
  if (source === null || bytes === null) throw wrong("it does not say where it is from");
  const rows = word("rows") ?? "all";
  const hub = word("hub");
  if (hub !== null && hub !== "user" && hub !== "market") throw wrong("no such hub");
  const wire = rest.map(({ text }) => text).filter((text) => /^[<>]/.test(text));
  const said = hub === null ? exchangeOf(wire) : talkOf(hub, wire);
  if (said === null) throw wrong("it is neither an exchange nor a talk");
  return {
    ...{ file, line: title?.at ?? 0, title: title?.text.slice(3) ?? "" },
    ...{ section: source[1] ?? "", mark: source[2] ?? "", bytes },
    varyingKeys: [...keys, ...told.flatMap(({ text }) => varyingKeysOf(text) ?? [])],
    rows: rows === "all" || rows === "some" ? rows : Number(rows),
    order: word("order") === "any" ? "any" : "told",
    unplayed: word("unplayed"),
    before: rest.flatMap(({ text }) => (text.startsWith("@ ") ? [text.slice(2)] : [])),
    said,
  };
}

const unmarked = (line: string): string => line.replace(/^[<>] ?/, "");

/** Headers, an empty line, the body. */
function partsOf(lines: readonly string[]): Pick<BookAnswer, "headers" | "body"> {
  const plain = lines.map(unmarked);
  const gap = plain.indexOf("");
  const head = gap === -1 ? plain : plain.slice(0, gap);
  return {
    headers: head.map((line) => {
      const [, name = "", value = ""] = /^([\w-]+): (.*)$/.exec(line) ?? [];
      return { name, value };
    }),
    body: gap === -1 ? "" : plain.slice(gap + 1).join("\n"),
  };
}

function requestOf(lines: readonly string[]): BookRequest | null {
  const found = /^> (GET|POST) (\/\S+)$/.exec(lines[0] ?? "");
  if (found === null) return null;
  return { method: found[1] ?? "", path: found[2] ?? "", ...partsOf(lines.slice(1)) };
}

const statusOf = (line: string | undefined): number | null =>
  /^< \d{3}$/.test(line ?? "") ? Number(line?.slice(2)) : null;

function exchangeOf(lines: readonly string[]): Said | null {
  const turn = lines.findIndex((line) => line.startsWith("<"));
  const request = requestOf(lines.slice(0, turn));
  const status = statusOf(lines[turn]);
  if (turn === -1 || request === null || status === null) return null;
  const answer = { status, ...partsOf(lines.slice(turn + 1)) };
  return { kind: "exchange", request, answer };
}

function talkOf(hub: "user" | "market", lines: readonly string[]): Said | null {
  const turn = lines.findIndex((line) => statusOf(line) !== null);
  const request = turn === -1 ? null : requestOf(lines.slice(0, turn));
  if (turn !== -1 && request === null) return null;
  const frames = lines.slice(turn + 1).filter((line) => line !== "< nothing");
  if (frames.some((line) => !line.endsWith("␞"))) return null;
  return {
    ...{ kind: "talk", hub, isSilent: lines.includes("< nothing") },
    opening: request === null ? null : { request, status: statusOf(lines[turn]) ?? 0 },
    messages: frames.map((line) => ({
      from: line.startsWith(">") ? "client" : "venue",
      text: unmarked(line).replaceAll("␞", "\x1e"),
    })),
  };
}

/** The frames of a message, each as JSON. */
export const framesOf = (text: string): readonly unknown[] =>
  text
    .split("\x1e")
    .slice(0, -1)
    .map((frame) => JSON.parse(frame) as unknown);
