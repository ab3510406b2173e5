/** From a source as the file describes it to the one the program plugs in. */
import type { DiscordConfig, SourceConfig, WebhookConfig } from "../../core/model/config.ts";
import type { Authors } from "../../core/model/format.ts";
import { APPROVAL_FOR, OPEN_ROOM, type Room } from "../../core/model/room.ts";
import { invariant } from "../../std/assert.ts";
import { type Formats, formatNamed } from "./room-checks.ts";
import type { ConfigFile } from "./schema.ts";
import { LISTEN, type SourceFile } from "./schema-sources.ts";

type File = Pick<ConfigFile, "confirmFor">;
type SourceOf<Kind extends SourceFile["kind"]> = Extract<SourceFile, { readonly kind: Kind }>;

interface RoomFile extends Pick<SourceOf<"stdin">, "format" | "group" | "mode" | "confirmFor"> {
  readonly authors?: readonly string[] | undefined;
  readonly authorIds?: readonly string[] | undefined;
}

export function sourceOf(source: SourceFile, file: File, formats: Formats): SourceConfig {
  const room = (keys: RoomFile): Room => roomOf(keys, file, formats);
  switch (source.kind) {
    case "stdin":
      return { kind: "stdin", room: room(source) };
    case "chat-file": {
      const { path, once } = source;
      return { kind: "chat-file", path, once, room: room(source) };
    }
    case "discord":
      return discordOf(source, room);
    case "webhook":
      return webhookOf(source, room);
  }
}

function discordOf(
  { token, restUrl, gatewayUrl, approvers, approvalChannel, channels }: SourceOf<"discord">,
  room: (keys: RoomFile) => Room,
): DiscordConfig {
  return {
    kind: "discord",
    token,
    restUrl: restUrl ?? null,
    gatewayUrl: gatewayUrl ?? null,
    approvers,
    ...(approvalChannel === undefined ? {} : { approvalChannel }),
    channels: channels.map(({ id, name, ...keys }) => ({
      id,
      name: name ?? id,
      room: room(keys),
    })),
  };
}

function webhookOf(
  { listen, hooks, signed }: SourceOf<"webhook">,
  room: (keys: RoomFile) => Room,
): WebhookConfig {
  const [, host, port] = LISTEN.exec(listen) ?? [];
  invariant(host !== undefined, "the schema has read the address");
  return {
    kind: "webhook",
    host: host.replace(/^\[|\]$/g, ""), // the brackets belong to the notation alone
    port: Number(port),
    hooks: hooks.map(({ name, token, addresses, ...keys }) => ({
      name,
      token,
      addresses: addresses ?? null,
      room: room(keys),
    })),
    signed: signed.map(({ name, secrets, ...keys }) => ({ name, secrets, room: room(keys) })),
  };
}

function roomOf(keys: RoomFile, { confirmFor }: File, formats: Formats): Room {
  const { group = null, mode } = keys;
  const format = formatNamed(formats, keys.format);
  invariant(format !== undefined, `the format ${keys.format} was checked`);
  const approvalFor = keys.confirmFor ?? confirmFor;
  return {
    ...OPEN_ROOM,
    authors: authorsOf(keys),
    format,
    group,
    mode,
    ...(approvalFor === APPROVAL_FOR ? {} : { approvalFor }),
  };
}

/** Null leaves it to the format. */
function authorsOf({ authors, authorIds }: RoomFile): Authors | null {
  if (authors === undefined && authorIds === undefined) return null;
  return { ids: authorIds ?? [], names: authors ?? [] };
}
