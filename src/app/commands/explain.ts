/**
 * `tradestream explain`: why a message was read as it was, and what became of it.
 *
 * ```text
 * an id ─► the stored messages ─► the journal ─┬─► its stages, by its room's format
 * a text ──────────────────────────────────────┘   and from the journal: refusals, trades
 * ```
 *
 * It is read by the formats as they are saved now; what the journal tells is what was decided then.
 */
import type { Config } from "../../core/model/config.ts";
import { isoOf } from "../../core/model/iso-time.ts";
import type { Message } from "../../core/model/message.ts";
import { OPEN_ROOM } from "../../core/model/room.ts";
import { type Explanation, explainMessage } from "../../core/parse/explain.ts";
import type { ParseSettings } from "../../core/parse/read-message.ts";
import { toCorpusResult } from "../../core/parse/record.ts";
import { clean } from "../../core/views/plain-text.ts";
import type { Handlers } from "../../ports/console.ts";
import { err, ok, type Result } from "../../std/result.ts";
import { roomFor, roomsIn } from "../configured-rooms.ts";
import { type Context, leave, type Stopped, stopped } from "../context.ts";
import { formatFor } from "../format-for.ts";
import { pasted } from "../heard.ts";
import { type MessageStory, storyOf } from "../message-story.ts";
import { wordsFor } from "../parsed-words.ts";
import { directoryFor, soundConfig } from "../setup.ts";
import { withStoredMessages } from "../stored-history.ts";

type Options = Parameters<Handlers["explain"]>[0];

export const explain =
  (context: Context): Handlers["explain"] =>
  async (options) => {
    const chosen = await soundConfig(context, options);
    if (!chosen.ok) return leave(context, chosen.error);
    const format = formatFor(chosen.value, options.format);
    if (!format.ok) return leave(context, format.error);
    const found = await findMessage(context, options, chosen.value);
    if (!found.ok) return leave(context, found.error);
    const { message, story } = found.value;
    const room = roomFor(roomsIn(chosen.value), message);
    const settings: ParseSettings = {
      authors: (room ?? OPEN_ROOM).authors,
      format: options.format === null && room !== null ? room.format : format.value,
    };
    const explanation = explainMessage(message, settings);
    if (options.json) context.screen.printJson(viewOf(found.value, explanation));
    else for (const line of linesFor(found.value, explanation, story)) context.screen.print(line);
    return 0;
  };

interface Found {
  readonly message: Message;
  /** Null for a text that nobody has sent. */
  readonly story: MessageStory | null;
}

/** One word is a name of something; more of them are a text. */
const looksLikeId = (what: string): boolean => /^\S{1,200}$/.test(what);

async function findMessage(
  context: Context,
  options: Options,
  config: Config,
): Promise<Result<Found, Stopped>> {
  const { what } = options;
  if (!looksLikeId(what)) {
    return ok({ message: pasted("explain", what, context.clock.now()), story: null });
  }
  const directory = directoryFor(context, options, config);
  const unreadable = (detail: string): void => context.screen.remark(detail);
  const stored = await withStoredMessages(directory, unreadable, (messages) =>
    messages.findById(what),
  );
  const story = await storyOf(context, options, what);
  const message = stored?.message ?? story.message;
  if (message !== null) return ok({ message, story });
  const hint = "a text to explain has more than one word";
  return err(stopped(2, `no message with the id ${clean(what)} was heard here; ${hint}`));
}

function linesFor(
  { message }: Found,
  { stages, parsed }: Explanation,
  story: MessageStory | null,
): readonly string[] {
  const width = Math.max(...stages.map(({ stage }) => stage.length), "outcome".length);
  const section = (name: string, lines: readonly string[]): readonly string[] =>
    lines.map((line, index) => `${(index === 0 ? name : "").padEnd(width)}  ${clean(line)}`);
  const origin = `${message.source} ${message.channel} ${message.id}, ${isoOf(message.sentAt)}`;
  return [
    ...(story === null ? [] : [clean(origin)]),
    ...stages.flatMap(({ stage, lines }) => section(stage, lines)),
    ...section("outcome", wordsFor(parsed)),
    ...(story === null ? [] : section("journal", toldIn(story))),
  ];
}

const toldIn = ({ lines }: MessageStory): readonly string[] =>
  lines.length === 0 ? ["it says nothing about this message"] : lines;

function viewOf({ message, story }: Found, { stages, parsed }: Explanation) {
  const { source, channel, id, text, author, sentAt } = message;
  const origin = { source, channel, id, author, sentAt: isoOf(sentAt) };
  return {
    ...(story === null ? {} : { message: origin }),
    ...{ text, stages, result: toCorpusResult(parsed) },
    ...(story === null ? {} : { journal: story.lines }),
  };
}
