import { expect, it } from "vitest";
import type { Config } from "../../../../src/core/model/config.ts";
import { DEFAULT_CONFIG, DEFAULT_RULES } from "../../../../src/core/model/defaults.ts";
import { type Format, PLAIN_FORMAT } from "../../../../src/core/model/format.ts";
import { OPEN_ROOM } from "../../../../src/core/model/room.ts";
import { DEFAULT_SCORE } from "../../../../src/core/model/score-table.ts";
import { readConfig } from "../../../../src/shell/yaml/config-source.ts";
import { ok } from "../../../../src/std/result.ts";

const namedRoom = { ...OPEN_ROOM, authors: { ids: [], names: ["JMoney", "Northman"] } };

function configOf(text: string): Config {
  const read = readConfig(text, "config.yaml");
  if (!read.ok) throw new Error(read.error.problems.map((problem) => problem.text).join("\n"));
  return read.value;
}

const rulesOf = (text: string) => configOf(text).settings.ruleSets["default"];

it("nothing written is every default", () => {
  expect(configOf("{}")).toEqual(DEFAULT_CONFIG);
});

const STEPS = { warn: [400], half: null, block: 800, flatten: 950 };

it("every key written arrives in the configuration, in the units of the core", () => {
  const config = configOf(`
mode: paper
dataDirectory: /var/lib/tradestream
logLevel: warning
flattenOnStop: true
paste: false
sources:
  - { kind: chat-file, path: a.txt, once: true, authors: [JMoney, Northman] }
  - { kind: chat-file, path: b.txt }
  - { kind: stdin }
market: { kind: file, path: es.csv, instrument: ES, barPath: low-first }
paper:
  { brackets: none, slippage: 3, limitFill: touch, latency: 1.5s, partials: true, sessions: always-open }
accounts:
  - { id: one, name: First, rules: tight, balance: 25000.50 }
  - { id: two }
rules:
  tight:
    families: [ES, GC]
    tradeAs: { ES: ES, MES: ES }
    shrinkToMicro: false
    sizing: { kind: risk, A: 150, B: 100.25, C: 50 }
    sizeUnstated: refuse
    entry: { kind: market, timeout: 5s }
    exits:
      anchor: fill
      targets: [{ at: 1 R, share: 33.3% }, { at: 28 ticks, share: 20% }, { at: price 6400, share: 40% }]
      breakevenAfter: 0
      onBreakevenPassed: keep
    limits:
      stopDistance: { ES: 2 to 15 points }
      collar: { ES: 4.25 points }
      ageMax: 5s
      duplicateWindow: 1h
      tradesPerDay: 3
      positionSize: 12
      lossPerTrade: 150
      slippage: 4
      dailyLoss: 2.5%
      dailyLossSteps: { warn: [40%], half: off, block: 80%, flatten: 95% }
      consecutiveLosses: 2
      entriesPerMinute: off
      exposure: { ES: 4 }
      total: { dailyLoss: 900, exposure: { GC: 2 } }
      bySize: { A: { tradesPerDay: 1, lossPerTrade: 1% } }
      bySource: { discord: { dailyLoss: 100 } }
      breakers: { drawdown: off, errors: { count: 2, within: 1m, pause: 2m }, slippage: off, feedPause: 5s }
    fees: flat
    adds: allow
    hours:
      entriesFrom: 07:00
      liveEntriesFrom: "09:00"
      entriesUntil: 14:30
      flat: none
      earlyEntries: 30m
      earlyFlat: 15m
      newsBefore: 0s
      newsAfter: 0s
      alwaysOpen: kept
`);
  expect(config).toEqual({
    mode: "paper",
    dataDirectory: "/var/lib/tradestream",
    logLevel: "warning",
    flattenOnStop: true,
    paste: false,
    sources: [
      { kind: "chat-file", path: "a.txt", once: true, room: namedRoom },
      { kind: "chat-file", path: "b.txt", once: false, room: OPEN_ROOM },
      { kind: "stdin", room: OPEN_ROOM },
    ],
    formats: {},
    market: { kind: "file", path: "es.csv", instrument: "ES", barPath: "low-first" },
    paper: {
      brackets: "none",
      slippage: 3,
      limitFill: "touch",
      latency: 1_500,
      partials: true,
      sessions: "always-open",
    },
    balances: [
      { account: "one", balance: 250_005_000 },
      { account: "two", balance: 500_000_000 },
    ],
    settings: {
      accounts: [
        { id: "one", name: "First", rules: "tight", brackets: "none", sessions: "always-open" },
        { id: "two", name: "two", rules: "default", brackets: "none", sessions: "always-open" },
      ],
      ruleSets: {
        default: DEFAULT_RULES,
        tight: {
          tradeAs: { MES: "ES", NQ: "MNQ", YM: "MYM", RTY: "M2K", CL: "MCL", GC: "MGC" },
          sizing: { kind: "risk", bySize: { A: 1_500_000, B: 1_002_500, C: 500_000 } },
          sizeUnstated: null,
          entry: { kind: "market", timeout: 5_000 },
          exits: {
            anchor: "fill",
            targets: [
              { at: { unit: "r", value: 1 }, share: 333 },
              { at: { unit: "ticks", value: 28 }, share: 200 },
              { at: { unit: "price", value: 6400 }, share: 400 },
            ],
            breakevenAfter: 0,
            onBreakevenPassed: "keep",
          },
          limits: {
            stopDistance: { ES: { min: 2, max: 15 }, GC: { min: 0.4, max: 36 } },
            collar: { ES: 4.25, GC: 12 },
            ageMax: 5_000,
            duplicateWindow: 3_600_000,
            tradesPerDay: 3,
            positionSize: 12,
            lossPerTrade: 1_500_000,
            slippage: 4,
            dailyLoss: { limit: { ofBalance: 250 }, steps: STEPS },
            consecutiveLosses: 2,
            exposure: { ES: 4 },
            total: { dailyLoss: { limit: 9_000_000, steps: STEPS }, exposure: { GC: 2 } },
            bySize: { A: { tradesPerDay: 1, lossPerTrade: { ofBalance: 100 } } },
            bySource: { discord: { dailyLoss: 1_000_000 } },
            breakers: {
              errors: { count: 2, within: 60_000, pause: 120_000 },
              feed: { pause: 5_000 },
            },
          },
          fees: { kind: "flat", roundTurn: 25_000 },
          adds: "allow",
          hours: {
            entriesFrom: 420,
            liveEntriesFrom: 540,
            entriesUntil: 870,
            flatFrom: null,
            entriesBeforeEarlyEnd: 1_800_000,
            flatBeforeEarlyEnd: 900_000,
            news: null,
            alwaysOpen: "kept",
          },
        },
      },
    },
  });
});

