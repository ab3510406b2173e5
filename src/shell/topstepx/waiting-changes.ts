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
 * what they take is wanted for others. The same is what goes to the same place with the same words.
 */
type Told<T> = (result: T) => void;

export class WaitingChanges<T> {
  readonly #waiting = new Map<string, Told<T>[]>();

  /** Whether it waits already: then it is told with that one. */
  joins(name: string, told: Told<T>): boolean {
    const others = this.#waiting.get(name);
    others?.push(told);
    return others !== undefined;
  }

  /** It waits from now on. Call `left` when it leaves or is given up, and `tell` with its end. */
  begin(name: string, told: Told<T>): { readonly left: () => void; readonly tell: Told<T> } {
    const asking = [told];
    this.#waiting.set(name, asking);
    const left = (): void => {
      if (this.#waiting.get(name) === asking) this.#waiting.delete(name);
    };
    const tell = (result: T): void => {
      left();
      for (const one of asking) one(result);
    };
    return { left, tell };
  }
}
