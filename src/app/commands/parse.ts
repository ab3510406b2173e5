/**
 * `tradestream parse`: what messages say, with nothing done about them.
 *
 * Texts are told to a person, records answered with records: `{"id":...,"result":...}`, a line each.
 * A line that cannot be read is answered in its place with its number, and the rest still runs.
 */

import type { Alert } from "../../core/model/alert.ts";
import { type Authors, PLAIN_FORMAT } from "../../core/model/format.ts";
import { showPrice } from "../../core/model/instrument.ts";
import { instrumentOf } from "../../core/model/instruments.ts";
import type { Message } from "../../core/model/message.ts";
import type { Tracked } from "../../core/model/tracked.ts";
import type { Update } from "../../core/model/update.ts";
import type { Parsed } from "../../core/parse/outcome.ts";
import { readMessage } from "../../core/parse/read-message.ts";
import { toCorpusResult } from "../../core/parse/record.ts";
import { clean, cutTo } from "../../core/views/plain-text.ts";
import type { Handlers } from "../../ports/console.ts";
import type { Context } from "../context.ts";
import { fromHere } from "../places.ts";
import { chooseConfig } from "../setup.ts";
import { wire } from "../wire.ts";

/** Whose alerts count where no configuration says otherwise. */
const KNOWN_AUTHORS: Authors = {
  ids: [],
  names: ["JMoney", "twi_jmoney", "Twinsight Bot #7577"],
};

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
      const parsed = readMessage(message, { authors, format: PLAIN_FORMAT });
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
): Promise<Authors | null> {
  const choice = await chooseConfig(context, options);
  if (choice.kind !== "configured") return KNOWN_AUTHORS;
  const lists = choice.config.sources.flatMap((one) =>
    one.kind === "chat-file" ? [one.room.authors] : [],
  );
  if (lists.length === 0) return KNOWN_AUTHORS;
  if (lists.includes(null)) return null;
  const ids = lists.flatMap((one) => one?.ids ?? []);
  return { ids, names: lists.flatMap((one) => one?.names ?? []) };
}

const EXCERPT = 60;

function linesFor(number: number, { text }: Message, parsed: Parsed): readonly string[] {
  const head = `${number}  ${cutTo(clean(text), EXCERPT)}`;
  return [head, ...wordsFor(parsed).map((line) => `   ${line}`)];
}

/** For a person, without what stands in front of it. */
export function wordsFor(parsed: Parsed): readonly string[] {
  switch (parsed.kind) {
    case "none":
      return [`none: ${parsed.reason}${parsed.review ? " (a person should look)" : ""}`];
    case "update":
      return parsed.updates.map(updateText);
    case "entries":
      return [...parsed.before.map(updateText), ...parsed.entries.map(entryText)];
    case "tracked":
      return parsed.tracked.map(trackedText);
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

function updateText(update: Update): string {
  const { action, instrument } = update;
  const parts = [`update: ${action}`, instrument ?? ""];
  if (update.action === "move_stop") parts.push(`to ${update.stop}`);
  if (update.action === "trim") parts.push(update.share === null ? "" : `${update.share / 10}%`);
  if (update.action === "target_hit") parts.push(String(update.target));
  if ("price" in update && update.price !== null) parts.push(`at ${update.price}`);
  return parts.filter((part) => part !== "").join(" ");
}

function trackedText(tracked: Tracked): string {
  const { contract } = tracked;
  const name =
    contract.asset === "currency"
      ? contract.symbol
      : `${contract.symbol} ${contract.expiry} ${contract.strike} ${contract.right}`;
  const what = tracked.kind === "entry" ? `entry ${tracked.side}` : tracked.action;
  const price = tracked.kind === "entry" ? tracked.entry : tracked.price;
  return `tracked: ${what} ${name}${price === null ? "" : ` at ${price}`}`;
}
