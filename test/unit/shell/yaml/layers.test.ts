import { describe, expect, test } from "vitest";
import type { ConfigLayers } from "../../../../src/ports/config-source.ts";
import { readConfig } from "../../../../src/shell/yaml/config-source.ts";

const FILE = "config.yaml";

const read = (text: string, environment: ConfigLayers["environment"], ...set: string[]) => {
  const said = set.map((word) => {
    const [key = "", value = ""] = word.split("=", 2);
    return { key, value, origin: "--set" };
  });
  return readConfig(text, FILE, undefined, undefined, undefined, { environment, said });
};

function sound(...words: Parameters<typeof read>) {
  const config = read(...words);
  if (!config.ok) throw new Error(config.error.problems.map(({ text }) => text).join("\n"));
  return config.value;
}

function faults(...words: Parameters<typeof read>): readonly string[] {
  const config = read(...words);
  if (config.ok) throw new Error("it was taken");
  return config.error.problems.map(({ text }) => text);
}

const TRADES = "TRADESTREAM_RULES__DEFAULT__LIMITS__TRADES_PER_DAY";
const trades = (config: ReturnType<typeof sound>) =>
  config.settings.ruleSets["default"]?.limits.tradesPerDay;

describe("the order in which values go before each other", () => {
  const key = "rules.default.limits.tradesPerDay";
  test.each<[string, string, Record<string, string>, string[], number]>([
    ["the default", "{}", {}, [], 10],
    ["the file", "rules: {default: {limits: {tradesPerDay: 4}}}", {}, [], 4],
    ["the environment", "rules: {default: {limits: {tradesPerDay: 4}}}", { [TRADES]: "3" }, [], 3],
    ["the command line", "{}", { [TRADES]: "3" }, [`${key}=2`], 2],
    ["what was said last", "{}", {}, [`${key}=2`, `${key}=1`], 1],
  ])("%s", (_, text, environment, set, value) => {
    expect(trades(sound(text, environment, ...set))).toBe(value);
  });

  test("what one layer leaves alone is as in the one before", () => {
    const text = "rules: {default: {limits: {tradesPerDay: 4, positionSize: 3}}}";
    const config = sound(text, { [TRADES]: "2", TRADESTREAM_LOG_LEVEL: "debug" });
    expect(config.settings.ruleSets["default"]?.limits.positionSize).toBe(3);
    expect(config.logLevel).toBe("debug");
  });
});

describe("names of variables", () => {
  test.each<[string, string]>([
    ["TRADESTREAM_PAPER__LIMIT_FILL", "touch"],
    ["TRADESTREAM_PAPER__LIMITFILL", "touch"],
  ])("capitals and single underscores do not matter: %s", (name, value) => {
    expect(sound("{}", { [name]: value }).paper.limitFill).toBe(value);
  });

  test("lists by their places, kinds before what hangs on them, blocks as in the file", () => {
    const config = sound("{}", {
      TRADESTREAM_ACCOUNTS__0__BALANCE: "25000",
      TRADESTREAM_ACCOUNTS__1__ID: "two",
      TRADESTREAM_MARKET__SEED: "7",
      TRADESTREAM_MARKET__KIND: "simulated",
      TRADESTREAM_RULES__DEFAULT__SIZING: "{kind: contracts, A: 2, B: 1, C: 1}",
      TRADESTREAM_SOURCES: "[{kind: stdin}]",
    });
    expect(config.balances.map(({ account }) => account)).toEqual(["paper", "two"]);
    expect(config.market).toMatchObject({ kind: "simulated", seed: 7 });
    expect(config.settings.ruleSets["default"]?.sizing.bySize.A).toBe(2);
    expect(config.sources).toMatchObject([{ kind: "stdin" }]);
  });

  test("a new rule set, and one of the file by its name", () => {
    const text = "rules: {late-days: {limits: {tradesPerDay: 9}}}";
    const config = sound(text, {
      TRADESTREAM_RULES__LATE_DAYS__LIMITS__POSITION_SIZE: "4",
      TRADESTREAM_ACCOUNTS__0__RULES: "late-days",
    });
    expect(config.settings.ruleSets["late-days"]?.limits).toMatchObject({
      tradesPerDay: 9,
      positionSize: 4,
    });
  });

  test("texts that look like numbers stay texts", () => {
    const id = "400000000000000004";
    const config = sound(
      "sources: [{kind: discord, token: 'env:T', channels: [{id: '1234567890123456', authorIds: ['200000000000000002']}]}]",
      { TRADESTREAM_SOURCES__0__CHANNELS__0__ID: id },
    );
    expect(config.sources).toMatchObject([{ channels: [{ id }] }]);
  });
});

