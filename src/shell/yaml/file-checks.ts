/**
 * What the accounts, the sources and the channels of a file owe each other.
 *
 * Every name that is used exists, nothing is listed twice, and whoever hears a channel knows whose
 * messages count there. The names of formats are checked apart (`room-checks.ts`): the packs are
 * files of their own and are read behind this one.
 */

import type { SecretPlace } from "../../core/model/config.ts";
import type { RoomMode } from "../../core/model/room.ts";
import { conflictsInMode, type ModeToCheck } from "./broker-checks.ts";
import type { Conflict, RulesToCheck } from "./checks.ts";
import { conflictsInNotify } from "./notify-of.ts";
import type { GroupsFile } from "./schema-accounts.ts";
import type { ChannelFile } from "./schema-notify.ts";
import type { SourceFile } from "./schema-sources.ts";
import { conflictsInTerms, type OneToCheck } from "./terms-checks.ts";

/** The keys at the top of the file that are compared. */
export interface FileToCheck extends ModeToCheck {
  readonly paste: boolean;
  readonly accounts: readonly (OneToCheck & { readonly id: string })[];
  readonly groups: GroupsFile;
  readonly rules: Readonly<Record<string, RulesToCheck>>;
  readonly sources: readonly SourceFile[];
  readonly notify: { readonly channels: readonly ChannelFile[] };
}

export const conflictsInFile = (file: FileToCheck): readonly Conflict[] => [
  ...conflictsInTerms(file),
  ...repeats(
    file.accounts.map(({ id }, index) => ({ name: id, path: ["accounts", index, "id"] })),
    "another account has this id already",
  ),
  ...repeats(
    file.sources.map((source, index) => ({ name: nameOf(source), path: ["sources", index] })),
    "this source is listed already",
  ),
  ...unknownGroups(file),
  ...repeats(channelsOf(file), "this channel is listed already"),
  ...repeats(sendersOf(file), "another sender has this name already"),
  ...repeats(tokensOf(file), "another hook has this token already; they could not be told apart"),
  ...silentWebhooks(file),
  ...conflictsInMode(file),
  ...conflictsInNotify(file.notify.channels),
  ...(file.sources.length === 0 && !file.paste
    ? [{ path: ["paste"], message: "with no sources and no pasting there is nothing to hear" }]
    : []),
];

/** Two sources of one name would hear everything twice. */
function nameOf(source: SourceFile): string {
  switch (source.kind) {
    case "chat-file":
      return `file ${source.path}`;
    case "stdin":
      return "stdin";
    case "discord":
      return `discord ${placeName(source.token)}`;
    case "webhook":
      return `webhook ${source.listen}`;
  }
}

const placeName = (place: SecretPlace): string =>
  `${place.kind}:${place.kind === "file" ? place.path : place.name}`;

/** One of the channels, files or senders of a source, with the way to it in the file. */
export interface RoomToCheck {
  readonly path: Conflict["path"];
  readonly isDiscord: boolean;
  readonly room: RoomKeys;
}

interface RoomKeys {
  readonly format: string;
  readonly group?: string | undefined;
  readonly authorIds?: readonly string[] | undefined;
  readonly mode: RoomMode;
}

export const roomsOf = (sources: readonly SourceFile[]): readonly RoomToCheck[] =>
  sources.flatMap((source, index) => {
    const path = ["sources", index];
    if (source.kind === "chat-file" || source.kind === "stdin") {
      return [{ path, isDiscord: false, room: source }];
    }
    const lists: Readonly<Record<string, readonly RoomKeys[]>> =
      source.kind === "discord"
        ? { channels: source.channels }
        : { hooks: source.hooks, signed: source.signed };
    return Object.entries(lists).flatMap(([list, rooms]) =>
      rooms.map((room, place) => ({
        path: [...path, list, place],
        isDiscord: source.kind === "discord",
        room,
      })),
    );
  });

function unknownGroups(file: FileToCheck): readonly Conflict[] {
  const { mode, broker, sources } = file;
  const isLive = mode !== "paper" && broker.kind === "topstepx";
  const accounts = isLive ? broker.accounts : file.accounts;
  const groups = new Set(accounts.flatMap(({ group }) => group ?? []));
  return roomsOf(sources).flatMap(({ path, room: { group } }) => {
    if (group === undefined || groups.has(group)) return [];
    const known = groups.size === 0 ? "no account has one" : `only ${[...groups].join(", ")}`;
    const message = `no account is of the group "${group}", ${known}`;
    return [{ path: [...path, "group"], message }];
  });
}

interface Named {
  readonly name: string;
  readonly path: Conflict["path"];
}

/** A channel belongs to one source and has one room. */
const channelsOf = ({ sources }: FileToCheck): readonly Named[] =>
  sources.flatMap((source, index) =>
    source.kind !== "discord"
      ? []
      : source.channels.map(({ id }, place) => ({
          name: id,
          path: ["sources", index, "channels", place, "id"],
        })),
  );

/** Messages are known by the name of their sender. */
const sendersOf = ({ sources }: FileToCheck): readonly Named[] =>
  sources.flatMap((source, index) => {
    if (source.kind !== "webhook") return [];
    const at = (list: "hooks" | "signed"): readonly Named[] =>
      source[list].map(({ name }, place) => ({
        name,
        path: ["sources", index, list, place, "name"],
      }));
    return [...at("hooks"), ...at("signed")];
  });

const tokensOf = ({ sources }: FileToCheck): readonly Named[] =>
  sources.flatMap((source, index) =>
    source.kind !== "webhook"
      ? []
      : source.hooks.map(({ token }, place) => ({
          name: placeName(token),
          path: ["sources", index, "hooks", place, "token"],
        })),
  );

const silentWebhooks = ({ sources }: FileToCheck): readonly Conflict[] =>
  sources.flatMap((source, index) =>
    source.kind === "webhook" && source.hooks.length + source.signed.length === 0
      ? [{ path: ["sources", index], message: "without hooks and signed senders it hears nobody" }]
      : [],
  );

function repeats(all: readonly Named[], message: string): readonly Conflict[] {
  const seen = new Set<string>();
  return all.flatMap(({ name, path }) => {
    const isKnown = seen.has(name);
    seen.add(name);
    return isKnown ? [{ path, message }] : [];
  });
}
