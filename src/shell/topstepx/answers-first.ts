/**
 * Lets an answer be heard before what the hub says of the same order.
 *
 * ```text
 * asked ─────────── hub: waits ─── answer ─► heard ─► the hub, right behind it
 *                      └ a millisecond ─────────────► the hub
 * ```
 *
 * The hub tells of a new order a moment before the answer that somebody waits for, and in some
 * kilobytes of text. To read them takes longer than that moment is; so they wait for it, asleep, which
 * also leaves a venue on this machine the processor to write its answer with. Where the answer is
 * far away a millisecond is nothing, and while none is awaited nothing waits.
 */
import type { HttpTransport } from "./http-transport.ts";

export interface AnswersFirst {
  /** The same exchanges, watched. */
  watched(http: HttpTransport): HttpTransport;
  /** Runs tasks in their order, never at once. */
  tell(task: () => void): void;
}

/** Milliseconds. */
const WAIT_MAX = 1;

export function answersFirst(): AnswersFirst {
  let awaited = 0;
  let waiting: (() => void)[] = [];
  let timer: NodeJS.Timeout | undefined;

  const runAll = (): void => {
    clearTimeout(timer);
    const all = waiting;
    waiting = [];
    for (const task of all) task();
  };

  return {
    watched: (http) => ({
      ...http,
      exchange(exchange, replied) {
        awaited += 1;
        http.exchange(exchange, (reply) => {
          awaited -= 1;
          if (waiting.length > 0) setImmediate(runAll);
          replied(reply);
        });
      },
    }),
    tell(task) {
      waiting.push(task);
      if (waiting.length > 1) return;
      if (awaited === 0) setImmediate(runAll);
      else timer = setTimeout(runAll, WAIT_MAX);
    },
  };
}