describe("secrets", () => {
  const live =
    "broker: {kind: topstepx, userName: jane, apiKey: 'file:./old', accounts: [{id: 1, name: A}]}";
  const keyOf = (environment: Record<string, string>, ...set: string[]) =>
    sound(live, environment, ...set).broker?.apiKey;

  test("a variable that holds one is its place; a file of it goes before; the command line last", () => {
    const name = "TRADESTREAM_BROKER__API_KEY";
    expect(keyOf({})).toEqual({ kind: "file", path: "./old" });
    expect(keyOf({ [name]: "s3cret-of-mine" })).toEqual({ kind: "env", name });
    expect(keyOf({ [name]: "credential:key" })).toEqual({ kind: "credential", name: "key" });
    const file = { [name]: "s3cret-of-mine", [`${name}_FILE`]: "/run/secrets/key" };
    expect(keyOf(file)).toEqual({ kind: "file", path: "/run/secrets/key" });
    expect(keyOf(file, "broker.apiKey=env:OTHER")).toEqual({ kind: "env", name: "OTHER" });
  });

  test("one on the command line is refused with what to do, and not repeated", () => {
    const [fault] = faults(live, {}, "broker.apiKey=s3cret-of-mine");
    expect(fault).toMatch(/^--set broker\.apiKey: expected env:NAME or file:PATH/);
    expect(fault).not.toContain("s3cret");
  });

  test("a variable the file itself names is no key", () => {
    const text = live.replace("file:./old", "env:TRADESTREAM_KEY");
    for (const name of ["TRADESTREAM_KEY", "TRADESTREAM_KEY_FILE"])
      expect(sound(text, { [name]: "x" }).broker?.apiKey).toMatchObject({ kind: "env" });
  });
});

describe("a slip is refused, with the name that was meant", () => {
  test.each<[string, Record<string, string>, string[], RegExp]>([
    [
      "a letter",
      { TRADESTREAM_RULES__DEFAULT__LIMITS__DAILY_LOS: "300" },
      [],
      /^TRADESTREAM_RULES__DEFAULT__LIMITS__DAILY_LOS: .* did you mean TRADESTREAM_RULES__DEFAULT__LIMITS__DAILY_LOSS\?$/,
    ],
    [
      "one underscore for two",
      { TRADESTREAM_RULES_DEFAULT_LIMITS_DAILY_LOSS: "300" },
      [],
      /did you mean TRADESTREAM_RULES__DEFAULT__LIMITS__DAILY_LOSS\?$/,
    ],
    ["no such thing", { TRADESTREAM_QQQQQQQQ: "1" }, [], /there is no such key; `config show/],
    ["nothing in it", { TRADESTREAM_MODE: "" }, [], /^TRADESTREAM_MODE mode: it is set and empty/],
    [
      "a value",
      { [TRADES]: "ten" },
      [],
      new RegExp(
        `^${TRADES} rules\\.default\\.limits\\.tradesPerDay: expected a whole number of at least 1, found "ten"$`,
      ),
    ],
    ["no YAML", { TRADESTREAM_ACCOUNTS: "[{" }, [], /^TRADESTREAM_ACCOUNTS accounts: .*; quote it/],
    [
      "said",
      {},
      ["rules.default.limits.dailyLos=1"],
      /^--set: .* mean rules\.default\.limits\.dailyLoss\?$/,
    ],
    ["a place beyond the list", {}, ["accounts[3].balance=1"], /^--set: there is no such key/],
    [
      "a file for what is no secret",
      { TRADESTREAM_LOG_LEVEL_FILE: "/x" },
      [],
      /^TRADESTREAM_LOG_LEVEL_FILE logLevel: only a secret is read from a file/,
    ],
    [
      "the same key twice",
      { TRADESTREAM_LOG_LEVEL: "info", TRADESTREAM_LOGLEVEL: "debug" },
      [],
      /another variable of the same meaning is set: TRADESTREAM_LOG_LEVEL$/,
    ],
  ])("%s", (_, environment, set, says) => {
    expect(faults("{}", environment, ...set)[0]).toMatch(says);
  });

  test("all of them at once, beside those of the file with their lines", () => {
    const said = faults("mode: papr", { [TRADES]: "ten" });
    expect(said).toEqual([
      expect.stringMatching(/^TRADESTREAM_RULES/),
      expect.stringMatching(/^config\.yaml:1:7 mode: expected/),
    ]);
  });

  test("more than anybody sets by hand", () => {
    const many = Object.fromEntries(
      Array.from({ length: 501 }, (_, at) => [`TRADESTREAM_ACCOUNTS__${at}__ID`, `a${at}`]),
    );
    expect(faults("{}", many)[0]).toMatch(/501 keys are set beside the file; 500 are the most/);
  });

  test("what is not ours is nobody's slip: our version, Kubernetes' services, other programs", () => {
    const environment = {
      ...{ TRADESTREAM_VERSION: "1", TRADESTREAM_SECRETS_DIRECTORY: "/x", PATH: "/bin" },
      ...{ TRADESTREAM_PORT: "tcp://10.0.0.1:80", TRADESTREAM_SERVICE_HOST: "10.0.0.1" },
      ...{ TRADESTREAM_PORT_80_TCP_ADDR: "10.0.0.1", TRADESTREAM_METRICS_SERVICE_PORT: "80" },
    };
    expect(sound("{}", environment)).toEqual(sound("{}", {}));
  });
});
