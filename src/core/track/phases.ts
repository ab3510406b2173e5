/**
 * The life of a trade, as a table.
 *
 * ```text
 * planned -> entering -> open -> runner -> closed       (runner: a target taken, stop at breakeven)
 *    |          |          \-- stop, exit ---------------> closed
 *    |          \-- rejected, expired, cancelled --------> abandoned
 *    \-- no answer --> unknown -- found --> entering | open, not found --> abandoned
 * ```
 *
 * A pair that is not listed leaves the phase as it is.
 */
import type { Phase } from "../model/trade.ts";

export type PhaseEvent =
  /** The venue took an entry order. */
  | "accepted"
  /** The answer to an entry order was lost. */
  | "lost"
  | "filled"
  | "target-hit"
  /** Nothing held, nothing resting, and something had been held. */
  | "flat"
  /** Nothing resting, and nothing was ever held. */
  | "ended";

export const PHASES: Readonly<Record<Phase, Readonly<Partial<Record<PhaseEvent, Phase>>>>> = {
  planned: { accepted: "entering", lost: "unknown", filled: "open", ended: "abandoned" },
  entering: { lost: "unknown", filled: "open", ended: "abandoned" },
  unknown: { accepted: "entering", filled: "open", ended: "abandoned" },
  open: { "target-hit": "runner", flat: "closed" },
  runner: { flat: "closed" },
  // A late fill: the trade was thought over, but the position is real, so believe it.
  closed: { filled: "open" },
  // And an order that turns up after it was given up: it may still fill.
  abandoned: { accepted: "entering", filled: "open" },
};

export const nextPhase = (phase: Phase, event: PhaseEvent): Phase => PHASES[phase][event] ?? phase;

export const isOver = (phase: Phase): boolean => phase === "closed" || phase === "abandoned";
