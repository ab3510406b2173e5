/** Seeds of the storm a second, on one processor; each is half an hour of bad weather. */
import { runSeed } from "../../test/storm/storm.ts";
import { spreadOf } from "../kit/distribution.ts";
import type { Measure } from "../kit/measure.ts";
import { again } from "../kit/rounds.ts";

const SEEDS = 20;

export const storm: Measure = {
  name: "storm",
  async run({ rounds, quicker, tell }) {
    tell("the storm");
    const seeds = Math.ceil(SEEDS / quicker);
    const product = spreadOf(
      await again(rounds, (round) => {
        const from = performance.now();
        for (let n = 0; n < seeds; n++) runSeed(1 + (round + 1) * seeds + n);
        return seeds / ((performance.now() - from) / 1_000);
      }),
    );
    const what = "storm seeds a second, one processor";
    return [{ ...{ id: "storm", what, unit: "/s", product, floor: null, ratio: null }, goals: [] }];
  },
};
