/**
 * `tradestream parse`: what messages say, with nothing done about them.
 *
 * Texts are told to a person, records answered with records: `{"id":...,"result":...}`, a line each.
 * A line that cannot be read is answered in its place with its number, and the rest still runs.
 */

import type { Alert } from "../../core/model/alert.ts";
import { showPrice } from "../../core/model/instrument.ts";
import { instrumentOf } from "../../core/model/instruments.ts";
import type { Message } from "../../core/model/message.ts";
import type { Parsed, Update } from "../../core/parse/outcome.ts";
import { readMessage } from "../../core/parse/read-message.ts";
import { toCorpusResult } from "../../core/parse/record.ts";
import { clean, cutTo } from "../../core/views/plain-text.ts";
import type { Handlers } from "../../ports/console.ts";
import type { Context } from "../context.ts";
import { fromHere } from "../places.ts";
import { chooseConfig } from "../setup.ts";
import { wire } from "../wire.ts";

/** Whose alerts count where no configuration says otherwise. */
const KNOWN_AUTHORS: readonly string[] = ["JMoney", "twi_jmoney", "Twinsight Bot #7577"];

export const parse =
  (context: Context): Handlers["parse"] =>
  async (options) => {
    const { screen, clock, input, here } = context;
    const { messagesOnce } = await wire.messagesOnce();
    const authors = await authorsFor(context, options);
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
      const { message, format } = read;
      const parsed = readMessage(message, { authors });
      if (options.json || format === "records") {
        screen.printJson({ id: message.id, result: toCorpusResult(parsed) });
      } else for (const line of linesFor(number, message, parsed)) screen.print(line);
    }
    return isFaulty ? 2 : 0;
  };

/** Those of the configured sources; everyone, where one of them hears everyone. */
async function authorsFor(
  context: Context,
  options: Parameters<Handlers["parse"]>[0],
): Promise<readonly string[] | null> {
  const choice = await chooseConfig(context, options);
  if (choice.kind !== "configured") return KNOWN_AUTHORS;
  const lists = choice.config.sources.flatMap((one) =>
    one.kind === "chat-file" ? [one.authors] : [],
  );
  if (lists.length === 0) return KNOWN_AUTHORS;
  return lists.includes(null) ? null : lists.flatMap((names) => names ?? []);
}

const EXCERPT = 60;

function linesFor(number: number, { text }: Message, parsed: Parsed): readonly string[] {
  const head = `${number}  ${cutTo(clean(text), EXCERPT)}`;
  return [head, ...wordsFor(parsed).map((line) => `   ${line}`)];
}

function wordsFor(parsed: Parsed): readonly string[] {
  switch (parsed.kind) {
    case "none":
      return [`none: ${parsed.reason}${parsed.review ? " (a person should look)" : ""}`];
    case "update":
      return parsed.updates.map(updateText);
    case "entries":
      return [...parsed.before.map(updateText), ...parsed.entries.map(entryText)];
  }
}

function entryText({ instrument: root, side, entry, stop, targets, size, tags }: Alert): string {
  const instrument = instrumentOf(root);
  const price = (of: Alert["entry"]): string => showPrice(instrument, of);
  const parts = [
    `entry: ${root} ${side} ${price(entry)} stop ${price(stop)}`,
    targets.length === 0 ? "" : ` targets ${targets.map(price).join(", ")}`,
    size === null ? "" : ` size ${size}`,
    tags.length === 0 ? "" : ` ${tags.join(" ")}`,
  ];
  return parts.join("");
}

function updateText({ action, instrument, price }: Update): string {
  const at =
    instrument === null || price === null
      ? ""
      : ` at ${showPrice(instrumentOf(instrument), price)}`;
  return `update: ${action}${instrument === null ? "" : ` ${instrument}`}${at}`;
}
