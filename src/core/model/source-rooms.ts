/** The rooms of one source, whatever kind it is. */
import type { SourceConfig } from "./config.ts";
import type { Room } from "./room.ts";

/** The same source with other rooms; they are asked for in the order they are written. */
export const withRooms = (source: SourceConfig, change: (room: Room) => Room): SourceConfig => {
  const changed = <Part extends { readonly room: Room }>(part: Part): Part => ({
    ...part,
    room: change(part.room),
  });
  switch (source.kind) {
    case "stdin":
    case "chat-file":
      return changed(source);
    case "discord":
      return { ...source, channels: source.channels.map(changed) };
    case "webhook":
      return { ...source, hooks: source.hooks.map(changed), signed: source.signed.map(changed) };
  }
};
