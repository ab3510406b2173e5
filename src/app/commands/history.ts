/**
 * `tradestream history show | stats | export | faults`: every message that was heard or imported, what it
 * turned out to be, and the way back into a replay.
 *
 * What a message is, is read anew by the formats of today; what was traded because of it is told by
 * `trades` and the journal.
 */
import { centralClock } from "../../core/model/central-time.ts";
import { isoOf } from "../../core/model/iso-time.ts";
import type { Message } from "../../core/model/message.ts";
import type { Parsed } from "../../core/parse/outcome.ts";
import { readMessage } from "../../core/parse/read-message.ts";
import { clean, cutTo } from "../../core/views/plain-text.ts";
import { renderTable } from "../../core/views/table.ts";
import type { ExitCode, Handlers, HistoryOptions } from "../../ports/console.ts";
import type { HistoryFilter, HistoryReader, KeptMessage } from "../../ports/history.ts";
import { type Context, leave, stopped } from "../context.ts";
import { noOutcomes, OUTCOMES, type OutcomeCounts, outcomeName } from "../outcome-name.ts";
import { fromHere, placesIn } from "../places.ts";
import { type RoomOf, readingRooms } from "../reading-room.ts";
import { chooseConfig, directoryFor, faultLines } from "../setup.ts";
import { wire } from "../wire.ts";

type Look = (history: HistoryReader, roomOf: RoomOf) => ExitCode | Promise<ExitCode>;

async function lookInto(context: Context, options: HistoryOptions, look: Look): Promise<ExitCode> {
  const choice = await chooseConfig(context, options);
  if (choice.kind === "broken") return leave(context, stopped(2, ...faultLines(choice.fault)));
  const config = choice.kind === "configured" ? choice.config : null;
  const rooms = readingRooms(config, options.format);
  if (!rooms.ok) return leave(context, stopped(2, rooms.error));
  const { history } = placesIn(directoryFor(context, options, config ?? undefined));
  const { openHistoryReadOnly } = await wire.history();
  const opened = openHistoryReadOnly(history);
  if (!opened.ok) {
    const { kind, detail } = opened.error;
    return leave(context, stopped(kind === "missing" ? 2 : 1, detail));
  }
  try {
    return await look(opened.value, rooms.value);
  } finally {
    opened.value.close();
  }
}

const filterOf = ({ channel, since }: HistoryOptions): HistoryFilter => ({
  ...(channel !== null && { channel }),
  ...(since !== null && { since }),
});

export const historyShow =
  (context: Context): Handlers["historyShow"] =>
  (options) =>
    lookInto(context, options, (history, roomOf) => {
      const { screen } = context;
      const newest = options.tail === null ? {} : { newest: options.tail };
      let shown = 0;
      for (const kept of history.read({ ...filterOf(options), ...newest })) {
        if (screen.isDeaf()) break;
        shown += 1;
        const parsed = readMessage(kept.message, roomOf(kept.message));
        if (options.json) screen.printJson(recordOf(kept, parsed));
        else screen.print(cutTo(lineOf(kept, parsed), screen.columns()));
      }
      if (shown === 0 && !options.json) screen.print("no messages");
      return 0;
    });

function recordOf({ message, sequence, receivedAt, imported, raw }: KeptMessage, parsed: Parsed) {
  const { embeds, sentAt, ...own } = message;
  return {
    ...{ sequence, ...own, sentAt: isoOf(sentAt), receivedAt: isoOf(receivedAt) },
    ...(embeds.length > 0 && { embeds }),
    ...(raw !== null && { raw }),
    imported,
    outcome: outcomeName(parsed),
    ...(parsed.kind === "none" && { reason: parsed.reason }),
  };
}

function lineOf({ message, imported }: KeptMessage, parsed: Parsed): string {
  const { source, channel, author, event, text, embeds } = message;
  const said = text === "" ? (embeds[0]?.title ?? embeds[0]?.description ?? "") : text;
  const why = parsed.kind === "none" ? ` (${parsed.reason})` : "";
  const parts = [
    `${isoOf(message.sentAt).slice(0, 19)}Z`,
    `${source}/${channel}`,
    author ?? "-",
    ...(event === "create" ? [] : [event]),
    `${imported ? "imported, " : ""}${outcomeName(parsed)}${why}:`,
    said,
  ];
  return parts.map(clean).join("  ");
}

