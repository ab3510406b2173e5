/** The commands about firms' rules: listed, shown, checked, old ones told, one's own in their place. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parseIso } from "../../src/core/model/iso-time.ts";
import { millis } from "../../src/core/model/units.ts";
import type { Clock } from "../../src/ports/clock.ts";
import { temporaryFolder } from "../kit/temporary-folder.ts";
import { terminal } from "../kit/terminal.ts";

/** Monday, 2026-11-23, in the morning. */
const NOW = parseIso("2026-11-23T15:00:00Z") ?? millis(0);
const clock: Clock = { now: () => NOW, schedule: () => () => undefined };

async function ask(here: string, ...words: readonly string[]) {
  const asked = terminal({ here, clock });
  const code = await asked.run(...words);
  return { code, out: asked.out(), err: asked.err(), values: asked.values };
}

const MINE = `
firm: Mine
venue: none
every:
  title: Mine
  sources: ["secondary: ours"]
  verified: 2026-11-01
  products: [ES, MES]
  hours:
    opensAt: 17:00 CT
    flatBy: 15:10 CT
    earlyClose: { minutesBefore: 15, counts: account }
    calendarUntil: 2027-12-31
  hedging: { kind: allowed }
  copying: allowed
  automation: { kind: forbidden }
  micros: { perMini: 10, mixing: allowed }
  stage: { kind: live }
  start: 10000
  dailyLimit: { kind: none }
  size: { minis: 1 }
plans:
  small:
    floor: { kind: static, loss: 1000 }
`;

function withPacks(files: Readonly<Record<string, string>>, config = "{}"): string {
  const here = temporaryFolder();
  mkdirSync(join(here, "packs"));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(here, "packs", name), text);
  writeFileSync(join(here, "config.yaml"), config);
  return here;
}

describe("rules list", () => {
  test("shows the plans of six firms, and which figures are old", async () => {
    const { code, out, err } = await ask(temporaryFolder(), "rules", "list");
    expect(code).toBe(0);
    expect(out.split("\n")).toHaveLength(80);
    expect(out).toMatch(
      /^topstep\/combine-50k +evaluation +\$2000\.00 +end-of-day +- +5 +allowed +2026-09-23$/m,
    );
    expect(err.split("\n")).toContain(
      "topstep, 6 plans: figures of 2026-04-08, 229 days old; compare them with their source",
    );
    expect(err).not.toContain("2026-09-23");
  });

  test("has packs of one's own, by the command or by the configuration", async () => {
    const here = withPacks({ "apex.yaml": MINE }, "rulePacks: ./packs\nrulePackDaysMax: 3000");
    const configured = await ask(here, "rules", "list", "--json");
    const apex = configured
      .values()
      .map((plan) => (plan as { id: string }).id)
      .filter((id) => id.startsWith("apex/"));
    expect(apex).toEqual(["apex/small"]);
    expect(configured.err).toBe("");
    writeFileSync(join(here, "config.yaml"), "{}");
    const named = await ask(here, "rules", "list", "--packs", "packs", "--days-max", "22");
    expect(named.out).toMatch(/^apex\/small /m);
    expect(named.err).not.toContain("apex");
    const stricter = await ask(here, "rules", "list", "--packs", "packs", "--days-max", "21");
    expect(stricter.err).toContain("apex/small: figures of 2026-11-01, 22 days old");
  });

  test("is refused with a pack that is wrong, or a configuration that is", async () => {
    const here = withPacks({ "x.yaml": `${MINE}    flor: 3\n` });
    const { code, out, err } = await ask(here, "rules", "list", "--packs", "packs");
    expect([code, out]).toEqual([2, ""]);
    expect(err).toContain("x.yaml:25:5 plans.small.flor: unknown key; did you mean floor?");
    writeFileSync(join(here, "config.yaml"), "rulePackDaysMax: 0");
    for (const words of [["list"], ["show", "topstep/combine-50k"], ["check", "packs"]]) {
      const refused = await ask(here, "rules", ...words);
      expect(refused.code).toBe(2);
      expect(refused.err).toContain("rulePackDaysMax: expected a whole number from 1 to 3650");
    }
  });
});

