import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DEFAULT_CONFIG } from "../../../../src/core/model/defaults.ts";
import type { ConfigFault } from "../../../../src/ports/config-source.ts";
import { readConfig, yamlConfigSource } from "../../../../src/shell/yaml/config-source.ts";

/** What a person would read, one line for each mistake. */
function complaints(text: string): readonly string[] {
  const read = readConfig(text, "config.yaml");
  return read.ok ? [] : read.error.problems.map((problem) => problem.text);
}

const inRules = (line: string): string => `rules:\n  default:\n    ${line}`;
const inLimits = (line: string): string => inRules(`limits: { ${line} }`);
const inExits = (line: string): string => inRules(`exits: { ${line} }`);

const discord = (channel: string): string =>
  `accounts: [{ id: &one "12345678901234567" }]\nsources: [{ kind: discord, token: env:BOT, channels: [{ ${channel} }] }]`;
const webhook = (keys: string): string => `sources: [{ kind: webhook, ${keys} }]`;

/** The places are those of `inRules`, `inLimits` and `inExits`: line 3. */
const ONE_MISTAKE: readonly (readonly [mistake: string, text: string, complaint: string])[] = [
  // The file as a whole.
  ["an empty file", "", "config.yaml:1:1: the file holds nothing; {} stands for all defaults"],
  [
    "nothing but comments",
    "# mode: paper\n",
    "config.yaml:1:1: the file holds nothing; {} stands for all defaults",
  ],
  ["a list", "- mode: paper", "config.yaml:1:1: expected a block of keys, found a list"],
  ["a word", "paper", 'config.yaml:1:1: expected a block of keys, found "paper"'],
  [
    "two documents",
    "mode: paper\n---\nmode: paper\n",
    "config.yaml:2:1: a second document begins here; one is all there may be",
  ],
  ["a tab", "market:\n\tkind: none", "config.yaml:2:1: Tabs are not allowed as indentation"],
  ["a quote left open", 'mode: "paper', 'config.yaml:1:13: Missing closing "quote'],
  [
    "a key twice",
    "mode: paper\nmode: paper",
    "config.yaml:2:1: a key of this name is there already",
  ],
  ["a tag", "mode: !word paper", "config.yaml:1:7: Unresolved tag: !word"],
  ["a list as a key", "? [a]\n: b", "config.yaml:1:3: a key has to be a plain word"],
  ["an alias of nothing", "mode: *usual", "config.yaml:1:7: there is no anchor &usual before this"],

  // Keys nobody knows.
  [
    "an unknown key near a known one",
    "mod: paper",
    "config.yaml:1:1 mod: unknown key; did you mean mode?",
  ],
  [
    "an unknown key far from any",
    "accounts: [{ broker: x }]",
    "config.yaml:1:14 accounts[0].broker: unknown key; known here: id, name, group, rules, ratio, sizing, tradeAs, owner, opposing, balance, plan, floorBuffer, soFar",
  ],
  [
    "an unknown key in a rule set",
    inLimits("tradesPrDay: 1"),
    "config.yaml:3:15 rules.default.limits.tradesPrDay: unknown key; did you mean tradesPerDay?",
  ],
  [
    "a micro where a family belongs",
    inLimits("collar: { MNQ: 1 point }"),
    "config.yaml:3:25 rules.default.limits.collar.MNQ: unknown key; did you mean NQ?",
  ],
  [
    "an unknown key with invisible letters",
    '"mo\\u202Ede": paper',
    'config.yaml:1:1 "mo\\u202ede": unknown key; did you mean mode?',
  ],

  // Values of the wrong kind.
  [
    "live trading without a venue",
    "mode: live",
    "config.yaml:1:7 mode: live needs a venue; name it under broker (kind: topstepx)",
  ],
  [
    "another mode",
    "mode: demo",
    'config.yaml:1:7 mode: expected paper, live or twin, found "demo"',
  ],
  ["a word for a flag", "paste: yes", 'config.yaml:1:8 paste: expected true or false, found "yes"'],
  [
    "an unknown word",
    "logLevel: loud",
    'config.yaml:1:11 logLevel: expected error, warning, info or debug, found "loud"',
  ],
  [
    "a key without a value",
    "logLevel:\npaste: true",
    "config.yaml:1:1 logLevel: expected error, warning, info or debug, found nothing",
  ],
  [
    "an empty path",
    'dataDirectory: ""',
    'config.yaml:1:16 dataDirectory: expected the path of a directory, found ""',
  ],
  [
    "a path with a control character",
    'dataDirectory: "a\\u0000b"',
    'config.yaml:1:16 dataDirectory: expected the path of a directory, found "a\\u0000b"',
  ],
  [
    "a word for a number",
    inLimits("tradesPerDay: ten"),
    'config.yaml:3:29 rules.default.limits.tradesPerDay: expected a whole number of at least 1, found "ten"',
  ],
  [
    "a fraction of a contract",
    inLimits("positionSize: 1.5"),
    "config.yaml:3:29 rules.default.limits.positionSize: expected a whole number from 1 to 1000, found 1.5",
  ],
  [
    "no contract",
    inRules("sizing: { kind: contracts, A: 0 }"),
    "config.yaml:3:35 rules.default.sizing.A: expected a whole number from 1 to 1000, found 0",
  ],
  [
    "a negative amount",
    inLimits("lossPerTrade: -200"),
    'config.yaml:3:29 rules.default.limits.lossPerTrade: expected dollars above 0 such as 200 or a part of the balance such as "1.5%", found -200',
  ],
  [
    "an amount finer than money is counted",
    inLimits("lossPerTrade: 0.00001"),
    'config.yaml:3:29 rules.default.limits.lossPerTrade: expected dollars above 0 such as 200 or a part of the balance such as "1.5%", found 0.00001',
  ],
  [
    "an amount without end",
    inLimits("lossPerTrade: .inf"),
    'config.yaml:3:29 rules.default.limits.lossPerTrade: expected dollars above 0 such as 200 or a part of the balance such as "1.5%", found Infinity',
  ],
  [
    "an amount with a dollar sign",
    inLimits("lossPerTrade: $200"),
    'config.yaml:3:29 rules.default.limits.lossPerTrade: expected dollars above 0 such as 200 or a part of the balance such as "1.5%", found "$200"',
  ],
  [
    "a duration without a unit",
    inLimits("ageMax: 10"),
    'config.yaml:3:23 rules.default.limits.ageMax: expected a duration from 1s to 10m such as "500ms", "10s" or "5m", found 10',
  ],
  [
    "a duration beyond its bounds",
    inLimits("ageMax: 2h"),
    'config.yaml:3:23 rules.default.limits.ageMax: expected a duration from 1s to 10m such as "500ms", "10s" or "5m", found "2h"',
  ],
  [
    "a stop band upside down",
    inLimits("stopDistance: { ES: 30 to 1 points }"),
    'config.yaml:3:35 rules.default.limits.stopDistance.ES: expected a smallest and a larger distance such as "1 to 30 points", found "30 to 1 points"',
  ],
  [
    "a collar without a unit",
    inLimits("collar: { ES: 10 }"),
    'config.yaml:3:29 rules.default.limits.collar.ES: expected a distance above 0 such as "10 points", found 10',
  ],
  [
    "a target without a unit",
    inExits("targets: [{ at: 7, share: 50% }]"),
    'config.yaml:3:30 rules.default.exits.targets[0].at: expected a distance above 0 such as "7 points", "28 ticks", "0.7 R" or "price 6340", found 7',
  ],
  [
    "a target without a share",
    inExits("targets: [{ at: 7 points }]"),
    'config.yaml:3:24 rules.default.exits.targets[0].share: expected a share above 0% and up to 100% such as "50%", found nothing',
  ],
  [
    "no target",
    inExits("targets: []"),
    "config.yaml:3:23 rules.default.exits.targets: expected a list of 1 to 10 targets, found an empty list",
  ],
  [
    "a market for ES alerts of another family",
    inRules("tradeAs: { ES: MNQ }"),
    'config.yaml:3:20 rules.default.tradeAs.ES: expected ES or MES, found "MNQ"',
  ],
  [
    "an entry of another kind",
    inRules("entry: { kind: stop }"),
    'config.yaml:3:20 rules.default.entry.kind: expected limit or market, found "stop"',
  ],
  [
    "a market without its kind",
    "market: { path: es.csv }",
    "config.yaml:1:9 market.kind: expected none, simulated, file or topstepx, found nothing",
  ],
  [
    "an entry that is a word",
    inRules("entry: market"),
    'config.yaml:3:12 rules.default.entry: expected a block of keys, found "market"',
  ],
  [
    "a chase at the market",
    inRules("entry: { kind: market, chase: 2 points }"),
    "config.yaml:3:28 rules.default.entry.chase: unknown key; known here: kind, timeout",
  ],
  [
    "unknown fees",
    inRules("fees: 2.50"),
    'config.yaml:3:11 rules.default.fees: expected "table", "none", "flat" or, with dollars a contract and round turn, "flat 3.10", found 2.5',
  ],
  [
    "rules that are a list",
    "rules: [default]",
    "config.yaml:1:8 rules: expected a block of rule sets, each under its name, found a list",
  ],
  [
    "a rule set with a bad name",
    "rules: { My Rules: {} }",
    'config.yaml:1:10 rules."My Rules": a rule set is named by small letters, digits and hyphens, a letter first',
  ],
  [
    "a simulated market off the tick grid",
    "market: { kind: simulated, startPrice: 6000.1 }",
    "config.yaml:1:40 market.startPrice: expected a price of ES in points, in steps of 0.25, such as 6000, found 6000.1",
  ],
  [
    "a price file without its path",
    "market: { kind: file, instrument: ES }",
    "config.yaml:1:9 market.path: expected the path of a price file, found nothing",
  ],
  [
    "no author who is heard",
    "sources: [{ kind: chat-file, path: a.txt, authors: [] }]",
    "config.yaml:1:52 sources[0].authors: expected a list of 1 to 100 authors, found an empty list",
  ],
  [
    "an account id with a space",
    "accounts: [{ id: my account }]",
    'config.yaml:1:18 accounts[0].id: expected an account id: up to 64 letters, digits, dots, hyphens and underscores, found "my account"',
  ],
  [
    "a long text",
    `logLevel: ${"x".repeat(100)}`,
    `config.yaml:1:11 logLevel: expected error, warning, info or debug, found "${"x".repeat(60)}..."`,
  ],

  // Keys that contradict each other.
  [
    "more contracts than a position may have",
    inRules("sizing: { kind: contracts, A: 6 }"),
    "config.yaml:3:35 rules.default.sizing.A: 6 contracts are more than limits.positionSize allows (5)",
  ],
  [
    "more dollars than a trade may lose",
    inRules("sizing: { kind: risk, A: 200.01, B: 200, C: 50 }"),
    "config.yaml:3:30 rules.default.sizing.A: $200.01 is more than limits.lossPerTrade allows ($200)",
  ],
  [
    "a chase in points up to Target 1",
    inRules("entry: { kind: limit, chase: 7 points }"),
    "config.yaml:3:34 rules.default.entry.chase: 7 points reaches Target 1 (7 points) on ES with a stop of 1 point; the chase has to stay below it",
  ],
  [
    "a chase that reaches Target 1 with the widest ES stop",
    inRules("entry: { kind: limit, chase: 25% of stop }"),
    "config.yaml:3:34 rules.default.entry.chase: 25% of stop reaches Target 1 (7 points) on ES with a stop of 30 points; the chase has to stay below it",
  ],
  [
    "a chase in points past a target in R",
    inRules(
      "{ families: [CL], entry: { kind: limit, chase: 2 points }, exits: { targets: [{ at: 1 R, share: 100% }] } }",
    ),
    "config.yaml:3:52 rules.default.entry.chase: 2 points reaches Target 1 (1 R) on CL with a stop of 0.04 points; the chase has to stay below it",
  ],
  [
    "a chase past a target in ticks",
    inExits("targets: [{ at: 24 ticks, share: 100% }]"),
    "config.yaml:3:5 rules.default.entry.chase: 20% of stop reaches Target 1 (24 ticks) on ES with a stop of 30 points; the chase has to stay below it",
  ],
  [
    "shares beyond the whole position",
    inExits("targets: [{ at: 7 points, share: 60% }, { at: 12 points, share: 60% }]"),
    "config.yaml:3:23 rules.default.exits.targets: the shares add up to 120%, more than the whole position",
  ],
  [
    "a target that is read but of no size",
    inExits("targets: [{ at: 0 points, share: 50% }, { at: 7 points, share: 50% }]"),
    'config.yaml:3:30 rules.default.exits.targets[0].at: expected a distance above 0 such as "7 points", "28 ticks", "0.7 R" or "price 6340", found "0 points"',
  ],
  [
    "a second target that is no farther",
    inExits("targets: [{ at: 2 R, share: 50% }, { at: 2 R, share: 50% }]"),
    "config.yaml:3:55 rules.default.exits.targets[1].at: 2 R is not farther than the target before it",
  ],
  [
    "breakeven after a target that does not exist",
    inExits("breakevenAfter: 3"),
    "config.yaml:3:30 rules.default.exits.breakevenAfter: 3 is more than the number of targets (2)",
  ],
  [
    "an account with unknown rules",
    "accounts: [{ rules: tight }]",
    'config.yaml:1:21 accounts[0].rules: there is no rule set "tight", only default',
  ],
  [
    "two accounts of one name",
    "accounts: [{ id: one }, { id: one }]",
    "config.yaml:1:31 accounts[1].id: another account has this id already",
  ],
  [
    "one file heard twice",
    "sources: [{ kind: chat-file, path: a }, { kind: chat-file, path: a }]",
    "config.yaml:1:41 sources[1]: this source is listed already",
  ],
  [
    "standard input heard twice",
    "sources: [{ kind: stdin }, { kind: stdin }]",
    "config.yaml:1:28 sources[1]: this source is listed already",
  ],
  [
    "a group no account is of",
    "sources: [{ kind: stdin, group: morning }]",
    'config.yaml:1:33 sources[0].group: no account is of the group "morning", no account has one',
  ],
  [
    "a group that is another's",
    "accounts: [{ group: late }]\nsources: [{ kind: stdin, group: morning }]",
    'config.yaml:2:33 sources[0].group: no account is of the group "morning", only late',
  ],
  [
    "a ratio that is none",
    "accounts: [{ ratio: 0.0005 }]",
    "config.yaml:1:21 accounts[0].ratio: expected a factor above 0, at most 10, with at most three decimals, such as 0.5, found 0.0005",
  ],
  [
    "a ratio beside sizing",
    "accounts: [{ ratio: 0.5, sizing: { A: 1 } }]",
    "config.yaml:1:21 accounts[0].ratio: a ratio is of what others count; with sizing of its own it has nothing to be of",
  ],
  [
    "a ratio no limit allows",
    "accounts: [{ ratio: 2 }]",
    "config.yaml:1:21 accounts[0].ratio: 6 contracts are more than limits.positionSize allows (5)",
  ],
  [
    "a size of its own that no limit allows",
    "accounts: [{ sizing: { kind: risk, A: 300, B: 100, C: 50 } }]",
    "config.yaml:1:22 accounts[0].sizing: $300 is more than limits.lossPerTrade allows ($200)",
  ],
  [
    "a group whose size no limit allows",
    "groups: { big: { ratio: 3 } }\naccounts: [{ group: big }]",
    "config.yaml:2:21 accounts[0].group: 9 contracts are more than limits.positionSize allows (5)",
  ],
  [
    "a group nobody is of",
    "groups: { big: {} }",
    "config.yaml:1:16 groups.big: no account is of this group",
  ],
  [
    "a group named like nothing else",
    "groups: { Big One: {} }",
    'config.yaml:1:11 groups."Big One": a group is named by small letters, digits and hyphens, a letter first',
  ],
  [
    "groups that are none",
    "groups: 3",
    "config.yaml:1:9 groups: expected a block of groups, each under its name, found 3",
  ],
  [
    "rules of a group that do not exist",
    "groups: { big: { rules: none } }\naccounts: [{ group: big }]",
    'config.yaml:1:25 groups.big.rules: there is no rule set "none", only default',
  ],
  [
    "a format there is no pack of",
    "sources: [{ kind: stdin, format: jmoney }]",
    'config.yaml:1:34 sources[0].format: there is no format "jmoney", only plain',
  ],
  [
    "a channel whose authors nobody names",
    discord("id: *one, mode: auto"),
    'config.yaml:2:55 sources[0].channels[0]: whose messages count? list authorIds here, or authors.ids in the format "plain"; only mode shadow hears everybody',
  ],
  [
    "authors of Discord by name",
    discord("id: *one, authorIds: [*one], authors: [JMoney]"),
    "config.yaml:2:86 sources[0].channels[0].authors: unknown key; did you mean authorIds?",
  ],
  [
    "an id as a number, which loses digits",
    discord("id: 12345678901234567"),
    'config.yaml:2:61 sources[0].channels[0].id: expected an id of 15 to 20 digits in quotation marks, such as "123456789012345678", found 12345678901234568',
  ],
  [
    "a channel twice",
    discord("id: *one, authorIds: [*one] }, { id: *one, authorIds: [*one]"),
    "config.yaml:2:94 sources[0].channels[1].id: this channel is listed already",
  ],
  [
    "a bot twice",
    discord("id: *one, authorIds: [*one]").replace(
      /.$/,
      ', { kind: discord, token: env:BOT, channels: [{ id: "98765432109876543", authorIds: [*one] }] }]',
    ),
    "config.yaml:2:91 sources[1]: this source is listed already",
  ],
  [
    "an address of Discord without encryption",
    discord("id: *one, authorIds: [*one]").replace("token", "restUrl: http://example.com, token"),
    'config.yaml:2:37 sources[0].restUrl: expected an address that begins with https://, found "http://example.com"',
  ],
  [
    "two hooks of one token",
    webhook("hooks: [{ name: a, token: env:T }, { name: b, token: env:T }]"),
    "config.yaml:1:81 sources[0].hooks[1].token: another hook has this token already; they could not be told apart",
  ],
  [
    "two senders of one name",
    webhook("hooks: [{ name: a, token: env:T }], signed: [{ name: a, secrets: [env:S] }]"),
    "config.yaml:1:81 sources[0].signed[0].name: another sender has this name already",
  ],
  [
    "three secrets at once",
    webhook("signed: [{ name: a, secrets: [env:S, env:T, env:U] }]"),
    "config.yaml:1:57 sources[0].signed[0].secrets: expected a list of 1 to 2 secrets, found a list",
  ],
  [
    "a sender whose addresses are not known",
    webhook("hooks: [{ name: a, token: env:T, addresses: [telegram] }]"),
    'config.yaml:1:73 sources[0].hooks[0].addresses[0]: expected an internet address, a range such as 192.0.2.0/24, or `tradingview`, found "telegram"',
  ],
  [
    "a webhook with nobody to hear",
    webhook("hooks: []"),
    "config.yaml:1:11 sources[0]: without hooks and signed senders it hears nobody",
  ],
  [
    "a port that is none",
    webhook("listen: localhost:70000, hooks: [{ name: a, token: env:T }]"),
    'config.yaml:1:36 sources[0].listen: expected a port up to 65535, found "localhost:70000"',
  ],
  [
    "a wish for more patience than an entry can stand",
    "confirmFor: 1h",
    'config.yaml:1:13 confirmFor: expected a duration from 5s to 10m such as "500ms", "10s" or "5m", found "1h"',
  ],
  [
    "nothing to hear",
    "paste: false",
    "config.yaml:1:8 paste: with no sources and no pasting there is nothing to hear",
  ],
];

