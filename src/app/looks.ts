/**
 * Looks at a running house: nothing of them is loaded, read or kept before somebody wants one, and
 * all of it is let go when nobody does any more.
 */
import type { SnapshotView } from "../core/views/snapshot.ts";
import type { Audience } from "../ports/audience.ts";
import type { Watching } from "../ports/control.ts";
import type { SnapshotDesk, SnapshotDeskParts } from "./snapshot-desk.ts";

export interface Looks extends Audience {
  readonly watching: Watching;
  /** From here on there is something to look at. */
  begin(parts: SnapshotDeskParts): void;
  /** Null before it has begun. */
  view(): Promise<SnapshotView | null>;
  stop(): void;
}

export function createLooks(): Looks {
  let parts: SnapshotDeskParts | null = null;
  let desk: Promise<SnapshotDesk> | null = null;
  let open: SnapshotDesk | null = null;

  async function opened(from: SnapshotDeskParts): Promise<SnapshotDesk> {
    const { openSnapshotDesk } = await import("./snapshot-desk.ts");
    open = await openSnapshotDesk(from);
    return open;
  }
  const deskNow = (): Promise<SnapshotDesk> | null => {
    if (parts !== null) desk ??= opened(parts);
    return desk;
  };
  const letGo = (): void => {
    open?.stop();
    open = null;
    desk = null;
  };

  return {
    begin(given) {
      parts = given;
    },
    told(recorded) {
      if (open === null) return;
      if (open.isIdle()) letGo();
      else open.told(recorded);
    },
    view: async () => (await deskNow())?.view() ?? null,
    stop: letGo,
    watching: {
      join: (changed) => open?.watching.join(changed) ?? null,
      newest: async () => (await deskNow())?.watching.newest() ?? null,
    },
  };
}
