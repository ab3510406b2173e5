/**
 * Looking at a house from beside: through its socket while it runs, into its books while it does not.
 *
 * ```text
 * looking ─► live ─► lost ─► live again
 *       └─► left (books) ─► live, once somebody starts it
 * ```
 *
 * A view that was seen stays with the words that it is old until there is a newer one.
 */
import { type Millis, millis } from "../core/model/units.ts";
import type { SnapshotView } from "../core/views/snapshot.ts";
import type { Clock } from "../ports/clock.ts";
import type { Control } from "../ports/control.ts";
import type { Sight } from "../ports/dashboard.ts";

export interface SightParts {
  readonly control: Pick<Control, "watch">;
  /** Where a process may run, the likeliest first. */
  readonly directories: readonly string[];
  readonly clock: Clock;
  /** The books that were left behind, or why there are none. */
  readonly books: () => Promise<Sight>;
}

export const TRY_EVERY = 1_000;

/** Until the returned function is called. */
export function watchHouse(parts: SightParts, see: (sight: Sight) => void): () => void {
  const { clock } = parts;
  let isOver = false;
  let hangUp = (): void => {};
  let callOff = (): void => {};
  let seen: { readonly view: SnapshotView; readonly heardAt: Millis } | null = null;
  let haveLooked = false;

  const show = (sight: Sight): void => {
    if (!isOver) see(sight);
  };
  const again = (): void => {
    if (!isOver) callOff = clock.schedule(millis(clock.now() + TRY_EVERY), () => void attempt());
  };
  const lost = (reason: string): void => {
    hangUp = () => {};
    if (seen !== null) show({ kind: "lost", view: seen.view, since: seen.heardAt, reason });
    again();
  };
  const onlooker = (directory: string) => ({
    seen(view: SnapshotView): void {
      seen = { view, heardAt: clock.now() };
      show({ kind: "live", view, directory });
    },
    beat(): void {
      if (seen !== null) seen = { ...seen, heardAt: clock.now() };
    },
    lost,
  });

  async function attempt(): Promise<void> {
    for (const directory of parts.directories) {
      const watching = await parts.control.watch(directory, onlooker(directory));
      if (!watching.ok) continue;
      hangUp = watching.value;
      if (isOver) hangUp();
      return;
    }
    // Somebody who saw it run is told that it is gone, not how it was left.
    if (seen === null && !haveLooked) {
      haveLooked = true;
      show(await parts.books());
    }
    again();
  }

  void attempt();
  return () => {
    isOver = true;
    callOff();
    hangUp();
  };
}