describe("a mistake in the file", () => {
  it.each(ONE_MISTAKE)("%s is named with its place", (_mistake, text, complaint) => {
    expect(complaints(text)).toEqual([complaint]);
  });

  it("does not hide the others", () => {
    const text = [
      "mode: gold",
      "logLevel: loud",
      "rules:",
      "  default:",
      "    limits: { tradesPerDay: ten, tradesPrDay: 1 }",
      "  tight:",
      "    entry: { kind: limit, chase: 7 points }",
      "accounts:",
      "  - balance: 0",
    ].join("\n");
    expect(complaints(text).map((line) => line.split(": ")[0])).toEqual([
      "config.yaml:1:7 mode",
      "config.yaml:2:11 logLevel",
      "config.yaml:5:29 rules.default.limits.tradesPerDay",
      "config.yaml:5:34 rules.default.limits.tradesPrDay",
      "config.yaml:7:34 rules.tight.entry.chase",
      "config.yaml:9:14 accounts[0].balance",
    ]);
  });

  it("is one of at most twenty that are listed, in the order of the file", () => {
    const keys = Array.from({ length: 50 }, (_, i) => `unheardOf${i}: 1`);
    const read = readConfig(keys.join("\n"), "config.yaml");
    const fault = read.ok ? null : read.error;
    expect(fault?.problems.map((problem) => problem.line)).toEqual(
      Array.from({ length: 20 }, (_, i) => i + 1),
    );
    expect(fault?.omitted).toBe(30);
  });

  it("is found where an alias leads to", () => {
    const text = "rules:\n  one: &one\n    adds: never\n  two: *one\n";
    expect(complaints(text)).toEqual([
      'config.yaml:3:11 rules.one.adds: expected refuse or allow, found "never"',
      'config.yaml:3:11 rules.two.adds: expected refuse or allow, found "never"',
    ]);
  });

  it("comes with its parts, for programs", () => {
    expect(readConfig("mode: demo", "config.yaml")).toEqual({
      ok: false,
      error: {
        kind: "invalid",
        file: "config.yaml",
        problems: [
          {
            file: "config.yaml",
            line: 1,
            column: 7,
            key: "mode",
            reason: 'expected paper, live or twin, found "demo"',
            text: 'config.yaml:1:7 mode: expected paper, live or twin, found "demo"',
          },
        ],
        omitted: 0,
      },
    });
  });
});

