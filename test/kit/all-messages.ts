/** Every message of the labelled corpora and of our own wordings, as one list. */
import { readFileSync } from "node:fs";
import { parseIso } from "../../src/core/model/iso-time.ts";
import type { Message } from "../../src/core/model/message.ts";
import { millis } from "../../src/core/model/units.ts";
import { posted } from "./posted.ts";

export interface Sample {
  readonly name: string;
  readonly message: Message;
}

type Row = Partial<Message> & { readonly text: string; readonly ts?: string; readonly at?: string };

const FILES = ["dev", "ambiguous", "wordings", "traps", "foreign"] as const;

const TUESDAY = parseIso("2025-09-16T10:05:00-04:00") ?? millis(0);

/** Written by nobody in particular: what is read does not depend on who may speak. */
export function allMessages(files: readonly (typeof FILES)[number][] = FILES): readonly Sample[] {
  return files.flatMap((file) => {
    // From the root of the repository, where tests and measures run: the latter are bundled.
    const lines = readFileSync(`test/data/alerts/${file}.jsonl`, "utf8")
      .split("\n")
      .filter(Boolean);
    return lines.map((line, index) => sampleOf(JSON.parse(line) as Row, `${file} ${index + 1}`));
  });
}

function sampleOf(row: Row, name: string): Sample {
  const { text, ts, at, embeds = [], referenced = null, event = "create", previous = null } = row;
  const sentAt = parseIso(ts ?? at ?? "") ?? TUESDAY;
  return { name, message: posted(text, { embeds, referenced, event, previous, sentAt }) };
}
