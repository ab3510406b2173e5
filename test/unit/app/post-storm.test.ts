/**
 * Two days of mail in bad weather, from a seed: channels that are down, slow, silent or choosy,
 * disks that refuse, crashes at any moment. Whatever happens, each fact that the policy names is
 * told or waits to be told, and none is ever told under two ids.
 */
import { expect, test } from "vitest";
import type { Fact } from "../../../src/core/model/fact.ts";
import { accountId } from "../../../src/core/model/ids.ts";
import { millis } from "../../../src/core/model/units.ts";
import { seeded } from "../../../src/std/seeded.ts";
import { endTroubles, letterTroubles, slipTroubles } from "../../kit/post-inspection.ts";
import { DOWN, MAIL, type PostOffice, postOffice, refusal, TAKEN } from "../../kit/post-office.ts";
import { tradeStory } from "../../kit/sample-facts.ts";

const MINUTE = 60_000;
const SEEDS = 6;
/** Of every other seed: longer than a letter lives. */
const OUTAGE = 26 * 60 * MINUTE;

type Chance = ReturnType<typeof seeded>;

function newsOf(chance: Chance, office: PostOffice, number: number): readonly Fact[] {
  const at = office.clock.now();
  if (chance.below(3) === 0) return tradeStory(number, at).facts;
  const account = accountId("PAPER-1");
  if (chance.below(2) === 0) return [{ kind: "LinkMoved", at, account, state: "down" }];
  const what = { what: "position-mismatch", detail: "2 here, 3 there", trade: null } as const;
  return [{ kind: "IncidentFound", at, account, ...what }];
}

function weather(chance: Chance, office: PostOffice): void {
  const day = chance.below(6);
  office.answer = () => {
    switch (day) {
      case 0:
        return DOWN;
      case 1:
        return null;
      case 2:
        return chance.below(2) === 0 ? TAKEN : refusal({ scope: "letter", said: "450 later" });
      case 3:
        return chance.below(2) === 0 ? TAKEN : DOWN;
      default:
        return TAKEN;
    }
  };
  if (chance.below(8) === 0) office.restart();
  office.fault = chance.below(8) === 0 ? { kind: "full", detail: "full" } : null;
}

function blame(office: PostOffice, written: readonly Fact[]): readonly string[] {
  const { outbox } = office.disk;
  return [...slipTroubles(outbox, written, office.addressing), ...letterTroubles(outbox, office)];
}

test("two days of mail in any weather lose nothing and tell nothing under two ids", () => {
  let digests = 0;
  for (let seed = 1; seed <= SEEDS; seed++) {
    const chance = seeded(seed);
    const office = postOffice({ ...MAIL, perHour: 1 + chance.below(40) }, 1 + chance.below(90_000));
    const written: Fact[] = [];
    const until = office.clock.now() + 48 * 60 * MINUTE;
    const outageUntil = seed % 2 === 0 ? 0 : office.clock.now() + OUTAGE;
    for (let number = 1; office.clock.now() < until; number++) {
      weather(chance, office);
      if (office.clock.now() < outageUntil) office.answer = () => DOWN;
      office.clock.runUntil(millis(office.clock.now() + chance.below(240 * MINUTE)));
      if (office.fault !== null) continue;
      const facts = newsOf(chance, office, number);
      written.push(...facts);
      office.write(facts);
    }
    expect(blame(office, written), `seed ${seed}`).toEqual([]);
    // When the weather is over, everything is told: in its letter or by name.
    office.fault = null;
    office.answer = () => TAKEN;
    office.restart();
    office.pass(60 * 60);
    const { outbox } = office.disk;
    expect(endTroubles(outbox), `seed ${seed}`).toEqual([]);
    expect(blame(office, written), `seed ${seed}`).toEqual([]);
    digests += outbox.letters.filter(({ kind }) => kind === "digest").length;
  }
  expect(digests).toBeGreaterThan(0);
});
