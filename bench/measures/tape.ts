/** Prices that touch no band: how many a second a tape looks through for the next that does. */
import { millis, ticks } from "../../src/core/model/units.ts";
import { NONE, nextTouch, type Tape, tapeBuilder } from "../../src/core/paper/tape.ts";
import { seeded } from "../../src/std/seeded.ts";
import { BASE_PRICE } from "../kit/alerts.ts";
import { spreadOf } from "../kit/distribution.ts";
import { atLeast, type Measure } from "../kit/measure.ts";
import { again } from "../kit/rounds.ts";
import { OPENING } from "../kit/trading-day.ts";

const PRINTS = 5_000_000;

export const tape: Measure = {
  name: "tape",
  async run({ rounds, tell }) {
    tell("prices that touch nothing");
    const walk = walkOf(PRINTS);
    const far = { atOrBelow: ticks(1), atOrAbove: ticks(BASE_PRICE * 40) };
    const product = spreadOf(
      await again(rounds, () => {
        const from = performance.now();
        if (nextTouch(walk, 0, walk.length, far) !== NONE) throw new Error("nothing is touched");
        return PRINTS / ((performance.now() - from) / 1_000);
      }),
    );
    const what = "prices a second that cross no alarm";
    return [
      {
        ...{ id: "tape", what, unit: "/s", product, floor: null, ratio: null },
        goals: [atLeast(product.median, 100_000_000)],
      },
    ];
  },
};

function walkOf(prints: number): Tape {
  const dice = seeded(7);
  const builder = tapeBuilder({ instrument: "ES", resolution: millis(0) });
  let last = BASE_PRICE * 4;
  for (let n = 0; n < prints; n++) {
    last += dice.below(3) - 1;
    builder.add(OPENING + n, last, last, last + 1, null);
  }
  return builder.finish();
}