it("a row left out of a table keeps its default, a list is replaced", () => {
  const rules = rulesOf(`
rules:
  default:
    limits: { collar: { ES: 5 points } }
    exits: { targets: [{ at: 10 points, share: 100% }] }
`);
  expect(rules?.limits.collar).toEqual({ ...DEFAULT_RULES.limits.collar, ES: 5 });
  expect(rules?.limits.stopDistance).toEqual(DEFAULT_RULES.limits.stopDistance);
  expect(rules?.exits.targets).toEqual([{ at: { unit: "points", value: 10 }, share: 1_000 }]);
});

it("a second rule set keeps the built-in defaults, not those of a rewritten default", () => {
  const { ruleSets } = configOf(`
rules:
  default: { limits: { tradesPerDay: 2 } }
  other: { adds: allow }
`).settings;
  expect(ruleSets["default"]?.limits.tradesPerDay).toBe(2);
  expect(ruleSets["other"]).toEqual({ ...DEFAULT_RULES, adds: "allow" });
});

it("the built-in rules stay there for accounts that name none", () => {
  const { ruleSets } = configOf("rules: { other: { adds: allow } }").settings;
  expect(ruleSets["default"]).toEqual(DEFAULT_RULES);
});

it("a letter's contracts and an entry's parts keep their defaults one by one", () => {
  const rules = rulesOf(
    "rules: { default: { sizing: { kind: contracts, C: 2 }, entry: { kind: limit, chase: 1 point } } }",
  );
  expect(rules?.sizing).toEqual({ kind: "contracts", bySize: { A: 3, B: 2, C: 2 } });
  expect(rules?.entry).toEqual({
    kind: "limit",
    chase: { unit: "points", value: 1 },
    timeout: 30_000,
  });
});

it("sizing and entry are of their usual kind unless they name another", () => {
  const rules = rulesOf("rules: { default: { sizing: { A: 4 }, entry: { chase: 2 points } } }");
  expect(rules?.sizing).toEqual({ kind: "contracts", bySize: { A: 4, B: 2, C: 1 } });
  expect(rules?.entry).toMatchObject({ kind: "limit", chase: { unit: "points", value: 2 } });
});