describe("a secret that was written out", () => {
  const TOKEN = ["MTk4NjIyNDgzNDcxOTI1MjQ4", "Cl2FMQ", "ZnCjm1XVW7vRze4b7Cq4se7kKWs"].join(".");
  const HUSH = "something that is not repeated here; if it is a secret, exchange it";

  it.each([
    ["as a token", `sources: [{ kind: discord, token: ${TOKEN} }]`, "env:NAME or file:PATH"],
    ["behind env:", `sources: [{ kind: discord, token: "env:${TOKEN}" }]`, "env:NAME or file:PATH"],
    ["as a number", "sources: [{ kind: discord, token: 5512344 }]", "env:NAME or file:PATH"],
    ["as the only secret", webhook("signed: [{ name: a, secrets: s3cret }]"), "1 to 2 secrets"],
    ["as one of the secrets", webhook("signed: [{ name: a, secrets: [s3cret] }]"), "env:NAME"],
    ["as an address", "health: { ping: { url: s3cret } }", "env:NAME or file:PATH"],
    [
      "as a bucket's key",
      "backups: { bucket: { endpoint: https://a.b, bucket: books, accessKeyId: s3cret, secretAccessKey: s3cret } }",
      "env:NAME or file:PATH",
    ],
    ["as a hook", webhook("hooks: [s3cret]"), "a block of keys"],
    ["as all hooks", webhook("hooks: s3cret"), "at most 50 hooks"],
    ["where it never belongs", `dataDirectory: { a: 1 }\nmode: ${TOKEN}`, "paper"],
  ])("is refused and not repeated: %s", (_where, text, expected) => {
    const all = complaints(text).join("\n");
    expect(all).toContain(expected);
    expect(all).toContain(HUSH);
    expect(all).not.toMatch(/MTk4|s3cret|5512344/);
  });
});

