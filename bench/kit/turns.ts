/** Ways to wait for a program that runs in this very process. */

/** Until everything that could run at once has run. */
export const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Looks once a turn; gives up loudly, for a benchmark that hangs says nothing. */
export async function until(holds: () => boolean, what: string, patience = 60_000): Promise<void> {
  const deadline = performance.now() + patience;
  while (!holds()) {
    if (performance.now() > deadline) throw new Error(`waited too long for: ${what}`);
    await nextTurn();
  }
}

/** Waits without taking any of the processor: others on this machine may have the work. */
export interface Bell {
  ring(): void;
  /** Until it rings for the next time; gives up as loudly. */
  rung(what: string): Promise<void>;
}

export function bell(patience = 60_000): Bell {
  let wake = (): void => {};
  return {
    ring: () => wake(),
    rung: (what) =>
      new Promise((resolve, reject) => {
        const giveUp = (): void => reject(new Error(`waited too long for: ${what}`));
        const timer = setTimeout(giveUp, patience);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      }),
  };
}

export interface TurnWatch {
  /** The longest that anything held the process since it was made, milliseconds. */
  stop(): number;
}

/**
 * Asks for every turn of the event loop and notes how long the one before took. It costs a processor
 * while it watches, and misses nothing.
 */
export function watchTurns(): TurnWatch {
  let longest = 0;
  let last = performance.now();
  let isOn = true;
  const look = (): void => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
    if (isOn) setImmediate(look);
  };
  setImmediate(look);
  return {
    stop() {
      isOn = false;
      return Math.max(longest, performance.now() - last);
    },
  };
}
