/** Refusals somebody at the controls wished for: each is given once, to the next call of its path. */

export interface Refusal {
  readonly errorCode: number;
  readonly errorMessage: string | null;
}

export interface Wishes {
  add(path: string, refusal: Refusal): void;
  /** The oldest for that path, removed; null when there is none. */
  take(path: string): Refusal | null;
}

/** More than this and somebody forgot what he wished for. */
const WISHES_MAX = 1_000;

export function wishes(): Wishes {
  const waiting: { readonly path: string; readonly refusal: Refusal }[] = [];
  return {
    add(path, refusal) {
      if (waiting.length < WISHES_MAX) waiting.push({ path, refusal });
    },
    take(path) {
      const index = waiting.findIndex((wish) => wish.path === path);
      return index === -1 ? null : (waiting.splice(index, 1)[0]?.refusal ?? null);
    },
  };
}
