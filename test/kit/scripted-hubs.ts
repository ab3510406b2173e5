/**
 * Hubs in memory, on virtual time: every try at a connection is kept, and the test is the venue.
 */
import { type Millis, millis } from "../../src/core/model/units.ts";
import { type VirtualClock, virtualClock } from "../../src/shell/host/virtual-clock.ts";
import type { HubListener, HubName, Transport } from "../../src/shell/topstepx/transport.ts";

export interface ScriptedLine {
  readonly hub: HubName;
  readonly token: string;
  readonly at: Millis;
  readonly invoked: string[];
  readonly isClosed: () => boolean;
  readonly isDown: () => boolean;
  up(): void;
  down(reason: string): void;
  tell(target: string, ...args: readonly unknown[]): void;
}

/** How the venue meets what is asked of it: with null, with an error, or with silence. */
export type Grant = (method: string, args: readonly unknown[]) => string | null | "silence";

export interface ScriptedHubs {
  readonly clock: VirtualClock;
  readonly transport: Pick<Transport, "clock" | "connect">;
  readonly lines: ScriptedLine[];
  /** The newest. */
  line(): ScriptedLine;
  /** What becomes of a try by itself; nothing until somebody says so. */
  mood: { accepts: boolean; grant: Grant };
  /** Lets so much time pass. */
  pass(time: number): void;
}

/** A Monday, 10:00 in Chicago: the market is open. */
export const MONDAY_MORNING = millis(Date.UTC(2026, 10, 23, 16));

export function scriptedHubs(start: Millis = MONDAY_MORNING): ScriptedHubs {
  const clock = virtualClock(start);
  const lines: ScriptedLine[] = [];
  const mood: ScriptedHubs["mood"] = { accepts: true, grant: () => null };
  const soon = (task: () => void): void => void clock.schedule(clock.now(), task);

  const connect = (hub: HubName, token: string, listener: HubListener) => {
    let isClosed = false;
    let isOver = false;
    const line: ScriptedLine = {
      ...{ hub, token, at: clock.now(), invoked: [], isClosed: () => isClosed },
      isDown: () => isOver,
      up() {
        if (!isOver) listener.up();
      },
      down(reason) {
        if (isOver) return;
        isOver = true;
        listener.down(reason);
      },
      tell(target, ...args) {
        if (!isOver) listener.event(target, args);
      },
    };
    lines.push(line);
    if (mood.accepts) soon(line.up);
    return {
      invoke(method: string, args: readonly unknown[], done: (error: string | null) => void) {
        line.invoked.push([method, ...args].join(" "));
        const answer = mood.grant(method, args);
        if (answer !== "silence") soon(() => done(answer));
      },
      close() {
        isClosed = true;
        soon(() => line.down("closed by us"));
      },
    };
  };

  return {
    ...{ clock, lines, mood, transport: { clock, connect } },
    line: () => lines.at(-1)!,
    pass: (time) => void clock.runUntil(millis(clock.now() + time)),
  };
}
