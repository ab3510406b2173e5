/** A log for tests that do not read it. */
import type { Log } from "../../src/ports/log.ts";

export const silentLog: Log = { write: () => {} };