it("a chase is allowed below Target 1 in every pair of units", () => {
  const accepted = (chase: string, at: string, families: string): boolean =>
    readConfig(
      `rules: { default: { families: [${families}],
        entry: { kind: limit, chase: ${chase} },
        exits: { targets: [{ at: ${at}, share: 100% }] } } }`,
      "config.yaml",
    ).ok;
  expect(accepted("20% of stop", "0.21 R", "ES")).toBe(true);
  expect(accepted("20% of stop", "0.2 R", "ES")).toBe(false);
  expect(accepted("6.75 points", "28 ticks", "ES")).toBe(true);
  expect(accepted("0.75 points", "1 R", "ES")).toBe(true);
  expect(accepted("1 point", "1 R", "ES")).toBe(false);
  expect(accepted("99 points", "price 6400", "ES")).toBe(true);
  // Elsewhere with the smallest stop alone: 20% of NQ's widest stop would be 24 points.
  expect(accepted("20% of stop", "7 points", "NQ")).toBe(true);
  expect(accepted("100% of stop", "0.04 points", "CL")).toBe(false);
});

const PACK: Format = { ...PLAIN_FORMAT, name: "room", authors: { ids: ["1"], names: [] } };

function withPack(text: string): Config {
  const read = readConfig(text, "config.yaml", () => ok({ room: PACK }));
  if (!read.ok) throw new Error(read.error.problems.map((problem) => problem.text).join("\n"));
  return read.value;
}

it("a dead man's switch and the web are there where they are named", () => {
  const plain = withPack("{}");
  expect([plain.health, plain.web]).toEqual([undefined, undefined]);
  const { health, web } = withPack(`
health: { ping: { url: env:PING_URL } }
web: { port: 9469, token: file:./web-token }`);
  const url = { kind: "env", name: "PING_URL" };
  expect(health).toEqual({ ping: { url, every: 300_000 } });
  expect(web).toEqual({ port: 9_469, token: { kind: "file", path: "./web-token" } });
  expect(withPack("web: { port: 0 }").web).toEqual({ port: 0, token: null });
  expect(() => withPack("web: { port: 70000 }")).toThrow(/from 0 to 65535, or "off"/);
  expect(() => withPack("health: { ping: { url: 'https://x.example/y' } }")).toThrow(/env:NAME/);
  expect(() => withPack("health: { ping: { every: 1s } }")).toThrow(/from 30s to 24h/);
});

it("backups are kept where something differs from the usual", () => {
  const key = `age1${"q".repeat(58)}`;
  const usual = { every: 6 * 3_600_000, recipients: [], copyTo: null };
  const backupsOf = (text: string) => withPack(`backups: ${text}`).backups;
  expect(withPack("{}").backups).toBeUndefined();
  expect(backupsOf("{ every: 360m, copyTo: none }")).toBeUndefined();
  expect(backupsOf("{ every: off }")).toEqual({ ...usual, every: null });
  expect(backupsOf("{ copyTo: ./other }")).toEqual({ ...usual, copyTo: "./other" });
  expect(backupsOf(`{ recipients: [${key}] }`)).toEqual({ ...usual, recipients: [key] });
  expect(() => backupsOf("{ every: 5m }")).toThrow(/a duration from 15m to 24h/);
  expect(() => backupsOf("{ recipients: [AGE-SECRET-KEY-1] }")).toThrow(/a public key of age/);
});

it("rule packs of one's own are kept where something differs from the usual", () => {
  expect(withPack("{}").rulePacks).toBeUndefined();
  expect(withPack("rulePacks: none\nrulePackDaysMax: 90").rulePacks).toBeUndefined();
  expect(withPack("rulePacks: ./mine").rulePacks).toEqual({ directory: "./mine", daysMax: 90 });
  expect(withPack("rulePackDaysMax: 30").rulePacks).toEqual({ directory: null, daysMax: 30 });
});

