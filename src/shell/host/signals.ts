/**
 * The signals by which a terminal or the system asks the program to stop. While somebody listens
 * they no longer end the process by themselves.
 *
 * The hang-up of a terminal is also how a system asks a service to read its configuration again.
 * Windows has no such signal: there a closed window looks like one.
 */
import type { StopSignals } from "../../ports/console.ts";

const NAMES = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

export const stopSignals = (
  source: NodeJS.EventEmitter = process,
  platform: NodeJS.Platform = process.platform,
): StopSignals => ({
  ...(platform !== "win32" && { reload: "SIGHUP" }),
  listen(listener) {
    for (const name of NAMES) source.on(name, listener);
    return () => {
      for (const name of NAMES) source.off(name, listener);
    };
  },
});
