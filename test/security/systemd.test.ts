/** The unit for machines with systemd, judged by systemd itself where it can be asked. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { findSystemdAnalyze } from "../../tools/systemd.mjs";
import { temporaryFolder } from "../kit/temporary-folder.ts";
import { judge, sayLoudly } from "../kit/tool.ts";
import { read } from "../kit/tree.ts";

const UNIT = read("deploy/systemd/tradestream.service");
const SECRETS = read("deploy/systemd/secrets.conf");
const analyze = findSystemdAnalyze();

/** Of ten. The runtime needs memory it may write and execute; everything else is shut. */
const EXPOSURE_MAX = 1.5;

/** The unit as it would be installed, with the program in a place that exists here. */
function installed(unit: string): string {
  const folder = temporaryFolder();
  const path = join(folder, "tradestream.service");
  writeFileSync(path, unit.replaceAll("/usr/bin/node", process.execPath));
  mkdirSync(`${path}.d`);
  writeFileSync(join(`${path}.d`, "secrets.conf"), SECRETS);
  return path;
}

describe("the system unit", () => {
  test("is one that systemd takes, secrets included", () => {
    if (analyze === null) return sayLoudly("the unit by `systemd-analyze verify`");
    expect(judge(analyze, ["verify", installed(UNIT)])).toEqual({ code: 0, said: "" });
    const broken = judge(analyze, [
      "verify",
      installed(UNIT.replace("Type=notify", "Type=nightly")),
    ]);
    expect(broken.said).toContain("nightly");
  });

  test(`is exposed by ${EXPOSURE_MAX} of 10 at most`, () => {
    if (analyze === null) return sayLoudly("the unit by `systemd-analyze security`");
    const words = ["security", "--offline=true", "--no-pager", `--threshold=${EXPOSURE_MAX * 10}`];
    const { code, said } = judge(analyze, [...words, installed(UNIT)]);
    expect(Number(/exposure level for \S+: ([\d.]+)/.exec(said)?.[1])).toBeLessThanOrEqual(
      EXPOSURE_MAX,
    );
    expect(code).toBe(0);
    const open = UNIT.replace(/^(NoNewPrivileges|ProtectSystem|Capability\w+|User)=.*$/gm, "");
    expect(judge(analyze, [...words, installed(open)]).code).not.toBe(0);
  });

  test("tells systemd when it is ready and that it is alive", () => {
    expect(UNIT).toMatch(/^Type=notify$/m);
    expect(UNIT).toMatch(/^WatchdogSec=\d+$/m);
    expect(UNIT).toMatch(/^NotifyAccess=all$/m);
  });

  test("belongs to a user of its own, with a directory of its own, and waits for a clean stop", () => {
    expect(UNIT).toMatch(/^User=tradestream$/m);
    expect(UNIT).toMatch(/^StateDirectory=tradestream$/m);
    expect(UNIT).toMatch(/^StateDirectoryMode=0700$/m);
    expect(Number(/^TimeoutStopSec=(\d+)$/m.exec(UNIT)?.[1])).toBeGreaterThan(60);
  });

  test("does not try again what a person has to mend", () => {
    expect(UNIT).toMatch(/^RestartPreventExitStatus=2 3$/m);
    expect(UNIT).toMatch(/^StartLimitBurst=\d+$/m);
  });

  test("takes secrets as credentials, and holds none", () => {
    expect(SECRETS).toMatch(/^LoadCredential=[\w-]+:\/etc\/tradestream\/secrets\/[\w-]+$/m);
    expect(UNIT).not.toMatch(/^Environment=.*(TOKEN|KEY|PASSWORD|SECRET)/m);
  });
});
