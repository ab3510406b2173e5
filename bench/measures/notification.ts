/**
 * What a notification adds to the trading path: the slips of a turn, on top of its facts.
 *
 * ```text
 * facts, slips decided, one commit (product)     facts, one commit (floor)
 * ```
 *
 * The turn is that of an alert taken, which is the one an order waits for: two facts, of which one is
 * told, on four channels. Words and letters come later and are nobody's wait.
 */
import { join } from "node:path";
import type { Fact } from "../../src/core/model/fact.ts";
import { TOPICS } from "../../src/core/model/notification.ts";
import { type Millis, millis } from "../../src/core/model/units.ts";
import { addressingOf } from "../../src/core/notify/policy.ts";
import { openJournal } from "../../src/shell/sqlite/journal.ts";
import { tradeStory } from "../../test/kit/sample-facts.ts";
import { type Distribution, distributionOf, typicalOf } from "../kit/distribution.ts";
import { atMost, type Finding, type Measure } from "../kit/measure.ts";
import { opened } from "../kit/opened.ts";
import type { Place } from "../kit/places.ts";
import { inTurn, pairsOf, ratioOf } from "../kit/rounds.ts";

const TURNS = 500;
const GOAL = 0.2;
const AT: Millis = millis(1_795_100_400_000);

const CHANNELS = ["mail", "phone", "chat", "bell"].map((name) => ({
  ...{ name, now: TOPICS, daily: [], dailyAt: 0, quiet: null, perHour: 100 },
}));

export const notification: Measure = {
  name: "notification",
  async run({ disk, rounds, quicker, tell }) {
    tell("a turn with and without slips");
    const turns = Math.ceil(TURNS / quicker);
    const pairs = await inTurn(
      rounds,
      () => commits(disk, turns, addressingOf(CHANNELS)),
      () => commits(disk, turns, () => []),
    );
    return [finding(pairsOf(pairs, distributionOf))];
  },
};

function commits(
  place: Place,
  turns: number,
  addressing: ReturnType<typeof addressingOf>,
): readonly number[] {
  const journal = opened(openJournal(join(place.folder(), "journal.db"), { at: AT }));
  const samples: number[] = [];
  for (let n = 0; n < turns; n++) {
    const facts: readonly Fact[] = tradeStory(n).facts.slice(0, 2);
    const from = performance.now();
    journal.append(facts, addressing(facts));
    samples.push(performance.now() - from);
  }
  journal.close();
  return samples;
}

function finding(pairs: {
  readonly product: readonly Distribution[];
  readonly floor: readonly Distribution[];
}): Finding {
  const [product, floor] = [typicalOf(pairs.product), typicalOf(pairs.floor)];
  const added = atMost(product.p50 - floor.p50, GOAL, "ms");
  return {
    ...{ id: "notify", what: "a turn's commit with slips for four channels, p50", unit: "ms" },
    ...{ product, floor, ratio: ratioOf(pairs, (one) => one.p50) },
    goals: [{ ...added, text: `adds <= ${GOAL} ms` }],
  };
}
