/**
 * Answers that stay the same until the books move.
 *
 * Whoever polls asks for the same lists again and again, and mostly nothing has happened between. So
 * the text of such an answer is kept, with the number of moves the books had made by then.
 */
import type { Endpoint } from "./envelope.ts";

export interface SteadyAnswers {
  /** What was answered to this very question since the books last moved; null for nothing. */
  find(endpoint: Endpoint, body: string, user: string): string | null;
  keep(endpoint: Endpoint, body: string, user: string, text: string): void;
}

interface Kept {
  readonly moves: number;
  readonly user: string;
  readonly text: string;
}

/** Of each endpoint. */
const BODIES_MAX = 64;

export function steadyAnswers(moves: () => number): SteadyAnswers {
  const answers = new Map<Endpoint, Map<string, Kept>>();
  return {
    find(endpoint, body, user) {
      const kept = answers.get(endpoint)?.get(body);
      return kept?.moves === moves() && kept.user === user ? kept.text : null;
    },
    keep(endpoint, body, user, text) {
      const known = answers.get(endpoint) ?? new Map<string, Kept>();
      if (known.size >= BODIES_MAX) known.clear();
      known.set(body, { moves: moves(), user, text });
      answers.set(endpoint, known);
    },
  };
}
