/** The rooms of a configuration: all of them, and the one a message belongs to. */
import type { Config, SourceConfig } from "../core/model/config.ts";
import type { Message } from "../core/model/message.ts";
import type { Room } from "../core/model/room.ts";

export interface NamedRoom {
  /** As a person knows it. */
  readonly name: string;
  /** The channel its messages come with; null = whatever they come with. */
  readonly channel: string | null;
  readonly source: Message["source"];
  readonly room: Room;
}

export const roomsIn = ({ sources }: Pick<Config, "sources">): readonly NamedRoom[] =>
  sources.flatMap(roomsOf);

function roomsOf(source: SourceConfig): readonly NamedRoom[] {
  switch (source.kind) {
    case "stdin":
      return [{ name: "standard input", channel: null, source: "stdin", room: source.room }];
    case "chat-file": {
      const channel = source.path.replace(/^.*[/\\]/, "");
      return [{ name: source.path, channel, source: "chat-file", room: source.room }];
    }
    case "discord":
      return source.channels.map(({ id, name, room }) => ({
        ...{ name: `channel ${name}`, channel: id },
        ...{ source: "discord" as const, room },
      }));
    case "webhook":
      return [
        ...source.hooks.map(({ name, room }) => ({
          ...{ name: `hook ${name}`, channel: name },
          ...{ source: "webhook" as const, room },
        })),
        ...source.signed.map(({ name, room }) => ({
          ...{ name: `sender ${name}`, channel: name },
          ...{ source: "signed" as const, room },
        })),
      ];
  }
}

/** Null when no room of the configuration hears it any more. */
export function roomFor(rooms: readonly NamedRoom[], message: Message): Room | null {
  const { source, channel } = message;
  const ofSource = rooms.filter((one) => one.source === source);
  const exact = ofSource.find((one) => one.channel === null || one.channel === channel);
  if (exact !== undefined) return exact.room;
  // The lines of a file may name channels of their own; the file is the room.
  return source === "chat-file" && ofSource.length === 1 ? (ofSource[0]?.room ?? null) : null;
}
