/**
 * What one set of terms asks less of than another, part by part, so that no part can be forgotten:
 * a table of this kind has an entry for every part there is, or does not compile.
 */
export type Said = readonly string[];

export const NONE: Said = [];

/** Whole terms come after the two values, for parts that mean nothing without another. */
export type PartByPart<Terms> = {
  readonly [Part in keyof Terms]-?: (
    was: Terms[Part],
    is: Terms[Part],
    wasWhole: Terms,
    isWhole: Terms,
  ) => Said;
};

export const partsIn = <Terms>(table: PartByPart<Terms>): readonly (keyof Terms)[] =>
  Object.keys(table) as (keyof Terms)[]; // a table has the parts of its terms and no other

export const looserIn = <Terms, Part extends keyof Terms>(
  table: PartByPart<Terms>,
  part: Part,
  was: Terms,
  is: Terms,
): Said => table[part](was[part], is[part], was, is);

export const looserAnywhere = <Terms>(table: PartByPart<Terms>, was: Terms, is: Terms): Said =>
  partsIn(table).flatMap((part) => looserIn(table, part, was, is));

/** What says where figures come from, or is the trader's to have, and limits nobody. */
export const asksNothing = (): Said => NONE;

type Show<Value> = (value: Value) => string;

/** Where a larger figure asks less; null asks nothing. */
export const rises =
  <Value extends number>(what: string, show: Show<Value> = String) =>
  (was: Value | null, is: Value | null): Said =>
    was === null || (is !== null && is <= was)
      ? NONE
      : [`${what}: ${is === null ? "not limited" : show(is)}, was ${show(was)}`];

/** Where a smaller figure asks less; null asks nothing. */
export const falls =
  <Value extends number>(what: string, show: Show<Value> = String) =>
  (was: Value | null, is: Value | null): Said =>
    was === null || (is !== null && is >= was)
      ? NONE
      : [`${what}: ${is === null ? "none" : show(is)}, was ${show(was)}`];

/** Where nobody can say which of two asks less. */
export const differs =
  <Value extends string | number>(what: string, show: Show<Value> = String) =>
  (was: Value, is: Value): Said =>
    was === is ? NONE : [`${what}: ${show(is)}, was ${show(was)}`];

/** Where it can be said: from the loosest to the strictest. */
export const ranked =
  <Value extends string>(what: string, ...loosestFirst: readonly Value[]) =>
  (was: Value, is: Value): Said =>
    loosestFirst.indexOf(is) < loosestFirst.indexOf(was) ? [`${what}: ${is}, was ${was}`] : NONE;
