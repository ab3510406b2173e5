/**
 * The export of a Discord channel, message by message, as the common exporter tool writes it.
 *
 * ```text
 * JSON  {"guild":{...},"channel":{"id":"42",...},"messages":[{...}, ...]}
 * CSV   AuthorID,Author,Date,Content,Attachments,Reactions
 * ```
 *
 * The first character tells which it is. Files are read as a stream, so their size does not matter;
 * what cannot be read is reported with its number, and the rest goes in.
 */
import { createReadStream } from "node:fs";
import { basename } from "node:path";
import { CsvError, parse } from "csv-parse";
import type { Message } from "../../core/model/message.ts";
import { messageOfJson, messageOfRow, type ReadExported } from "./export-message.ts";
import { elementsOf } from "./json-elements.ts";

export type ExportRead =
  | {
      readonly kind: "message";
      readonly message: Message;
      /** When its text was last changed, if it ever was: what it said first is not in the file. */
      readonly editedAt: Message["sentAt"] | null;
    }
  /** `message` in JSON and `row` in CSV count from 1; null is the file as a whole. */
  | { readonly kind: "fault"; readonly number: number | null; readonly reason: string };

export interface ExportOptions {
  readonly path: string;
  /** Instead of what the file, or its name, says. */
  readonly channel: string | null;
}

export async function* exportFile(options: ExportOptions): AsyncIterable<ExportRead> {
  try {
    const first = await firstCharacter(options.path);
    if (first === "{") yield* jsonExport(options);
    else if (first !== "") yield* csvExport(options);
    else yield { kind: "fault", number: null, reason: "the file is empty" };
  } catch (failure) {
    yield { kind: "fault", number: null, reason: reasonOf(failure) };
  }
}

function reasonOf(failure: unknown): string {
  if (failure instanceof CsvError) return `not CSV from here on: ${failure.message}`;
  if (!(failure instanceof Error) || !("syscall" in failure)) throw failure;
  if ("code" in failure && failure.code === "ENOENT") return "there is no such file";
  return failure.message;
}

async function firstCharacter(path: string): Promise<string> {
  for await (const piece of createReadStream(path, { encoding: "utf8" })) {
    const text = String(piece).trimStart();
    if (text !== "") return text.charAt(0);
  }
  return "";
}

async function* jsonExport({ path, channel }: ExportOptions): AsyncIterable<ExportRead> {
  const found: ExportRead[] = [];
  let number = 0;
  let place = channel ?? "";
  const fault = (reason: string): void => void found.push({ kind: "fault", number, reason });
  const reader = elementsOf("messages", {
    member(name, text) {
      if (name === "channel" && channel === null) place = channelIdIn(text) ?? "";
    },
    element(text) {
      number += 1;
      const read = messageOfJson(text, place === "" ? channelIn(path) : place);
      if (typeof read === "string") fault(read);
      else found.push({ kind: "message", ...read });
    },
    tooLong() {
      number += 1;
      fault("a message has at most a million characters");
    },
  });
  for await (const piece of createReadStream(path)) {
    reader.push(piece);
    yield* found.splice(0);
  }
  const isWhole = reader.end();
  yield* found.splice(0);
  if (isWhole && number > 0) return;
  const reason = isWhole ? 'it holds no "messages"' : `it breaks off after message ${number}`;
  yield { kind: "fault", number: null, reason };
}

function channelIdIn(text: string): string | null {
  try {
    const { id }: { readonly id?: unknown } = JSON.parse(text);
    return typeof id === "string" && id !== "" ? id : null;
  } catch (failure) {
    if (failure instanceof SyntaxError) return null; // the file's name says it then
    throw failure;
  }
}

/** `Server - alerts [1234567890].csv` is channel 1234567890; another file, its name. */
function channelIn(path: string): string {
  const name = basename(path).replace(/\.[^.]*$/, "");
  return /\[(\d{15,20})\]/.exec(name)?.[1] ?? name;
}

const COLUMNS = ["AuthorID", "Author", "Date", "Content"] as const;
const ROW_MAX = 1_000_000;

/** With none of the columns it is another kind of file, often a page that says why. */
function lacking(missing: readonly string[]): string {
  const columns = COLUMNS.join(", ");
  if (missing.length === COLUMNS.length) {
    return `this is no export: neither JSON nor CSV with the columns ${columns}`;
  }
  return `expected the columns ${columns}; ${missing.join(", ")} not found`;
}

async function* csvExport({ path, channel }: ExportOptions): AsyncIterable<ExportRead> {
  const place = channel ?? channelIn(path);
  const input = createReadStream(path);
  const rows = input.pipe(
    parse({
      bom: true,
      relax_column_count: true,
      skip_empty_lines: true,
      max_record_size: ROW_MAX,
    }),
  );
  input.on("error", (failure) => rows.destroy(failure));
  const read: ReadExported = messageOfRow(place);
  let header: readonly string[] | null = null;
  let number = 0;
  try {
    for await (const row of rows as AsyncIterable<readonly string[]>) {
      if (header === null) {
        header = row;
        const missing = COLUMNS.filter((name) => !row.includes(name));
        if (missing.length === 0) continue;
        yield { kind: "fault", number: null, reason: lacking(missing) };
        return;
      }
      number += 1;
      const found = read(new Map(header.map((name, index) => [name, row[index] ?? ""])));
      if (typeof found === "string") yield { kind: "fault", number, reason: found };
      else yield { kind: "message", ...found };
    }
  } finally {
    input.destroy();
  }
}
