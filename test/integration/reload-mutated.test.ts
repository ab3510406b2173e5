/**
 * Five hundred broken files at reload: five hundred times the old configuration stays, with a reason.
 * Damage that leaves a sound file is no mistake; then every key has its class, and no limit is looser.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { createLoop } from "../../src/app/loop.ts";
import { createReloading } from "../../src/app/reloading.ts";
import type { Config } from "../../src/core/model/config.ts";
import { raisedSince } from "../../src/core/risk/raised.ts";
import { initialState } from "../../src/core/state.ts";
import { yamlConfigSource } from "../../src/shell/yaml/config-source.ts";
import { canonical } from "../../src/std/canonical.ts";
import { seeded } from "../../src/std/seeded.ts";
import { appWorld, openingOf } from "../kit/app-world.ts";
import { patient } from "../kit/patient.ts";
import { temporaryFolder } from "../kit/temporary-folder.ts";
import { read } from "../kit/tree.ts";
import { damagedYaml } from "../kit/yaml-mutations.ts";

const BROKEN = 500;
const SOUND_MAX = 5_000;

/** A house on that text, and the file it was read from. */
function house(text: string) {
  const file = join(temporaryFolder(), "config.yaml");
  writeFileSync(file, text);
  const source = yamlConfigSource(file);
  const loaded = source.load();
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.error.problems));
  let running: Config = loaded.value.config;
  const world = appWorld();
  const loop = createLoop({ ...world.parts, giveUp: () => {} }, initialState);
  world.broker.open((report) => loop.offer({ kind: "report", report }));
  loop.offer({ kind: "start", ...openingOf(running.settings) });
  world.pass(1_000);
  const reloading = createReloading({
    ...{ file, loop, now: () => running, readFrom: () => {} },
    load: async () => source.load(),
    adopted: (next) => {
      running = next;
    },
  });
  return {
    ...{ file, loop, world, now: () => running },
    save: (next: string) => {
      writeFileSync(file, next);
      return patient(world.clock, reloading.reload("file"));
    },
  };
}

describe("a damaged configuration", () => {
  test("500 of 500 broken ones keep the old one and say why", { timeout: 120_000 }, async () => {
    const text = read("config/tradestream.example.yaml");
    const { save, loop, now, world } = house(text);
    const start = { settings: loop.state().settings, config: canonical(now()) };
    const dice = seeded(7);
    let broken = 0;
    let sound = 0;
    while (broken < BROKEN && sound < SOUND_MAX) {
      const before = canonical([now(), loop.state().settings]);
      const { flaws, changes } = await save(damagedYaml(text, dice));
      if (flaws.length === 0) {
        sound += 1;
        for (const [name, rules] of Object.entries(start.settings.ruleSets))
          expect(raisedSince(rules, loop.state().settings.ruleSets[name] ?? rules)).toEqual([]);
        for (const { key, on, outcome } of changes)
          expect(`${key} ${on} ${outcome}`).not.toMatch(/ restart applied$/);
        continue;
      }
      broken += 1;
      expect(changes).toEqual([]);
      for (const { line, reason } of flaws)
        expect([reason !== "", line !== 0]).toEqual([true, true]);
      expect(flaws.every(({ file }) => file.endsWith("config.yaml"))).toBe(true);
      expect(canonical([now(), loop.state().settings])).toBe(before);
    }
    expect(broken).toBe(BROKEN);
    expect(sound).toBeGreaterThan(0);
    const refused = world.told.filter(({ fact }) => fact.kind === "ConfigRefused").length;
    expect(refused).toBeGreaterThan(BROKEN / 2);
    expect(loop.state().offered?.fault === undefined || refused > 0).toBe(true);
    console.info(`${broken} broken files refused, ${sound} sound ones classed, ${refused} told`);
  });
});
