/** The backups of a house: read only where it keeps books that somebody would miss. */
import type { BackupParts, Backups, Kept } from "./backups.ts";
import type { Context } from "./context.ts";
import type { Prices } from "./prices.ts";

/** Null where prices are played: nobody's books, and they can be played again. */
export async function backupsOf(
  context: Context,
  spec: Kept & { readonly prices: Prices },
  telling: Pick<BackupParts, "log" | "say">,
): Promise<Backups | null> {
  if (spec.prices.playedFrom !== null) return null;
  const { backupsFor } = await import("./backups.ts");
  return backupsFor(context, spec, telling);
}
