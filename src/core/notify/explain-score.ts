/**
 * The risk score in words: in short with what weighs most, or part by part with the number of each
 * and what it was found by.
 *
 * ```text
 * stop         94 of 100 x 20: it may lose 95.5% of what one trade may
 * floor        50 of 100 x 20: no floor is known
 * ```
 */
import { unreachable } from "../../std/assert.ts";
import type { Refusal } from "../model/refusal.ts";
import { type PartScore, SCORE_PARTS, type Score, type ScorePart } from "../model/score.ts";

/** Enough to know where to look; `scoreLines` has them all. */
const NAMED_MAX = 3;

export function scoreInShort({ total, parts }: Score): string {
  const heaviest = SCORE_PARTS.map((part) => ({ part, share: shareOf(parts[part]) }))
    .filter(({ share }) => share > 0)
    .toSorted((a, b) => b.share - a.share)
    .slice(0, NAMED_MAX);
  const named = heaviest.map(({ part, share }) => `${part} ${share / 100}`);
  const most = named.length === 0 ? "" : ` (most of it: ${named.join(", ")})`;
  return `the risk score is ${total} of 100${most}`;
}

export const explainScored = ({ score, limit }: Extract<Refusal, { kind: "score" }>): string =>
  `${scoreInShort(score)}, and from ${limit} on nothing is entered`;

/** Hundredths of a point of the score. */
const shareOf = ([_, points, weight]: PartScore): number => points * weight;

const NAME_WIDTH = 13;

/** Every part, a line each, in the order of the table. */
export const scoreLines = ({ parts }: Score): readonly string[] =>
  SCORE_PARTS.map((part) => {
    const [found, points, weight] = parts[part];
    const why = found === null ? UNKNOWN[part] : foundText(part, found);
    return `${part.padEnd(NAME_WIDTH)}${String(points).padStart(3)} of 100 x ${weight}: ${why}`;
  });

const UNKNOWN: Readonly<Record<ScorePart, string>> = {
  stop: "not known",
  floor: "no floor is known of this account",
  streak: "not known",
  drawdown: "the account has no daily loss to measure it by",
  concurrency: "not known",
  volatility: "a quarter of an hour of prices has not been seen",
  time: "not known",
  record: "too few alerts of this author have ended",
};

function foundText(part: ScorePart, found: number): string {
  switch (part) {
    case "stop":
      return `it may lose ${found / 10}% of what one trade may`;
    case "floor":
      return `${found / 1_000} such losses fit above the floor`;
    case "streak":
      return `${counted(found, "losing trade")} in a row`;
    case "drawdown":
      return `${found / 10}% of the daily loss below the best of the day`;
    case "concurrency":
      return `${counted(found, "other trade")} on`;
    case "volatility":
      return `the last quarter of an hour ranged over ${found / 1_000} stop distances`;
    case "time":
      return `${counted(found, "minute")} of the cash session (08:30 to 15:00 CT) to its nearer end`;
    case "record":
      return `this author's last alerts made ${found / 1_000} R on average`;
    default:
      return unreachable(part);
  }
}

const counted = (n: number, noun: string): string =>
  `${n === 0 ? "no" : n} ${noun}${n === 1 ? "" : "s"}`;
