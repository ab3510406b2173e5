/**
 * A snapshot that is kept, fact after fact and price after price, is the one that would be made from
 * nothing: in every scenario there is, at every fact.
 */
import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, it } from "vitest";
import { snapshotOf } from "../../../src/app/snapshot-of.ts";
import { evolve } from "../../../src/core/evolve.ts";
import type { Fact } from "../../../src/core/model/fact.ts";
import type { AccountId } from "../../../src/core/model/ids.ts";
import { type Millis, money } from "../../../src/core/model/units.ts";
import { initialState, type State } from "../../../src/core/state.ts";
import { isOver } from "../../../src/core/track/phases.ts";
import { feesOf } from "../../../src/core/views/ended-fees.ts";
import { type Feed, hearFact, newFeed } from "../../../src/core/views/feed.ts";
import { newNarrator } from "../../../src/core/views/narrator.ts";
import type { Snapshot } from "../../../src/core/views/take-snapshot.ts";
import { valuesOf } from "../../../src/std/trie.ts";
import { aQuote, es } from "../../kit/builders.ts";
import { replay } from "../../kit/transcript.ts";

const folder = new URL("../../scenarios/", import.meta.url);
const scenarios = readdirSync(folder).filter((name) => name.endsWith(".txt"));

function factsOf(name: string): readonly Fact[] {
  const facts: Fact[] = [];
  replay(readFileSync(new URL(name, folder), "utf8"), (fact) => void facts.push(fact));
  return facts;
}

interface Walked {
  readonly state: State;
  readonly feed: Feed;
  readonly sequence: number;
}

function viewOf({ state, feed, sequence }: Walked, points: number, before: Snapshot | null) {
  const at = (state.accounts.size === 0 ? 0 : Math.max(...seenAt(state))) as Millis;
  const quotes = points === 0 ? [] : [aQuote(es(points))];
  const moment = { at, sequence, quotes, market: "simulated", impaired: false, feed };
  return snapshotOf(state, moment, before);
}

const seenAt = (state: State) => valuesOf(state.accounts).map((account) => account.seenAt);

const endedFees = (state: State, account: AccountId) =>
  money(
    valuesOf(state.trades)
      .filter((trade) => trade.account === account && isOver(trade.phase))
      .reduce((sum: number, trade) => sum + trade.fees, 0),
  );

it("is the same, kept or made anew", { timeout: 120_000 }, () => {
  const price = fc.constantFrom(0, 6310, 6320, 6326, 6330.25, 6345);
  const prices = fc.array(price, { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(fc.constantFrom(...scenarios), prices, (name, points) => {
      let kept: Snapshot | null = null;
      let walked: Walked = { state: initialState, feed: newFeed(newNarrator, []), sequence: 0 };
      for (const fact of factsOf(name)) {
        const sequence = walked.sequence + 1;
        const feed = hearFact(walked.feed, sequence, fact);
        walked = { state: evolve(walked.state, fact), feed, sequence };
        const at = points[sequence % points.length] as number;
        kept = viewOf(walked, at, kept);
        const anew = viewOf(walked, at, null);
        expect(JSON.stringify(kept.view)).toBe(JSON.stringify(anew.view));
        for (const { id } of valuesOf(walked.state.accounts))
          expect(feesOf(feed.fees, id)).toBe(endedFees(walked.state, id));
      }
      expect(JSON.parse(JSON.stringify(kept?.view))).toEqual(kept?.view);
    }),
    { numRuns: 15 },
  );
});
