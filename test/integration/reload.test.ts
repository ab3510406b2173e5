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

  test("refuses a broken pack or calendar by file, line and reason, and waits with a sound one", {
    timeout: 240_000,
  }, async () => {
    const here = temporaryFolder();
    const [pack, dates] = [join(here, "packs", "topstep.yaml"), join(here, "cme.yaml")];
    const sound = readFileSync("config/rules/topstep.yaml", "utf8");
    const calendar = readFileSync("config/calendar/cme.yaml", "utf8");
    mkdirSync(join(here, "packs"));
    writeFileSync(pack, sound);
    writeFileSync(dates, calendar);
    writeFileSync(
      join(here, "config.yaml"),
      "market: { kind: simulated }\nrulePacks: ./packs\ncalendar: ./cme.yaml\n" +
        "accounts: [{ id: one, plan: topstep/combine-50k, balance: 50000 }]\n",
    );
    const running = start(here, "start");
    await running.shows("agrees with the venue");
    const said = async (file: string, text: string, found: RegExp, instead: string) => {
      expect(text).toMatch(found);
      writeFileSync(file, text.replace(found, instead));
      const { out, err, code } = await run(here, "config", "reload");
      writeFileSync(file, text);
      return `${code} ${out}${err}`;
    };
    const unknown = await said(pack, sound, / {2}micros: \{/, "  microz: {}\n  micros: {");
    expect(unknown).toMatch(/^2 .*\npacks\/topstep\.yaml:\d+ every\.microz: unknown key/);
    const unsourced = await said(pack, sound, / {2}sources:\n(?: {4}- .*\n)+/, "");
    expect(unsourced).toMatch(/packs\/topstep\.yaml:\d+ plans\.\S+\.sources: is needed here/);
    const impossible = await said(pack, sound, /minutesBefore: 15/, "minutesBefore: -15");
    expect(impossible).toMatch(/topstep\.yaml:\d+ \S+minutesBefore: expected .* found -15/);
    const expired = await said(dates, calendar, /validUntil: \S+/, "validUntil: 2026-01-31");
    expect(expired).toMatch(/^2 .*\n\S*cme\.yaml:\d+ validUntil: .* run out already/);
    const sooner = await said(pack, sound, /flatBy: 15:10 CT/, "flatBy: 14:40 CT");
    expect(sooner).toMatch(/^0 waits for a restart: plans\.topstep\/combine-50k/);
    expect(running.child.exitCode).toBeNull();
    running.child.kill("SIGTERM");
    expect(await running.ended).toBe(0);
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
