/** The commands about the configuration on real files: asked for, shown, compared, rolled back. */
import {
  chmodSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { run as runBuilt, start as startBuilt } from "../kit/built-program.ts";
import { temporaryFolder } from "../kit/temporary-folder.ts";
import { type TerminalOptions, terminal } from "../kit/terminal.ts";

async function ask(options: Omit<TerminalOptions, "here"> & { here: string }, ...words: string[]) {
  const screen = terminal(options);
  const code = await screen.run(...words);
  return { code, out: screen.out(), err: screen.err(), values: screen.values };
}

const inFolder = (text: string): string => {
  const here = temporaryFolder();
  writeFileSync(join(here, "config.yaml"), text);
  return here;
};

const limits = (trades: number, more = ""): string =>
  `rules:\n  default:\n    limits: { tradesPerDay: ${trades} }\n${more}`;

describe("config show", () => {
  test("says of each key what holds and where it came from, and of a secret only its place", async () => {
    const here = inFolder(
      "logLevel: debug\nsources:\n  - kind: webhook\n    listen: 127.0.0.1:0\n    hooks: [{ name: tv, token: env:HOOK, mode: shadow }]\n    signed: [{ name: desk, secrets: [file:./gone], mode: shadow }]\n",
    );
    const environment = { TRADESTREAM_PAPER__SLIPPAGE: "3" };
    const shown = await ask(
      { here, environment },
      ...["config", "show", "--set", "mode=paper", "--data", "elsewhere"],
    );
    expect(shown).toMatchObject({ code: 0, err: "" });
    const lines = shown.out.split("\n").map((line) => line.split(/ {2,}/));
    expect(lines).toContainEqual(["logLevel", "debug", expect.stringMatching(/config\.yaml:1$/)]);
    expect(lines).toContainEqual(["paper.slippage", "3", "TRADESTREAM_PAPER__SLIPPAGE"]);
    expect(lines).toContainEqual(["mode", "paper", "--set"]);
    expect(lines).toContainEqual(["dataDirectory", "elsewhere", "--data"]);
    expect(shown.out).toMatch(/hooks\[0\]\.token +not set: env:HOOK: there is no such variable/);
    expect(shown.out).toMatch(/signed\[0\]\.secrets\[0\] +not set: file:\S+gone: cannot be read/);
    expect(shown.out).not.toContain("flattenOnStop");
  });

  test("knows a secret that is there, and never prints it", async () => {
    const here = inFolder(
      "sources:\n  - kind: webhook\n    hooks: [{ name: tv, token: file:./token, mode: shadow }]\n",
    );
    const secret = "canary-0123456789abcdef-0123456789";
    writeFileSync(join(here, "token"), secret, { mode: 0o600 });
    const shown = await ask({ here }, "config", "show", "--json");
    const [{ keys }] = shown.values() as [{ keys: { key: string; value: string }[] }];
    const told = keys.find(({ key }) => key === "sources[0].hooks[0].token");
    expect(told?.value).toBe("set, from file:./token");
    expect(shown.out).not.toContain(secret);
  });

  test("--effective lists the defaults too, rule sets included, and what is broken leaves with 2", async () => {
    const here = inFolder("{}");
    const { out } = await ask({ here }, "config", "show", "--effective");
    expect(out).toMatch(/^rules\.default\.limits\.dailyLoss +500 +default$/m);
    expect(out.split("\n").length).toBeGreaterThan(100);
    writeFileSync(join(here, "config.yaml"), "mode: papr");
    const broken = await ask({ here }, "config", "show", "--json");
    expect([broken.code, broken.values()]).toMatchObject([2, [{ ok: false }]]);
    expect(await ask({ here: temporaryFolder() }, "config", "show")).toMatchObject({ code: 2 });
  });
});

describe("a value that is set beside the file", () => {
  test("is refused where it cannot be read, or where there is no file, in the same words", async () => {
    const here = inFolder("{}");
    const slip = { TRADESTREAM_LOG_LEVL: "debug" };
    expect(await ask({ here, environment: slip }, "config", "check")).toMatchObject({
      ...{ code: 2, err: expect.stringContaining("did you mean TRADESTREAM_LOG_LEVEL?") },
    });
    const wrong = await ask({ here }, "config", "check", "--set", "mode=papr", "--json");
    expect(wrong.values()).toMatchObject(
      [{ problems: [{ file: "--set", line: null, key: "mode", reason: /./ }] }].map((one) => ({
        problems: [{ ...one.problems[0], reason: expect.any(String) }],
      })),
    );
    const absent = await ask({ here: temporaryFolder() }, "config", "check", "--set", "mode=paper");
    expect(absent).toMatchObject({
      code: 2,
      err: expect.stringContaining("--set mode: there is no"),
    });
  });
});

describe("config init", () => {
  const typed = async (here: string, ...keys: readonly [string, string][]) => {
    const screen = terminal({ here, isTTY: true });
    const code = screen.run("config", "init");
    for (const [shown, key] of keys) {
      await screen.shows(shown);
      screen.type(key);
    }
    return { code: await code, err: screen.err() };
  };
  const ENTER = "\r";

  test("asks on a terminal, asks again where an answer cannot be, and writes what is sound", async () => {
    const here = temporaryFolder();
    const { code, err } = await typed(
      here,
      ["Where do alerts come from?", ENTER],
      ["Which prices?", ENTER],
      ["Balance of the paper account", `25000${ENTER}`],
      ["The most one trade may lose", `ten${ENTER}`],
      ["expected dollars above 0", `150${ENTER}`],
      ["The most one day may lose", ENTER],
      ["Trades a day at most", `4${ENTER}`],
    );
    expect(code).toBe(0);
    expect(err).toContain("found");
    const text = readFileSync(join(here, "config.yaml"), "utf8");
    expect(text).toMatch(/^ {4}balance: 25000$/m);
    expect(text).toMatch(/^ {6}lossPerTrade: 150 +# dollars/m);
    expect(text).toMatch(/^ {6}tradesPerDay: 4 +# on one CME/m);
    expect(await ask({ here }, "config", "check")).toMatchObject({ code: 0 });
  });

  test("broken off it writes nothing; --defaults asks nothing", async () => {
    const here = temporaryFolder();
    const { code, err } = await typed(here, ["Where do alerts come from?", "\u0003"]);
    expect([code, readdirSync(here)]).toEqual([2, []]);
    expect(err).toContain("nothing is written");
    const plain = await ask({ here, isTTY: true }, "config", "init", "--defaults");
    expect(plain).toMatchObject({ code: 0, out: expect.stringContaining("is written") });
  });
});

describe.skipIf(process.platform === "win32")("versions of a configuration", () => {
  test("are kept by the running program, listed, compared and gone back to", async () => {
    const here = inFolder(limits(5));
    const file = join(here, "config.yaml");
    const running = startBuilt(here, "start");
    await running.shows("agrees with the venue");
    writeFileSync(file, limits(3, "logLevel: debug\n"));
    await running.shows("tradesPerDay 3 (was 5)");
    const history = await runBuilt(here, "config", "history");
    expect(history.out).toMatch(
      /^1 {2}\S+Z {2}the first that is listed\n2 {2}\S+Z {2}.*tradesPerDay 3 \(was 5\).*\n$/,
    );
    const diff = await runBuilt(here, "config", "diff", "1", "2");
    expect(diff.out).toContain("a reload takes: rules.default.limits.tradesPerDay 3 (was 5)");
    chmodSync(file, 0o640);
    const back = await runBuilt(here, "config", "rollback", "1");
    expect(back.out).toContain("waits for a restart: rules.default.limits.tradesPerDay 5 (was 3)");
    expect([readFileSync(file, "utf8"), statSync(file).mode & 0o777]).toEqual([limits(5), 0o640]);
    await running.shows("waiting for a restart rules.default.limits.tradesPerDay 5 (was 3)");
    const again = await runBuilt(here, "config", "rollback", "2", "--json");
    expect(JSON.parse(again.out)).toMatchObject({ ok: true, version: 2 });
    running.child.kill("SIGTERM");
    expect(await running.ended).toBe(0);
    expect(readFileSync(file, "utf8")).toBe(limits(3, "logLevel: debug\n"));
  });

  test("that are not there, broken, a link or live are refused, and the file stays", async () => {
    const here = inFolder(limits(5));
    const file = join(here, "config.yaml");
    const running = startBuilt(here, "start", "--data", "data");
    await running.shows("agrees with the venue");
    running.child.kill("SIGTERM");
    await running.ended;
    const folder = join(here, "data", "config-history");
    expect(readdirSync(folder)).toHaveLength(1);
    const live = `mode: live\nmarket: { kind: topstepx }\nbroker: { kind: topstepx, userName: jane, apiKey: env:K, accounts: [{ id: 7, name: A }] }\n`;
    writeFileSync(join(folder, "0002-2026-01-01T00-00-00Z.yaml"), live);
    writeFileSync(join(folder, "0003-2026-01-01T00-00-00Z.yaml"), "mode: papr");
    const said = async (...words: string[]) => {
      const { code, err } = await runBuilt(here, "config", ...words);
      expect([code, readFileSync(file, "utf8")]).toEqual([2, limits(5)]);
      return err;
    };
    expect(await said("rollback", "9")).toContain("there is no version 9: there are 1 to 3");
    expect(await said("rollback", "3")).toContain("mode: expected paper, live or twin");
    expect(await said("rollback", "2")).toContain("it says mode: live, and paper is in force");
    expect(await said("diff", "1", "9")).toContain("there is no version 9");
    expect(await said("diff", "gone.yaml")).toContain("there is no such file");
    expect((await runBuilt(here, "config", "history", "--json")).out).toContain("cannot be read");
    const linked = temporaryFolder();
    symlinkSync(file, join(linked, "config.yaml"));
    const words = ["config", "rollback", "1", "--data", join(here, "data")];
    expect((await runBuilt(linked, ...words)).err).toContain("is a link");
  });
});
