import { describe, expect, it } from "vitest";
import type { Phase } from "../../../../src/core/model/trade.ts";
import { isOver, nextPhase, PHASES, type PhaseEvent } from "../../../../src/core/track/phases.ts";

/** What each phase becomes at each event; a dot leaves it as it is. */
const TABLE = `
             accepted   lost      filled   target-hit   flat     ended
  planned    entering   unknown   open     .            .        abandoned
  entering   .          unknown   open     .            .        abandoned
  unknown    entering   .         open     .            .        abandoned
  open       .          .         .        runner       closed   .
  runner     .          .         .        .            closed   .
  closed     .          .         open     .            .        .
  abandoned  entering   .         open     .            .        .
`;

const [head = [], ...rows] = TABLE.trim()
  .split("\n")
  .map((line) => line.trim().split(/\s+/));
const events = head as readonly PhaseEvent[];
const phases = rows.map(([phase]) => phase as Phase);

const moves = rows.flatMap(([phase = "", ...cells]) =>
  cells.map((cell, index) => ({
    phase: phase as Phase,
    event: events[index] as PhaseEvent,
    next: (cell === "." ? phase : cell) as Phase,
  })),
);

describe("the phases of a trade", () => {
  it("are exactly those of the table, each with every event", () => {
    expect(Object.keys(PHASES).sort()).toEqual(phases.toSorted());
    expect(moves).toHaveLength(7 * 6);
  });

  it.each(moves)("from $phase by $event lead to $next", ({ phase, event, next }) => {
    expect(nextPhase(phase, event)).toBe(next);
  });

  it("are over when closed or abandoned, and only what the venue holds leads out again", () => {
    expect(phases.filter(isOver)).toEqual(["closed", "abandoned"]);
    const out = moves.filter(({ phase, next }) => isOver(phase) && next !== phase);
    expect(out.map(({ phase, event }) => `${phase} ${event}`)).toEqual([
      "closed filled",
      "abandoned accepted",
      "abandoned filled",
    ]);
  });

  it("never lead from a position back to an entry", () => {
    const held: readonly Phase[] = ["open", "runner", "closed"];
    const back = moves.filter(({ phase, next }) => held.includes(phase) && !held.includes(next));
    expect(back).toEqual([]);
  });
});
