/** Lists that are never changed, only followed by others. */

/**
 * With one more at its end. A list that is begun with a spread is given room for sixteen more, and
 * what an account keeps is nearly always the first of its kind.
 */
export const withOne = <T>(list: readonly T[], one: T): readonly T[] =>
  list.length === 0 ? [one] : [...list, one];