describe("a configuration that names rule packs", () => {
  test("is sound if they are", async () => {
    const here = withPacks({ "mine.yaml": MINE }, "rulePacks: ./packs");
    expect((await ask(here, "config", "check")).code).toBe(0);
  });

  test("is refused with them, at start too", async () => {
    const here = withPacks({ "mine.yaml": MINE.replace("2027-12-31", "2026-11-22") });
    writeFileSync(join(here, "config.yaml"), "rulePacks: ./packs");
    for (const words of [["config", "check"], ["start"], ["rules", "list"]]) {
      const { code, err } = await ask(here, ...words);
      expect(code).toBe(2);
      expect(err).toContain(
        "mine.yaml:13:20 every.hours.calendarUntil: the calendar of early closes ended on 2026-11-22",
      );
    }
    writeFileSync(join(here, "config.yaml"), "rulePacks: ./absent");
    const { code, err } = await ask(here, "config", "check");
    expect([code, err]).toEqual([2, expect.stringContaining("absent: there is no such directory")]);
  });
});

describe("rules show", () => {
  test("says all there is, a topic a line", async () => {
    const { code, out, err } = await ask(
      temporaryFolder(),
      ...["rules", "show", "topstep/live-funded-50k"],
    );
    expect(code).toBe(0);
    expect(out).toContain("\nautomation    forbidden: it never starts live\n");
    expect(out).toContain("\nnews          5 min before");
    expect(out).toContain("\n              5 min before");
    expect(err).toBe(
      "topstep/live-funded-50k: figures of 2026-02-28, 268 days old; compare them with their source\n",
    );
  });

  test("is JSON when asked", async () => {
    const { values } = await ask(
      temporaryFolder(),
      ...["rules", "show", "topstep/combine-50k", "--json"],
    );
    expect(values()).toMatchObject([{ id: "topstep/combine-50k", startUsd: 50_000 }]);
  });

  test.each([
    [
      "nothing/here",
      "known: apex, bulenox, myfundedfutures, take-profit-trader, topstep, tradeify",
    ],
    ["myfundedfutures/none", "known: myfundedfutures/rapid-evaluation-50k, "],
    ["toString", "known: apex, "],
  ])("does not know %s", async (plan, hint) => {
    const { code, err } = await ask(temporaryFolder(), "rules", "show", plan);
    expect(code).toBe(2);
    expect(err).toContain(`there is no plan "${plan}"; ${hint}`);
  });
});

describe("rules check", () => {
  test("takes a file or a directory", async () => {
    const here = withPacks({ "mine.yaml": MINE, "other.yaml": MINE });
    const file = await ask(here, "rules", "check", "packs/mine.yaml");
    expect([file.code, file.out, file.err]).toEqual([0, "mine is sound: 1 plan\n", ""]);
    const all = await ask(here, "rules", "check", "packs");
    expect(all.out).toBe("mine is sound: 1 plan\nother is sound: 1 plan\n");
    const json = await ask(here, "rules", "check", "packs/mine.yaml", "--json");
    expect(json.values()).toEqual([{ ok: true, pack: "mine", plans: ["mine/small"] }]);
    const old = await ask(here, "rules", "check", "packs/mine.yaml", "--days-max", "3");
    expect([old.code, old.err]).toEqual([
      0,
      "mine/small: figures of 2026-11-01, 22 days old; compare them with their source\n",
    ]);
  });

  test("names every mistake, and what is not there", async () => {
    const here = withPacks({ "mine.yaml": MINE.replace("loss: 1000", "loss: 10000") });
    const wrong = await ask(here, "rules", "check", "packs/mine.yaml");
    const reason = "a loss of $10000 is all there is: the account begins with $10000";
    const place = "packs/mine.yaml:24:34 plans.small.floor.loss";
    expect([wrong.code, wrong.out]).toEqual([2, ""]);
    expect(wrong.err).toContain(`${place}: ${reason}\n`);
    const json = await ask(here, "rules", "check", "packs/mine.yaml", "--json");
    expect(json.code).toBe(2);
    expect(json.values()).toMatchObject([
      { ok: false, file: "packs/mine.yaml", problems: [{ line: 24, reason }], omitted: 0 },
    ]);
    expect(json.err).toBe("");
    const absent = await ask(here, "rules", "check", "nowhere");
    expect(absent.code).toBe(2);
    expect(absent.err).toContain("nowhere: there is no such directory");
  });
});
