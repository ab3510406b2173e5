/**
 * The signals by which a terminal or the system asks the program to stop. While somebody listens
 * they no longer end the process by themselves.
 */
import type { StopSignals } from "../../ports/console.ts";

const NAMES = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

export const stopSignals = (source: NodeJS.EventEmitter = process): StopSignals => ({
  listen(listener) {
    for (const name of NAMES) source.on(name, listener);
    return () => {
      for (const name of NAMES) source.off(name, listener);
    };
  },
});
