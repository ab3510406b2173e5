/**
 * A change that is asked for again while it still waits for its turn goes out once.
 *
 * ```text
 * place s1 ─► waits ─► leaves ─► answered ─► told to each who asked for it while it waited
 *   └ place s1, place s1 ──┘        └ place s1, asked now: another call, for this one may be lost
 * ```
 *
 * Whoever protects a position asks every second or two until it is done. While nobody can log in, or
 * the calls of the minute are used up, such requests would pile up and then leave all at once, and
 * what they take is wanted for others. The same is what goes to the same place with the same words,
 * and is the last that waits for there: of `7 to 6316`, `7 to 6318`, `7 to 6316` each goes out, so
 * that the venue ends with what was asked for last.
 */
type Told<T> = (result: T) => void;

export interface Wanted {
  /** What it changes; later changes of the same overrule earlier ones. */
  readonly place: string;
  readonly words: string;
}

interface Waiting<T> {
  readonly words: string;
  readonly asking: Told<T>[];
}

export class WaitingChanges<T> {
  /** By place, the last asked for. */
  readonly #waiting = new Map<string, Waiting<T>>();

  /** Whether it waits already: then it is told with that one. */
  joins({ place, words }: Wanted, told: Told<T>): boolean {
    const last = this.#waiting.get(place);
    if (last?.words !== words) return false;
    last.asking.push(told);
    return true;
  }

  /** It waits from now on. Call `left` when it leaves or is given up, and `tell` with its end. */
  begin(wanted: Wanted, told: Told<T>): { readonly left: () => void; readonly tell: Told<T> } {
    const { place, words } = wanted;
    const asking = [told];
    const waiting = { words, asking };
    this.#waiting.set(place, waiting);
    const left = (): void => {
      if (this.#waiting.get(place) === waiting) this.#waiting.delete(place);
    };
    const tell = (result: T): void => {
      left();
      for (const one of asking) one(result);
    };
    return { left, tell };
  }
}
