/** What is told of each trade date without being asked for, and when. */

/** Minutes of the Chicago day; null: not told. */
export interface DutyTimes {
  readonly ready: number | null;
  readonly closing: number | null;
}

export type Duty = keyof DutyTimes;
