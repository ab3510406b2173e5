/**
 * `tradestream import FILE`: the export of a channel becomes stored history.
 *
 * ```text
 * file ─► message by message ─┬─ new ─────► kept, marked as imported
 *                             ├─ known ───► nothing
 *                             └─ faulty ──► told with its number, the rest goes in
 * ```
 *
 * Nothing of it ever reaches the house, so it trades nothing, however fresh it is. A file that is
 * imported twice adds nothing; one that was exported later adds what was said since, and of a known
 * message that was edited since its new text.
 */
import type { Message } from "../../core/model/message.ts";
import { refOf } from "../../core/model/message.ts";
import type { Millis } from "../../core/model/units.ts";
import { readMessage } from "../../core/parse/read-message.ts";
import type { ExitCode, Handlers } from "../../ports/console.ts";
import type { History } from "../../ports/history.ts";
import { type Context, leave, stopped } from "../context.ts";
import { noOutcomes, OUTCOMES, outcomeName } from "../outcome-name.ts";
import { fromHere, placesIn } from "../places.ts";
import { type RoomOf, readingRooms } from "../reading-room.ts";
import { chooseConfig, directoryFor, faultLines } from "../setup.ts";
import { wire } from "../wire.ts";

type Options = Parameters<Handlers["import"]>[0];

export const importExport =
  (context: Context): Handlers["import"] =>
  async (options) => {
    const choice = await chooseConfig(context, options);
    if (choice.kind === "broken") return leave(context, stopped(2, ...faultLines(choice.fault)));
    const config = choice.kind === "configured" ? choice.config : null;
    const rooms = readingRooms(config, options.format);
    if (!rooms.ok) return leave(context, stopped(2, rooms.error));
    const { isThere } = await wire.dataDirectory();
    if (!isThere(fromHere(context.here, options.file))) {
      return leave(context, stopped(2, `${options.file}: there is no such file`));
    }
    const directory = directoryFor(context, options, config ?? undefined);
    const { openHistory } = await wire.history();
    const opened = openHistory(placesIn(directory).history, { at: context.clock.now() });
    if (!opened.ok) return leave(context, stopped(1, opened.error.detail));
    try {
      return await bringIn(context, options, { history: opened.value, roomOf: rooms.value });
    } finally {
      opened.value.close();
    }
  };

interface Into {
  readonly history: History;
  readonly roomOf: RoomOf;
}

/** A commit each. */
const BATCH = 500;

async function bringIn(context: Context, options: Options, into: Into): Promise<ExitCode> {
  const path = fromHere(context.here, options.file);
  const { exportFile } = await wire.exportFile();
  const importing = createImporting(context.clock.now(), into);
  let faulty = 0;
  for await (const read of exportFile({ path, channel: options.channel })) {
    if (read.kind === "fault") {
      faulty += 1;
      tellFault(context, options, read);
      continue;
    }
    const refused = importing.take(read.message, read.editedAt);
    if (refused !== null) return leave(context, stopped(1, refused));
  }
  const refused = importing.write();
  if (refused !== null) return leave(context, stopped(1, refused));
  tellSummary(context, options, { ...importing.counts(), faulty });
  return faulty > 0 ? 2 : 0;
}

interface Counts {
  readonly added: number;
  readonly known: number;
  readonly outcomes: ReturnType<typeof noOutcomes>;
}

interface Importing {
  /** Why the disk refused; null when it did not. */
  take(message: Message, editedAt: Millis | null): string | null;
  write(): string | null;
  counts(): Counts;
}

function createImporting(receivedAt: Millis, { history, roomOf }: Into): Importing {
  const outcomes = noOutcomes();
  const texts = createTexts();
  let batch: Message[] = [];
  let added = 0;
  let known = 0;

  function write(): string | null {
    const parts = { receivedAt, imported: true, raw: null };
    const kept = history.keep(batch.map((message) => ({ message, ...parts })));
    if (!kept.ok) return kept.error.detail;
    const fresh = kept.value.filter((one) => one !== null).length;
    added += fresh;
    known += batch.length - fresh;
    batch = [];
    return null;
  }

  return {
    take(exported, editedAt) {
      const { replyTo } = exported;
      texts.add(exported);
      const ref = { ...refOf(exported), id: replyTo ?? "" };
      const referenced =
        replyTo === undefined
          ? null
          : (texts.of(replyTo) ?? history.find(ref)?.message.text ?? null);
      const message = { ...exported, referenced };
      outcomes[outcomeName(readMessage(message, roomOf(message)))] += 1;
      const version = versionOf(message, editedAt, history);
      if (version === null) known += 1;
      else batch.push(version);
      return batch.length < BATCH ? null : write();
    },
    write,
    counts: () => ({ added, known, outcomes }),
  };
}

/**
 * What it adds to what is known; null for nothing. An export renders mentions its own way, so that
 * another text alone does not make another version: the message has to have been edited.
 */
function versionOf(message: Message, editedAt: Millis | null, history: History): Message | null {
  const known = history.find(refOf(message));
  if (known === null) return message;
  const { text } = known.message;
  if (editedAt === null || text === message.text) return null;
  return { ...message, event: "edit", previous: text, sentAt: editedAt };
}

/** Replies are mostly to something recent. */
const TEXTS_MAX = 5_000;

function createTexts() {
  const textById = new Map<string, string>();
  return {
    add({ id, text }: Message): void {
      textById.set(id, text);
      const [oldest = ""] = textById.size > TEXTS_MAX ? textById.keys() : [];
      textById.delete(oldest);
    },
    of: (id: string): string | null => textById.get(id) ?? null,
  };
}

function tellFault(
  { screen }: Context,
  { file, json }: Options,
  { number, reason }: { readonly number: number | null; readonly reason: string },
): void {
  if (json) screen.printJson({ message: number, error: reason });
  else screen.remark(`${file}${number === null ? "" : `, message ${number}`}: ${reason}`);
}

function tellSummary(
  { screen }: Context,
  { json }: Options,
  { added, known, faulty, outcomes }: Counts & { readonly faulty: number },
): void {
  if (json) {
    screen.printJson({ summary: { new: added, known, faulty, outcomes } });
    return;
  }
  screen.print(`${added} new, ${known} known, ${faulty} could not be read`);
  screen.print(OUTCOMES.map((name) => `${name} ${outcomes[name]}`).join("   "));
}
