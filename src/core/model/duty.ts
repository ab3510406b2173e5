/** What is told of each trade date, week and month without being asked for, and when. */

/** Minutes of the Chicago day; null: not told. */
export interface DutyTimes extends SummaryTimes {
  readonly ready: number | null;
  readonly closing: number | null;
}

/** Of the last trade date of each; left out: not told, as in a journal of earlier days. */
export interface SummaryTimes {
  readonly day?: number | null;
  readonly week?: number | null;
  readonly month?: number | null;
}

export type Duty = keyof DutyTimes;

/** What a summary is of, the shortest first. */
export const SUMMARY_PERIODS = ["day", "week", "month"] as const;
export type SummaryPeriod = (typeof SUMMARY_PERIODS)[number];
