/** One alarm a key: setting it again moves it, and a ring that was overtaken is never heard. */
import type { Millis } from "../core/model/units.ts";
import type { Clock } from "../ports/clock.ts";

export interface Alarms {
  set(key: string, at: Millis): void;
  clear(key: string): void;
  stop(): void;
}

export function createAlarms(clock: Clock, ring: (key: string) => void): Alarms {
  const pending = new Map<string, () => void>();
  const clear = (key: string): void => {
    pending.get(key)?.();
    pending.delete(key);
  };
  return {
    set(key, at) {
      clear(key);
      const cancel = clock.schedule(at, () => {
        pending.delete(key);
        ring(key);
      });
      pending.set(key, cancel);
    },
    clear,
    stop() {
      for (const cancel of pending.values()) cancel();
      pending.clear();
    },
  };
}
