/** A running process whose configuration is edited: by rename, by a turned link, wrongly, by signal. */
import {
  mkdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { ConfigChange } from "../../src/core/model/config-fact.ts";
import { type Running, run, start } from "../kit/built-program.ts";
import { temporaryFolder } from "../kit/temporary-folder.ts";

const configText = (tradesPerDay: number | string, more = ""): string =>
  `market: { kind: simulated }
rules:
  default:
    limits:
      tradesPerDay: ${tradesPerDay}
${more}`;

const changed = (is: number, was: number): string =>
  `configuration reloaded: applied rules.default.limits.tradesPerDay ${is} (was ${was})`;

async function started(here: string): Promise<Running> {
  writeFileSync(join(here, "config.yaml"), configText(5));
  const running = start(here, "start");
  await running.shows("agrees with the venue");
  return running;
}

const refusals = (running: Running): number =>
  running.out().split("configuration refused").length - 1;

describe.skipIf(process.platform === "win32")("a running process", () => {
  test("takes a file that was renamed over its own, and a signal without a terminal", async () => {
    const here = temporaryFolder();
    const running = await started(here);
    writeFileSync(join(here, "config.yaml~"), configText(4));
    renameSync(join(here, "config.yaml~"), join(here, "config.yaml"));
    await running.shows(changed(4, 5));
    running.child.kill("SIGHUP");
    expect((await run(here, "config", "diff")).out).toBe("the file says what runs\n");
    expect(running.child.exitCode).toBeNull();
    const kept = JSON.parse(readFileSync(join(here, "data", "last-good.json"), "utf8"));
    expect(kept.config.settings.ruleSets.default.limits.tradesPerDay).toBe(4);
    running.child.kill("SIGTERM");
    expect(await running.ended).toBe(0);
  });

  test("takes a version that the link of Kubernetes is turned to", async () => {
    const here = temporaryFolder();
    for (const [version, limit] of [
      ["v1", 5],
      ["v2", 3],
    ] as const) {
      mkdirSync(join(here, version));
      writeFileSync(join(here, version, "config.yaml"), configText(limit));
    }
    symlinkSync("v1", join(here, "..data"));
    symlinkSync("..data/config.yaml", join(here, "config.yaml"));
    const running = start(here, "start");
    await running.shows("agrees with the venue");
    symlinkSync("v2", join(here, "..tmp"));
    renameSync(join(here, "..tmp"), join(here, "..data"));
    await running.shows(changed(3, 5));
  });

  test("keeps the old one while the file is wrong or gone, says so once, and goes on", async () => {
    const here = temporaryFolder();
    const running = await started(here);
    const file = join(here, "config.yaml");
    writeFileSync(file, configText('"ten"'));
    const where = `config.yaml:5 rules.default.limits.tradesPerDay`;
    await running.shows(`configuration refused, the old one stays: ${where}: expected`);
    const asked = await run(here, "config", "reload");
    expect(asked.code).toBe(2);
    expect(asked.err).toContain(`refused; what runs stays as it is:\n${where}: expected`);
    running.child.kill("SIGHUP");
    unlinkSync(file);
    await running.shows("there is no such file");
    expect(refusals(running)).toBe(2);
    writeFileSync(file, configText(2));
    await running.shows(changed(2, 5));
  });

  test("says what waits for a restart, and what a reload would take", async () => {
    const here = temporaryFolder();
    await started(here);
    const file = join(here, "config.yaml");
    writeFileSync(file, configText(9, "flattenOnStop: true\ndataDirectory: ./elsewhere\n"));
    const told = await run(here, "config", "reload", "--data", "data", "--json");
    const { ok, changes } = JSON.parse(told.out);
    expect(ok).toBe(true);
    const found = changes.map((one: ConfigChange) => `${one.key} ${one.outcome}`);
    expect(found.toSorted()).toEqual([
      ...["dataDirectory waits", "flattenOnStop applied"],
      "rules.default.limits.tradesPerDay waits",
    ]);
    const again = await run(here, "config", "diff", "--data", "data");
    expect(again.out.trimEnd().split("\n").toSorted()).toEqual([
      "waits for a restart: dataDirectory ./elsewhere (was ./data)",
      "waits for a restart: rules.default.limits.tradesPerDay 9 (was 5)",
    ]);
  });

  test("is not there, and both commands say so with 4", async () => {
    const here = temporaryFolder();
    writeFileSync(join(here, "config.yaml"), configText(5));
    expect((await run(here, "config", "reload")).code).toBe(4);
    expect((await run(here, "config", "diff")).code).toBe(4);
  });
});
