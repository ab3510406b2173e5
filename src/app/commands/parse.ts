/**
 * `tradestream parse`: what messages say, with nothing done about them.
 *
 * Texts are told to a person, records answered with records: `{"id":...,"result":...}`, a line each.
 * A line that cannot be read is answered in its place with its number, and the rest still runs.
 */

import type { Config } from "../../core/model/config.ts";
import type { Authors, Format } from "../../core/model/format.ts";
import type { Message } from "../../core/model/message.ts";
import type { Parsed } from "../../core/parse/outcome.ts";
import { readMessage } from "../../core/parse/read-message.ts";
import { toCorpusResult } from "../../core/parse/record.ts";
import { clean, cutTo } from "../../core/views/plain-text.ts";
import type { Handlers } from "../../ports/console.ts";
import { type Context, leave } from "../context.ts";
import { formatFor } from "../format-for.ts";
import { LABELLED_AUTHORS } from "../labelled.ts";
import { wordsFor } from "../parsed-words.ts";
import { fromHere } from "../places.ts";
import { chooseConfig } from "../setup.ts";
import { wire } from "../wire.ts";

/** Whose alerts count where no configuration says otherwise. */
const KNOWN_AUTHORS = LABELLED_AUTHORS;

export const parse =
  (context: Context): Handlers["parse"] =>
  async (options) => {
    const { screen, clock, input, here } = context;
    const { messagesOnce } = await wire.messagesOnce();
    const choice = await chooseConfig(context, options);
    const config = choice.kind === "configured" ? choice.config : null;
    const format = formatFor(config, options.format);
    if (!format.ok) return leave(context, format.error);
    const authors = config === null ? KNOWN_AUTHORS : authorsIn(config, format.value);
    const path = options.file === "-" ? null : fromHere(here, options.file);
    let isFaulty = false;
    let number = 0;
    for await (const read of messagesOnce({ path, input, now: clock.now })) {
      if (screen.isDeaf()) break;
      if (read.kind === "fault") {
        isFaulty = true;
        const { line, reason } = read;
        if (line === null) screen.remark(`${options.file}: ${reason}`);
        else screen.printJson({ line, error: reason });
        continue;
      }
      number += 1;
      const { message } = read;
      const parsed = readMessage(message, { authors, format: format.value });
      if (options.json || read.format === "records") {
        screen.printJson({ id: message.id, result: toCorpusResult(parsed) });
      } else for (const line of linesFor(number, message, parsed)) screen.print(line);
    }
    return isFaulty ? 2 : 0;
  };

/** Those of the configured files; everyone, where one of them hears everyone. */
function authorsIn({ sources }: Config, format: Format): Authors | null {
  const lists = sources.flatMap((one) =>
    one.kind === "chat-file" ? [one.room.authors ?? one.room.format.authors] : [],
  );
  if (lists.length === 0) return format.authors ?? KNOWN_AUTHORS;
  if (lists.includes(null)) return null;
  const ids = lists.flatMap((one) => one?.ids ?? []);
  return { ids, names: lists.flatMap((one) => one?.names ?? []) };
}

const EXCERPT = 60;

function linesFor(number: number, { text }: Message, parsed: Parsed): readonly string[] {
  const head = `${number}  ${cutTo(clean(text), EXCERPT)}`;
  return [head, ...wordsFor(parsed).map((line) => `   ${line}`)];
}
