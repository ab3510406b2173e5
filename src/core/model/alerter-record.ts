/**
 * What an author's last alerts have come to: the newest results, each in thousandths of what was
 * risked.
 *
 * ```text
 * m1 +700   m2 -1000   m3 -1012   m4 +350 ...      twenty alerts at most, the oldest leaves first
 * ```
 *
 * An alert counts once, however many accounts took it: by the trade of it that ended last.
 */
import type { Trade } from "./trade.ts";

export interface AlertResult {
  /** The alert, by its message. */
  readonly message: string;
  /** Net of fees, thousandths of the risk that was taken. */
  readonly net: number;
}

export interface AlerterRecord {
  readonly source: string;
  readonly channel: string;
  /** Null where the source names nobody: then the channel is its author. */
  readonly author: string | null;
  readonly results: readonly AlertResult[];
}

/** Who speaks: an author of one channel. */
export type Alerter = Pick<AlerterRecord, "source" | "channel" | "author">;

export const RESULTS_MAX = 20;
/** Of alerters; who was heard of least lately is forgotten first. */
export const RECORDS_MAX = 100;
/** Of fewer alerts nothing is concluded. */
const RESULTS_MIN = 5;

export const alerterOf = ({ cause: { source, channel }, author }: Trade): Alerter => ({
  source,
  channel,
  author,
});

const isSame = (a: Alerter, b: Alerter): boolean =>
  a.author === b.author && a.channel === b.channel && a.source === b.source;

/** The alerter goes to the end: the list is in the order of their last results. */
export function withResult(
  records: readonly AlerterRecord[],
  alerter: Alerter,
  result: AlertResult,
): readonly AlerterRecord[] {
  const known = records.find((one) => isSame(one, alerter));
  const before = (known?.results ?? []).filter(({ message }) => message !== result.message);
  const { source, channel, author } = alerter;
  const results = [...before, result].slice(-RESULTS_MAX);
  const next = { source, channel, author, results };
  return [...records.filter((one) => one !== known), next].slice(-RECORDS_MAX);
}

/** The mean, rounded down; null while too little is known. */
export function meanResult(records: readonly AlerterRecord[], alerter: Alerter): number | null {
  const results = records.find((one) => isSame(one, alerter))?.results ?? [];
  if (results.length < RESULTS_MIN) return null;
  return Math.floor(results.reduce((sum, { net }) => sum + net, 0) / results.length);
}