describe("a text that would hurt the parser", () => {
  it.each([
    ["brackets", "[".repeat(200_000)],
    ["dashes", "- ".repeat(100_000)],
    ["question marks", "? ".repeat(100_000)],
    ["braces", "{a: ".repeat(50_000)],
  ])("is refused before it is parsed: %s", (_name, text) => {
    const [complaint, ...others] = complaints(text);
    expect(complaint).toMatch(/^config\.yaml:1:\d+: nested deeper than 32 levels$/);
    expect(others).toEqual([]);
  });

  it("is refused when it has too many keys to compare", () => {
    const keys = Array.from({ length: 20_000 }, (_, i) => `k${i}: 1`);
    expect(complaints(keys.join("\n"))).toEqual([
      expect.stringMatching(/^config\.yaml:\d+:\d+: more than 50000 words and marks$/),
    ]);
  });

  it("is refused when its aliases unfold without end", () => {
    const nine = (name: string): string => `[${Array(9).fill(`*${name}`).join(", ")}]`;
    const text = `a: &a [x, x]\nb: &b ${nine("a")}\nc: &c ${nine("b")}\nd: &d ${nine("c")}\n`;
    expect(complaints(text)).toEqual([
      "config.yaml:2:8: aliases of aliases unfold to more than 100 copies",
    ]);
  });

  it("may contain itself", () => {
    expect(complaints("market: &market\n  kind: *market\n")).toEqual([
      "config.yaml:2:9 market.kind: expected none, simulated, file or topstepx, found a block of keys",
    ]);
  });

  it("does not reach the prototype of anything", () => {
    expect(complaints("__proto__: { paste: false }")).toEqual([
      expect.stringMatching(/^config\.yaml:1:1 __proto__: unknown key; known here: mode, /),
    ]);
    expect(complaints("rules: { __proto__: { adds: allow } }")).toEqual([]);
    expect(readConfig("rules: { __proto__: { adds: allow } }", "x")).toMatchObject({
      value: DEFAULT_CONFIG,
    });
    expect(complaints("accounts: [{ rules: constructor }]")).toHaveLength(1);
  });
});

