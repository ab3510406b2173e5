import { describe, expect, it } from "vitest";
import { instrumentOf } from "../../../../src/core/model/instruments.ts";
import type { Findings } from "../../../../src/core/model/score.ts";
import { DEFAULT_SCORE } from "../../../../src/core/model/score-table.ts";
import { contracts } from "../../../../src/core/model/units.ts";
import { explainRefusal } from "../../../../src/core/notify/explain.ts";
import { explainCut } from "../../../../src/core/notify/explain-cut.ts";
import { scoreInShort, scoreLines } from "../../../../src/core/notify/explain-score.ts";
import { scoreOf } from "../../../../src/core/risk/score.ts";

const score = (found: Partial<Findings>) =>
  scoreOf(
    {
      ...{ stop: 0, floor: 10_000, streak: 0, drawdown: 0 },
      ...{ concurrency: 0, volatility: 0, time: 60, record: 500 },
      ...found,
    },
    DEFAULT_SCORE,
  );

const BAD = score({
  ...{ stop: 956, floor: 3_166, streak: 1, drawdown: 123 },
  ...{ concurrency: 2, volatility: 1_250, time: 1, record: -120 },
});

describe("a risk score in words", () => {
  it("names what weighs most, heaviest first", () => {
    expect(scoreInShort(BAD)).toBe(
      `the risk score is ${BAD.total} of 100 (most of it: stop 18.8, floor 11.6, concurrency 7.5)`,
    );
    expect(scoreInShort(score({}))).toBe("the risk score is 0 of 100");
    expect(scoreInShort(score({ streak: 1 }))).toBe(
      "the risk score is 4 of 100 (most of it: streak 3.75)",
    );
  });

  it("shows every part with its points, its weight and what was found", () => {
    expect(scoreLines(BAD)).toEqual([
      "stop          94 of 100 x 20: it may lose 95.6% of what one trade may",
      "floor         58 of 100 x 20: 3.166 such losses fit above the floor",
      "streak        25 of 100 x 15: 1 losing trade in a row",
      "drawdown      10 of 100 x 15: 12.3% of the daily loss below the best of the day",
      "concurrency   75 of 100 x 10: 2 other trades on",
      "volatility    40 of 100 x 10: the last quarter of an hour ranged over 1.25 stop distances",
      "time          98 of 100 x 5: 1 minute of the cash session (08:30 to 15:00 CT) to its nearer end",
      "record        62 of 100 x 5: this author's last alerts made -0.12 R on average",
    ]);
  });

  it("says what nobody knows, and none where there is none", () => {
    const lines = scoreLines(
      score({ floor: null, drawdown: null, volatility: null, record: null }),
    );
    expect(lines.filter((line) => line.includes(" 50 of 100"))).toEqual([
      "floor         50 of 100 x 20: no floor is known of this account",
      "drawdown      50 of 100 x 15: the account has no daily loss to measure it by",
      "volatility    50 of 100 x 10: a quarter of an hour of prices has not been seen",
      "record        50 of 100 x 5: too few alerts of this author have ended",
    ]);
    expect(lines[2]).toBe("streak         0 of 100 x 15: no losing trades in a row");
  });

  it("is why an entry is refused, or smaller", () => {
    const refusal = { kind: "score", score: BAD, limit: 50 } as const;
    expect(explainRefusal(refusal, instrumentOf("MES"))).toMatch(
      /^the risk score is \d+ of 100 \(most of it: stop 18\.8, .*\), and from 50 on nothing is entered$/,
    );
    const cut = {
      why: "score",
      from: contracts(3),
      to: contracts(1),
      total: 63,
      share: 500,
    } as const;
    expect(explainCut(cut)).toBe("50% of the size at a risk score of 63");
  });
});
