/**
 * Numbers kept in columns that grow: the raw material of tapes and bars.
 *
 * A million prices as objects are a million things for the garbage collector to visit; as one
 * `Int32Array` they are four megabytes it never looks at, and a loop over them runs at the speed of
 * memory. Capacity doubles, so that adding a row stays cheap; room not yet written to costs nothing
 * on systems that hand out memory page by page.
 */

/** A first room for rows: one page of memory or so. */
export const FIRST_CAPACITY = 1024;

/** The next capacity after `capacity`, never more than `rowsMax`. */
export const widerThan = (capacity: number, rowsMax: number): number =>
  Math.min(Math.max(capacity * 2, FIRST_CAPACITY), rowsMax);

export function widenWhole(column: Int32Array, capacity: number): Int32Array {
  const wider = new Int32Array(capacity);
  wider.set(column);
  return wider;
}

export function widenTimes(column: Float64Array, capacity: number): Float64Array {
  const wider = new Float64Array(capacity);
  wider.set(column);
  return wider;
}

/** Whether a number can be kept in a column of prices; the lowest value is kept free as "never". */
export const isColumnPrice = (value: number): boolean =>
  (value | 0) === value && value !== NEVER_LOW;

/** No price is this low, so "at or below" it never holds. */
export const NEVER_LOW = -(2 ** 31);
/** No price is this high, so "at or above" it never holds. */
export const NEVER_HIGH = 2 ** 31;