it("an account says for itself what its group and its rules do not say for it", () => {
  const { settings } = configOf(`
groups:
  half: { rules: tight, ratio: 0.5, opposing: allow, owner: anna }
  small: { sizing: { A: 2, B: 1, C: 1 }, tradeAs: { NQ: NQ } }
accounts:
  - { id: one, group: half }
  - { id: two, group: half, ratio: 0.25, rules: default, opposing: refuse, owner: olga }
  - { id: three, group: half, sizing: { A: 4, B: 3, C: 2 }, tradeAs: { ES: ES } }
  - { id: four, group: small }
  - { id: five, group: small, ratio: 1 }
  - { id: six, ratio: 0.5, rules: tight }
  - { id: seven }
rules:
  tight: { tradeAs: { NQ: NQ } }
`);
  const { accounts, ruleSets } = settings;
  expect(accounts.map(({ id, rules, owner, opposing }) => [id, rules, owner, opposing])).toEqual([
    ["one", "tight at 0.5", "anna", "allow"],
    ["two", "default at 0.25", "olga", undefined],
    ["three", "tight for three", "anna", "allow"],
    ["four", "default of small", undefined, undefined],
    ["five", "default of small", undefined, undefined],
    ["six", "tight at 0.5", undefined, undefined],
    ["seven", "default", undefined, undefined],
  ]);
  const { tight, default: usual } = ruleSets;
  expect(ruleSets["tight at 0.5"]).toEqual({ ...tight, sizing: { ...tight?.sizing, ratio: 500 } });
  expect(ruleSets["tight for three"]).toEqual({
    ...tight,
    sizing: { kind: "contracts", bySize: { A: 4, B: 3, C: 2 } },
    tradeAs: { YM: "MYM", RTY: "M2K", CL: "MCL", GC: "MGC" },
  });
  expect(ruleSets["default of small"]?.sizing.bySize.A).toBe(2);
  expect(ruleSets["default of small"]?.tradeAs.NQ).toBeUndefined();
  expect(ruleSets["default of small"]?.limits).toEqual(usual?.limits);
  expect(Object.keys(ruleSets)).toHaveLength(6);
});

it("an account at the venue has the same, and so has its twin", () => {
  const { settings } = configOf(`
mode: twin
market: { kind: topstepx }
groups: { half: { ratio: 0.5 } }
broker:
  kind: topstepx
  userName: jane
  apiKey: env:KEY
  accounts: [{ id: 4711, name: PRAC, group: half, owner: anna }]
`);
  const own = { rules: "default at 0.5", group: "half", owner: "anna" };
  expect(settings.accounts).toMatchObject([own, own]);
});

it("a channel has its authors, format, group, mode and patience", () => {
  const { sources, formats, formatsDirectory, settings } = withPack(`
formats: ./packs
confirmFor: 90s
accounts: [{ id: one, group: morning }, { id: two }]
sources:
  - kind: discord
    token: file:/run/secrets/bot
    restUrl: http://127.0.0.1:4000/api
    gatewayUrl: ws://localhost:4001
    approvers: ["11111111111111111"]
    approvalChannel: "55555555555555555"
    channels:
      - { id: "22222222222222222", name: jmoney, authorIds: ["33333333333333333"], group: morning }
      - { id: "44444444444444444", format: room, mode: confirm, confirmFor: 30s }
  - { kind: stdin, mode: confirm, authors: [JMoney] }
`);
  expect(settings.accounts.map(({ group }) => group)).toEqual(["morning", undefined]);
  expect({ formats, formatsDirectory }).toEqual({
    formats: { room: PACK },
    formatsDirectory: "./packs",
  });
  expect(sources).toEqual([
    {
      kind: "discord",
      token: { kind: "file", path: "/run/secrets/bot" },
      restUrl: "http://127.0.0.1:4000/api",
      gatewayUrl: "ws://localhost:4001",
      approvers: ["11111111111111111"],
      approvalChannel: "55555555555555555",
      channels: [
        {
          id: "22222222222222222",
          name: "jmoney",
          room: {
            authors: { ids: ["33333333333333333"], names: [] },
            format: PLAIN_FORMAT,
            group: "morning",
            mode: "shadow",
            approvalFor: 90_000,
          },
        },
        {
          id: "44444444444444444",
          name: "44444444444444444",
          room: { ...OPEN_ROOM, format: PACK, mode: "confirm", approvalFor: 30_000 },
        },
      ],
    },
    {
      kind: "stdin",
      room: {
        ...OPEN_ROOM,
        authors: { ids: [], names: ["JMoney"] },
        mode: "confirm",
        approvalFor: 90_000,
      },
    },
  ]);
});

it("a webhook begins in shadow, on this machine alone", () => {
  const room = { ...OPEN_ROOM, mode: "shadow" };
  const { sources } = configOf(`
sources:
  - kind: webhook
    hooks: [{ name: tv, token: env:HOOK, addresses: [tradingview, 192.0.2.0/24, 52.89.214.238, "::1", "2001:db8::/32"] }, { name: phone, token: env:PHONE }]
  - kind: webhook
    listen: "[::1]:0"
    signed: [{ name: relay, secrets: [env:NEW, env:OLD] }]
`);
  const env = (name: string) => ({ kind: "env", name });
  expect(sources).toEqual([
    {
      kind: "webhook",
      host: "127.0.0.1",
      port: 8787,
      hooks: [
        {
          ...{ name: "tv", token: env("HOOK"), room },
          addresses: ["tradingview", "192.0.2.0/24", "52.89.214.238", "::1", "2001:db8::/32"],
        },
        { name: "phone", token: env("PHONE"), addresses: null, room },
      ],
      signed: [],
    },
    {
      kind: "webhook",
      host: "::1",
      port: 0,
      hooks: [],
      signed: [{ name: "relay", secrets: [env("NEW"), env("OLD")], room }],
    },
  ]);
});