export const historyStats =
  (context: Context): Handlers["historyStats"] =>
  (options) =>
    lookInto(context, options, (history, roomOf) => {
      const { screen } = context;
      const counts = countAll(history.read(filterOf(options)), roomOf);
      const { messages, unsettled, faults } = history.counts();
      if (options.json) {
        screen.printJson({
          ...Object.fromEntries(
            Object.entries(counts).map(([name, rows]) => [name, objectOf(rows)]),
          ),
          ...{ versions: messages, undecided: unsettled, faults },
        });
        return 0;
      }
      const titles = { channels: "CHANNEL", authors: "AUTHOR", hours: "HOUR (CT)" } as const;
      for (const name of ["channels", "authors", "hours"] as const) {
        for (const line of tableOf(titles[name], counts[name], screen.columns()))
          screen.print(line);
        screen.print("");
      }
      screen.print(
        `${messages} versions of messages, ${unsettled} undecided, ${faults} unreadable`,
      );
      return 0;
    });

/** What arrived and was no message, as it came. */
export const historyFaults =
  (context: Context): Handlers["historyFaults"] =>
  (options) =>
    lookInto(context, options, (history) => {
      const { screen } = context;
      for (const { at, source, channel, reason, raw } of history.faults(options.tail ?? FAULTS)) {
        if (options.json) screen.printJson({ at: isoOf(at), source, channel, reason, raw });
        else {
          const line = [`${isoOf(at).slice(0, 19)}Z`, `${source}/${channel}`, `${reason}:`, raw];
          screen.print(cutTo(line.map(clean).join("  "), screen.columns()));
        }
      }
      return 0;
    });

const FAULTS = 20;

type Rows = Map<string, OutcomeCounts>;

/** Rows of one table; beyond it are senders of a room that lets anybody in. */
const ROWS_MAX = 1_000;

function countAll(messages: Iterable<KeptMessage>, roomOf: RoomOf) {
  const counts = { channels: new Map(), authors: new Map(), hours: new Map() } as const;
  for (const { message } of messages) {
    const outcome = outcomeName(readMessage(message, roomOf(message)));
    const { minuteOfDay } = centralClock(message.sentAt);
    count(counts.channels, `${message.source}/${message.channel}`, outcome);
    count(counts.authors, authorOf(message), outcome);
    count(counts.hours, String(Math.floor(minuteOfDay / 60)).padStart(2, "0"), outcome);
  }
  const hours: Rows = new Map([...counts.hours].toSorted(([a], [b]) => (a < b ? -1 : 1)));
  return { channels: counts.channels as Rows, authors: counts.authors as Rows, hours };
}

/** By the id where there is one: names can be taken by anybody. */
const authorOf = ({ author, authorId }: Message): string =>
  authorId === undefined ? (author ?? "-") : `${authorId} ${author ?? ""}`.trim();

function count(rows: Rows, name: string, outcome: keyof OutcomeCounts): void {
  const key = rows.has(name) || rows.size < ROWS_MAX ? name : "others";
  const row = rows.get(key) ?? noOutcomes();
  row[outcome] += 1;
  rows.set(key, row);
}

const objectOf = (rows: Rows) => Object.fromEntries(rows);

function tableOf(title: string, rows: Rows, columns: number): readonly string[] {
  const layout = [
    { title, align: "left" } as const,
    ...OUTCOMES.map((name) => ({ title: name.toUpperCase(), align: "right" }) as const),
  ];
  const cells = [...rows].map(([name, row]) => [name, ...OUTCOMES.map((one) => String(row[one]))]);
  return renderTable(layout, cells, columns);
}

export const historyExport =
  (context: Context): Handlers["historyExport"] =>
  (options) =>
    lookInto(context, options, async (history) => {
      const { screen, here } = context;
      const { isThere } = await wire.dataDirectory();
      if (isThere(fromHere(here, options.file))) {
        return leave(context, stopped(2, `${options.file}: there is such a file already`));
      }
      const { writeRecords } = await wire.records();
      const messages = function* () {
        for (const kept of history.read(filterOf(options))) yield asSaid(kept);
      };
      const written = await writeRecords(fromHere(here, options.file), messages());
      if (!written.ok) return leave(context, stopped(1, `${options.file}: ${written.error}`));
      if (options.json) screen.printJson({ file: options.file, messages: written.value });
      else
        screen.print(`${written.value} messages in ${options.file}, ready for a chat-file source`);
      return 0;
    });

/** A change is told when it was made, or a replay would know of it before its time. */
const asSaid = ({ message, receivedAt, imported }: KeptMessage): Message =>
  message.event === "create" || imported ? message : { ...message, sentAt: receivedAt };