describe("the file itself", () => {
  let directory: string;
  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), "tradestream-config-"));
  });
  afterAll(() => rmSync(directory, { recursive: true }));

  const write = (name: string, content: string | Uint8Array): string => {
    const file = join(directory, name);
    writeFileSync(file, content);
    return file;
  };
  const faultOf = (file: string): ConfigFault | null => {
    const loaded = yamlConfigSource(file).load();
    return loaded.ok ? null : loaded.error;
  };

  it("is loaded with its name", () => {
    const file = write("good.yaml", "logLevel: debug\n");
    expect(yamlConfigSource(file).load()).toEqual({
      ok: true,
      value: {
        ...{ file, reads: [], text: "logLevel: debug\n" },
        config: { ...DEFAULT_CONFIG, logLevel: "debug" },
      },
    });
  });

  it("may begin with a byte order mark and end its lines as Windows does", () => {
    const file = write("windows.yaml", "\uFEFFmode: paper\r\nlogLevel: debug\r\n");
    expect(faultOf(file)).toBeNull();
  });

  it("is read again at each load", () => {
    const file = write("changing.yaml", "mode: live");
    const source = yamlConfigSource(file);
    expect(source.load().ok).toBe(false);
    write("changing.yaml", "mode: paper");
    expect(source.load().ok).toBe(true);
  });

  it("may be a link", () => {
    const link = join(directory, "link.yaml");
    symlinkSync(write("linked.yaml", "{}"), link);
    expect(faultOf(link)).toBeNull();
  });

  it("is missing when there is none", () => {
    const file = join(directory, "absent.yaml");
    expect(faultOf(file)).toEqual({
      kind: "missing",
      file,
      problems: [
        {
          file,
          line: null,
          column: null,
          key: "",
          reason: "there is no such file",
          text: `${file}: there is no such file`,
        },
      ],
      omitted: 0,
    });
  });

  it.each([
    ["a directory", "directory", "this is not a file"],
    ["larger than allowed", "large.yaml", "the file is larger than 256 kB"],
    ["in another encoding", "latin1.yaml", "the text is not UTF-8"],
    ["in a place that is none", "good.yaml/config.yaml", "the file cannot be read (ENOTDIR)"],
  ])("is unreadable when it is %s", (_what, name, reason) => {
    write("good.yaml", "{}");
    write("latin1.yaml", Buffer.from("mode: p\u00e4per", "latin1"));
    truncateSync(write("large.yaml", "{}"), 256 * 1024 + 1);
    mkdirSync(join(directory, "directory"), { recursive: true });
    const fault = faultOf(join(directory, name));
    expect(fault).toMatchObject({ kind: "unreadable", problems: [{ reason, line: null }] });
  });

  it("is read up to the last byte allowed", () => {
    const file = write("full.yaml", `${" ".repeat(256 * 1024 - 2)}{}`);
    expect(readFileSync(file)).toHaveLength(256 * 1024);
    expect(faultOf(file)).toBeNull();
  });
});
