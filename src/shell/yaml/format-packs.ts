/**
 * Format packs: the files NAME.yaml of one directory, each the format NAME.
 *
 * ```text
 * formats/jmoney.yaml ──► schema ──► words that exist ──► Format "jmoney"
 *        /northman.yaml   \ key and line                \ line, and the nearest word
 * ```
 *
 * Either all of them are sound or none is taken: a room read by half of its words is misread.
 */
import { type Format, PLAIN_FORMAT } from "../../core/model/format.ts";
import type { Root } from "../../core/model/instrument.ts";
import { isRoot } from "../../core/model/instruments.ts";
import type { ConfigFault, Vocabulary } from "../../ports/config-source.ts";
import { err, ok, type Result } from "../../std/result.ts";
import type { Conflict } from "./checks.ts";
import { nearest } from "./nearest.ts";
import { isPackName, packNameOf, readPacksIn } from "./pack-directory.ts";
import { faultOf } from "./problems.ts";
import { readAs } from "./read-as.ts";
import type { Formats } from "./room-checks.ts";
import { FORMAT_FILE, type FormatFile } from "./schema-format.ts";
import { readText } from "./text-file.ts";

/** All packs of a directory. */
export type PackReader = (directory: string) => Result<Formats, ConfigFault>;

const KILOBYTES_MAX = 64;

export function readFormatPacks(
  directory: string,
  vocabulary: Vocabulary,
): Result<Formats, ConfigFault> {
  const read = readPacksIn(directory, "format packs", (file) => readFormatPack(file, vocabulary));
  return read.ok ? ok(Object.fromEntries(read.value.map((one) => [one.name, one]))) : read;
}

/** One pack, wherever it lies; its file gives it its name. */
export function readFormatPack(file: string, vocabulary: Vocabulary): Result<Format, ConfigFault> {
  const text = readText(file, KILOBYTES_MAX);
  return text.ok ? readFormat(text.value, file, vocabulary) : text;
}

export function readFormat(
  text: string,
  file: string,
  vocabulary: Vocabulary,
): Result<Format, ConfigFault> {
  const name = packNameOf(file);
  if (!isPackName(name) || name === PLAIN_FORMAT.name) {
    const reason =
      name === PLAIN_FORMAT.name
        ? "plain is the built-in format; a pack needs a name of its own"
        : "a pack is named by small letters, digits and hyphens, a letter first: jmoney.yaml";
    return err(faultOf("invalid", file, [{ place: null, path: [], reason }]));
  }
  const checked = readAs(FORMAT_FILE, text, file);
  if (!checked.ok) return checked;
  const { value, document } = checked.value;
  const findings = conflictsInFormat(value, vocabulary).map(({ path, message }) => ({
    place: document.placeOfKey(path),
    path,
    reason: message,
  }));
  return findings.length > 0 ? err(faultOf("invalid", file, findings)) : ok(formatOf(name, value));
}

const TABLES = ["words", "symbols", "sizes"] as const;

/** An own word says one thing, which the common grammar does not say already. */
function conflictsInFormat(file: FormatFile, vocabulary: Vocabulary): readonly Conflict[] {
  const meanings = Object.entries(file.words).flatMap(([own, meaning]) =>
    vocabulary.meanings.has(meaning)
      ? []
      : [{ path: ["words", own], message: unknownMeaning(meaning, vocabulary) }],
  );
  const seen = new Map<string, string>();
  const clashes = TABLES.flatMap((table) =>
    Object.keys(file[table]).flatMap((own): readonly Conflict[] => {
      const before = seen.get(own);
      seen.set(own, table);
      const message =
        before === undefined ? takenBecause(own, table, vocabulary) : `${before} has this word too`;
      return message === null ? [] : [{ path: [table, own], message }];
    }),
  );
  return [...meanings, ...clashes];
}

function unknownMeaning(meaning: string, { meanings }: Vocabulary): string {
  const near = nearest(meaning, [...meanings]);
  const hint =
    near === null ? "words stand for words such as long, stop or target" : `did you mean ${near}?`;
  return `the grammar does not know the word "${meaning}"; ${hint}`;
}

/** "half" and "full" are said in passing, and may be sizes in a room; "stop" means stop anywhere. */
function takenBecause(
  own: string,
  table: (typeof TABLES)[number],
  vocabulary: Vocabulary,
): string | null {
  if (isRoot(own.toUpperCase())) return `"${own}" is a contract already`;
  const isTaken = table === "sizes" ? vocabulary.meanings.has(own) : vocabulary.isTaken(own);
  return isTaken ? `"${own}" has a meaning in every room already` : null;
}

function formatOf(name: string, file: FormatFile): Format {
  const { authors, words, symbols, sizes, sizeUnstated, prices } = file;
  const rows = Object.entries(prices).flatMap(([family, row]) =>
    row === undefined ? [] : [[family as Root, { ...row.range, stopMax: row.stopMax }] as const],
  );
  return {
    name,
    authors: authors ?? null,
    words,
    symbols,
    sizes,
    sizeUnstated,
    prices: Object.fromEntries(rows),
  };
}
