/** What freqtrade divides by: whole calendar days between first entry and last exit, and √365. */
import { MILLIS_PER_DAY } from "../model/central-time.ts";
import type { Study } from "./study.ts";

/** Source: freqtrade, `data/metrics.py`: `max(1, (max_date - min_date).days)`. */
export const freqtradeDays = ({ results: { firstEntry }, lastExit }: Study) =>
  Math.max(1, Math.floor((lastExit - firstEntry) / MILLIS_PER_DAY));

export const YEAR_OF_DAYS = Math.sqrt(365);
