/**
 * Carries out cues: whoever gives them, a script, a person or a test.
 *
 * ```text
 * script.ts  ─┐             ┌─► levers of the venue: price, session, switches
 * control.ts ─┴─► perform ──┼─► faults.ts
 *                           └─► the clock, where it is a virtual one
 * ```
 */
import type { Root } from "../../core/model/instrument.ts";
import type { Millis } from "../../core/model/units.ts";
import type { Tape } from "../../core/paper/tape.ts";
import type { Clock } from "../../ports/clock.ts";
import { unreachable } from "../../std/assert.ts";
import type { Result } from "../../std/result.ts";
import type { Cue, Print, SessionWord } from "./cues.ts";
import { FAULT_NAMES } from "./fault-names.ts";
import type { FaultyStandIn } from "./faults.ts";
import { playTape } from "./tape-player.ts";

/** What a venue lets a hand from outside do. */
export interface Levers {
  price(print: Print): void;
  session(session: SessionWord): void;
  /** Or what it could have been turned to. */
  turn(name: string, value: string): Result<null, string>;
  /** All of it, as JSON can hold it. */
  dump(): unknown;
}

export interface StageParts {
  readonly levers: Levers;
  readonly faults: FaultyStandIn;
  readonly clock: Clock;
  /** A price file of the venue's directory. */
  readonly tape: (root: Root, file: string) => Promise<Result<Tape, string>>;
  /** Null on the host's clock, which nobody moves. */
  readonly advance: ((by: Millis) => void) | null;
  readonly end: () => void;
}

export interface Stage {
  /** The answer is null, or why it could not be done. */
  perform(cue: Cue): Promise<string | null>;
  state(): unknown;
  close(): void;
}

/** Tapes that play at one time. */
const TAPES_MAX = 32;

export function createStage(parts: StageParts): Stage {
  const { levers, faults, clock } = parts;
  const players = new Map<Root, () => void>();

  /** A tape of the same product takes the place of the one before. */
  async function play(root: Root, file: string): Promise<string | null> {
    const read = await parts.tape(root, file);
    if (!read.ok) return read.error;
    players.get(root)?.();
    if (players.size >= TAPES_MAX) return `no more than ${TAPES_MAX} files play at one time`;
    const print = (one: Print): void => levers.price(one);
    const ended = (): void => void players.delete(root);
    players.set(root, () => {});
    const stop = playTape({ tape: read.value, clock, print, ended });
    if (players.has(root)) players.set(root, stop);
    return null;
  }

  return {
    async perform(cue) {
      switch (cue.kind) {
        case "price":
          levers.price(cue.print);
          return null;
        case "ticks":
          return play(cue.root, cue.file);
        case "session":
          levers.session(cue.session);
          return null;
        case "switch": {
          const turned = levers.turn(cue.name, cue.value);
          return turned.ok ? null : turned.error;
        }
        case "fault-rate":
          faults.setRate(cue.name, cue.rate);
          return null;
        case "fault-strike":
          faults.strike(cue.name, cue.times, cue.only);
          return null;
        case "fault-off":
          faults.calm();
          return null;
        case "advance":
          if (parts.advance === null) return "this clock is the host's; it advances by itself";
          parts.advance(cue.by);
          return null;
        case "end":
          parts.end();
          return null;
        default:
          return unreachable(cue);
      }
    },
    state() {
      const rates = Object.fromEntries(FAULT_NAMES.map((name) => [name, faults.rate(name)]));
      return {
        now: new Date(clock.now()).toISOString(),
        faults: { rates, struck: faults.counts() },
        venue: levers.dump(),
      };
    },
    close() {
      for (const stop of players.values()) stop();
      players.clear();
    },
  };
}
