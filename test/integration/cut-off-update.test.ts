/**
 * The program dies in the middle of an author's "all out" for more accounts than one step serves.
 * What was decided for all of them is durable, so the next run carries it out for all of them.
 */
import { expect, test } from "vitest";
import { ATTENDED_MAX } from "../../src/core/engine.ts";
import { DEFAULT_RULES } from "../../src/core/model/defaults.ts";
import type { Fact } from "../../src/core/model/fact.ts";
import type { Message } from "../../src/core/model/message.ts";
import { millis, ticks } from "../../src/core/model/units.ts";
import { valuesOf } from "../../src/std/trie.ts";
import { posted } from "../kit/posted.ts";
import { DEFAULT_SETUP } from "../kit/scenario-setup.ts";
import { atMinute, scenarioWorld, type World } from "../kit/scenario-world.ts";

const COUNT = ATTENDED_MAX + 50;
const OPENING = atMinute(9 * 60 + 30);

const said = (id: string, text: string, { now }: World): Message =>
  posted(text, { id, author: "alice", sentAt: now() });

const wait = (world: World, span: number): void => world.runUntil(millis(world.now() + span));

const held = (world: World): number =>
  valuesOf(world.venue().accounts).filter(({ positions }) => positions.length > 0).length;

test.each(["before-send", "after-send"] as const)(
  "an update cut off %s is finished by the next run, for every account",
  (moment) => {
    const accounts = Array.from({ length: COUNT }, (_, index) => ({
      name: `account-${index + 1}`,
      rules: { ...DEFAULT_RULES, limits: { ...DEFAULT_RULES.limits, total: {} } },
    }));
    const facts: Fact[] = [];
    const world = scenarioWorld({ ...DEFAULT_SETUP, accounts }, OPENING, {
      fact: (fact) => facts.push(fact),
      request: () => {},
      died: () => {},
    });
    world.price({ root: "ES", last: ticks(6326 * 4) });
    wait(world, 2_000);
    world.hear(said("m1", "🚨 ES long 6326: B\nStop: 6316", world));
    wait(world, 5_000);
    expect(held(world)).toBe(COUNT);

    const before = facts.length;
    world.killAt(moment);
    world.hear(said("m2", "All out of ES", world));
    wait(world, 2_000);
    const begun = facts.slice(before).filter(({ kind }) => kind === "ExitBegun");
    expect(begun).toHaveLength(COUNT);
    expect(() => world.loop()).toThrow("down");

    world.restart();
    wait(world, 20_000);
    expect(held(world)).toBe(0);
    expect(facts.filter(({ kind }) => kind === "UpdateRead")).toHaveLength(1);
    world.check();
  },
);