it("limits of the day can be taken away one by one, and a wrong one is named with what may stand there", () => {
  const rules = rulesOf(`
rules:
  default:
    limits:
      dailyLoss: off
      consecutiveLosses: off
      breakers: { errors: { count: off } }
`);
  expect(rules?.limits.dailyLoss).toBeUndefined();
  expect(rules?.limits.total).toBeUndefined();
  expect(rules?.limits.consecutiveLosses).toBeUndefined();
  expect(rules?.limits.breakers?.errors).toBeUndefined();
});

it.each([
  ["dailyLoss: 101%", "dollars above 0"],
  ["dailyLoss: much", "dollars above 0"],
  ["dailyLoss: 0", "dollars above 0"],
  ["consecutiveLosses: 0", 'a whole number from 1 to 100, or "off"'],
  ["exposure: { MES: 4 }", "contracts by product family"],
  ["exposure: { ES: 0 }", "contracts by product family"],
  ["dailyLossSteps: { half: 101% }", 'or "off"'],
  ["total: { dailyLoss: none }", '"same" or "off"'],
])("%s is refused with what may stand there", (line, words) => {
  const read = readConfig(`rules: { default: { limits: { ${line} } } }`, "x");
  expect(JSON.stringify(read)).toContain(JSON.stringify(words).slice(1, -1));
});

const scoreIn = (text: string) => rulesOf(`rules: { default: { score: ${text} } }`)?.score;

const problemsIn = (text: string): readonly string[] => {
  const read = readConfig(`rules: { default: { score: ${text} } }`, "config.yaml");
  return read.ok ? [] : read.error.problems.map((problem) => problem.text);
};

it("a risk score as usual is none of the settings, and what differs from it is", () => {
  expect(scoreIn("{}")).toBeUndefined();
  expect(scoreIn("{ cutOff: 80 }")).toEqual({ cutOff: 80 });
  expect(
    scoreIn('{ sizeCurve: [{ from: 50, share: "75%" }, { from: 65, share: "50%" }] }'),
  ).toEqual({
    sizeCurve: [
      { from: 50, share: 750 },
      { from: 65, share: 500 },
    ],
  });
  expect(scoreIn("{ unknown: 100 }")).toEqual({ model: { ...DEFAULT_SCORE, unknown: 100 } });
  const curves = { ...DEFAULT_SCORE.curves, streak: [{ at: 1, points: 100 }] };
  const weights = { ...DEFAULT_SCORE.weights, streak: 20, time: 0 };
  expect(
    scoreIn("{ weights: { streak: 20, time: 0 }, curves: { streak: [{ at: 1, points: 100 }] } }"),
  ).toEqual({ model: { ...DEFAULT_SCORE, weights, curves } });
});

it("a risk score that could rise with safety, or never be used, is refused with its key", () => {
  expect(problemsIn("{ weights: { streak: 20 } }")).toEqual([
    expect.stringMatching(/rules\.default\.score\.weights: .*add up to 105/),
  ]);
  expect(
    problemsIn("{ curves: { time: [{ at: 0, points: 10 }, { at: 9, points: 20 }] } }"),
  ).toEqual([expect.stringMatching(/score\.curves\.time: points rise from 10 to 20/)]);
  const steps = (text: string, more = "") => problemsIn(`{ ${more} sizeCurve: [${text}] }`);
  const [half, less] = ['{ from: 60, share: "50%" }', '{ from: 70, share: "50%" }'];
  expect(steps(`${half}, ${half}`)).toEqual([
    expect.stringMatching(/sizeCurve\[?\.?1\]?.*60 does not come after 60/),
  ]);
  expect(steps(`${half}, ${less}`)).toEqual([
    expect.stringMatching(/50% is not less than the 50% of the lower score/),
  ]);
  expect(steps(half, "cutOff: 60,")).toEqual([expect.stringMatching(/never used/)]);
  expect(problemsIn("{ cutOff: 101 }")).toHaveLength(1);
  expect(problemsIn("{ cutof: 80 }")).toEqual([expect.stringMatching(/did you mean cutOff\?/)]);
});
