/** The message history, as far as somebody may read in it: none is kept yet. */
import type { HistoryFault, HistoryReader } from "../../ports/history.ts";
import { err, type Result } from "../../std/result.ts";

export const openHistoryReadOnly = (path: string): Result<HistoryReader, HistoryFault> =>
  err({ kind: "failed", detail: `${path} holds no messages` });
