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

type CueOf<Kind extends Cue["kind"]> = Extract<Cue, { readonly kind: Kind }>;

/** What a venue lets a hand from outside do. */
export interface Levers {
  price(print: Print): void;
  /** Prices from before it opened become its history. */
  remember(root: Root, prints: readonly (Print & { readonly at: Millis })[]): void;
  session(session: SessionWord): void;
  /** Or what it could have been turned to. */
  turn(name: string, value: string): Result<void, string>;
  /** False when there is no such account. */
  account(cue: CueOf<"account">): boolean;
  flatten(id: number): void;
  refuseNext(cue: CueOf<"refuse">): void;
  delay(cue: CueOf<"delay">): void;
  matching(cue: CueOf<"matching">): void;
  misstate(cue: CueOf<"misstate">): void;
  logOut(): void;
  revokeTokens(): void;
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

export function createStage(parts: StageParts): Stage {
  const { levers, faults, clock } = parts;
  const players = new Map<Root, () => void>();

  /** A tape of the same product takes the place of the one before. */
  async function play(root: Root, file: string): Promise<string | null> {
    const read = await parts.tape(root, file);
    if (!read.ok) return read.error;
    players.get(root)?.();
    const print = (one: Print): void => levers.price(one);
    const ended = (): void => void players.delete(root);
    players.set(root, () => {});
    const stop = playTape({ tape: read.value, clock, print, ended });
    if (players.has(root)) players.set(root, stop);
    return null;
  }

  function turn({ name, value }: CueOf<"switch">): string | null {
    const turned = levers.turn(name, value);
    return turned.ok ? null : turned.error;
  }

  function advance(by: Millis): string | null {
    if (parts.advance === null) return "this clock is the host's; it advances by itself";
    parts.advance(by);
    return null;
  }

  function strike({ name, times, only }: CueOf<"fault-strike">): string | null {
    return faults.strike(name, times, only) ? null : "too many strikes wait already";
  }

  return {
    async perform(cue) {
      if (cue.kind === "ticks") return play(cue.root, cue.file);
      if (cue.kind === "switch") return turn(cue);
      if (cue.kind === "advance") return advance(cue.by);
      if (cue.kind === "fault-strike") return strike(cue);
      if (cue.kind === "account") return levers.account(cue) ? null : `no account ${cue.id}`;
      pull(parts, cue);
      return null;
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

type Failing = "ticks" | "switch" | "account" | "advance" | "fault-strike";

/** The cues that cannot fail. */
function pull({ levers, faults, end }: StageParts, cue: Exclude<Cue, CueOf<Failing>>): void {
  switch (cue.kind) {
    case "price":
      return levers.price(cue.print);
    case "session":
      return levers.session(cue.session);
    case "flatten":
      return levers.flatten(cue.id);
    case "refuse":
      return levers.refuseNext(cue);
    case "delay":
      return levers.delay(cue);
    case "matching":
      return levers.matching(cue);
    case "misstate":
      return levers.misstate(cue);
    case "logout":
      return levers.logOut();
    case "revoke":
      return levers.revokeTokens();
    case "fault-rate":
      return faults.setRate(cue.name, cue.rate);
    case "fault-off":
      return faults.calm();
    case "end":
      return end();
    default:
      return unreachable(cue);
  }
}
