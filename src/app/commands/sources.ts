/**
 * `tradestream sources check`: what each configured channel says and what the parser makes of it.
 * For the first contact with a room: nothing is connected, kept or traded.
 *
 * ```text
 * Discord    the newest 50 messages of each channel, over REST
 * a file     its newest 50
 * the rest   what there will be: nothing can be read from it beforehand
 * ```
 *
 * It ends with 2 when somebody has to change something, and with 1 when it may work later.
 */
import type { DiscordConfig, SourceConfig } from "../../core/model/config.ts";
import { isoOf } from "../../core/model/iso-time.ts";
import type { Message } from "../../core/model/message.ts";
import type { Room } from "../../core/model/room.ts";
import { readMessage } from "../../core/parse/read-message.ts";
import { toCorpusResult } from "../../core/parse/record.ts";
import { clean, cutTo } from "../../core/views/plain-text.ts";
import { formatTime } from "../../core/views/timeline.ts";
import type { ExitCode, GlobalOptions, Handlers } from "../../ports/console.ts";
import { type Context, leave, stopped } from "../context.ts";
import { wordsFor } from "../parsed-words.ts";
import { fromHere, placeFrom } from "../places.ts";
import { chooseConfig, faultLines, NO_CONFIG } from "../setup.ts";
import { wire } from "../wire.ts";

interface Shown {
  /** `discord #alerts (400...)`, or a path. */
  readonly title: string;
  readonly source: SourceConfig["kind"];
  readonly channel: string;
  readonly room: Room | null;
  readonly problem: Trouble | null;
  /** Said instead of messages. */
  readonly remark: string | null;
  readonly messages: readonly Message[];
}

interface Trouble {
  readonly kind: "unreachable" | "wrong";
  readonly reason: string;
}

export const sourcesCheck =
  (context: Context): Handlers["sourcesCheck"] =>
  async (options) => {
    const choice = await chooseConfig(context, options);
    if (choice.kind === "absent") {
      return leave(context, stopped(2, NO_CONFIG));
    }
    if (choice.kind === "broken") return leave(context, stopped(2, ...faultLines(choice.fault)));
    const { sources } = choice.config;
    if (sources.length === 0) context.screen.remark(`${choice.file}: no sources are configured`);
    return checkSources(context, sources, options);
  };

/** One after the other, each told when it was seen. */
export async function checkSources(
  context: Context,
  sources: readonly SourceConfig[],
  { json }: Pick<GlobalOptions, "json">,
): Promise<ExitCode> {
  const { screen } = context;
  const all: Shown[] = [];
  for (const source of sources) {
    for (const shown of await look(context, source)) {
      all.push(shown);
      if (json) screen.printJson(recordOf(shown));
      else for (const line of linesOf(shown)) screen.print(line);
    }
  }
  return codeOf(all);
}

const codeOf = (all: readonly Shown[]): ExitCode => {
  const kinds = all.flatMap(({ problem }) => problem?.kind ?? []);
  if (kinds.includes("wrong")) return 2;
  return kinds.includes("unreachable") ? 1 : 0;
};

const NOTHING = { problem: null, remark: null, messages: [] } as const;

async function look(context: Context, source: SourceConfig): Promise<readonly Shown[]> {
  switch (source.kind) {
    case "discord":
      return lookAtDiscord(context, source);
    case "chat-file":
      return [await lookAtFile(context, source)];
    case "stdin": {
      const remark = "what is typed or piped in is read when the program runs";
      const { kind, room } = source;
      return [
        { ...NOTHING, title: "standard input", source: kind, channel: "stdin", room, remark },
      ];
    }
    case "webhook": {
      const remark = "nothing can be asked for; what is sent is read when the program runs";
      const named = [...source.hooks, ...source.signed];
      return named.map(({ name, room }) => {
        const title = `webhook ${name}`;
        return { ...NOTHING, title, source: source.kind, channel: name, room, remark };
      });
    }
  }
}

async function lookAtDiscord(
  { here }: Context,
  settings: DiscordConfig,
): Promise<readonly Shown[]> {
  const { lookAtRooms } = await wire.discordLook();
  const { readSecret } = await wire.secrets();
  const seen = await lookAtRooms(settings, readSecret(placeFrom(here, settings.token)));
  const source = settings.kind;
  const rooms = new Map(settings.channels.map(({ id, room }) => [id, room]));
  const itself = { ...NOTHING, source, channel: "", room: null };
  const bot: readonly Shown[] =
    seen.problem === null ? [] : [{ ...itself, title: "discord", problem: seen.problem }];
  const shown = seen.rooms.map(({ id, name, problem, messages }): Shown => {
    const room = rooms.get(id) ?? null;
    const title = `discord #${name} (${id}), bot ${seen.bot ?? "?"}`;
    return { title, source, channel: id, room, problem, remark: null, messages };
  });
  return [...bot, ...shown];
}

const NEWEST = 50;

async function lookAtFile(
  { here, clock }: Context,
  { kind, path, room }: Extract<SourceConfig, { kind: "chat-file" }>,
): Promise<Shown> {
  const { chatFile } = await wire.chatFile();
  const source = chatFile({ path: fromHere(here, path), clock, once: true });
  return new Promise((resolve) => {
    let messages: Message[] = [];
    let problem: Trouble | null = null;
    source.open({
      message(message) {
        messages = [...messages.slice(1 - NEWEST), message];
      },
      fault({ where, reason }) {
        problem ??= { kind: "wrong", reason: `${where}: ${reason}` };
      },
      end() {
        source.close();
        resolve({ ...NOTHING, title: path, source: kind, channel: path, room, problem, messages });
      },
    });
  });
}

const EXCERPT = 60;

function linesOf({ title, problem, remark, room, messages }: Shown): readonly string[] {
  const nothing = problem === null && messages.length === 0 ? "no messages yet" : null;
  const head = [
    title,
    ...(problem === null ? [] : [`  PROBLEM: ${problem.reason}`]),
    ...(remark === null && nothing === null ? [] : [`  ${remark ?? nothing}`]),
  ];
  return [...head, ...messages.flatMap((message) => linesFor(message, room))];
}

function linesFor(message: Message, room: Room | null): readonly string[] {
  const { author, authorId, sentAt, text } = message;
  const who = author === null ? "no author" : cutTo(clean(author), 30);
  const id = authorId === undefined ? "" : ` (${authorId})`;
  const date = isoOf(sentAt).slice(0, 10);
  const outcome = room === null ? [] : wordsFor(readMessage(message, room));
  return [
    `  ${date} ${formatTime(sentAt)}  ${who}${id}  ${cutTo(clean(text), EXCERPT)}`,
    ...outcome.map((words) => `      ${words}`),
  ];
}

const recordOf = ({ source, channel, title, problem, remark, room, messages }: Shown) => ({
  ...{ source, channel, title, problem: problem?.reason ?? null, remark },
  messages: messages.map((message) => ({
    id: message.id,
    sentAt: isoOf(message.sentAt),
    author: message.author,
    authorId: message.authorId ?? null,
    text: message.text,
    result: room === null ? null : toCorpusResult(readMessage(message, room)),
  })),
});
