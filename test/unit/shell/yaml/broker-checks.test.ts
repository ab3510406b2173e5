import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { twinOf } from "../../../../src/core/model/ids.ts";
import { yamlConfigSource } from "../../../../src/shell/yaml/config-source.ts";

const directory = mkdtempSync(join(tmpdir(), "tradestream-broker-"));
afterAll(() => rmSync(directory, { recursive: true }));

const load = (text: string) => {
  const file = join(directory, "config.yaml");
  writeFileSync(file, text);
  return yamlConfigSource(file).load();
};

const complaints = (text: string): readonly string[] => {
  const loaded = load(text);
  return loaded.ok ? [] : loaded.error.problems.map(({ key, reason }) => `${key}: ${reason}`);
};

const configOf = (text: string) => {
  const loaded = load(text);
  if (!loaded.ok) throw new Error(loaded.error.problems.map((one) => one.text).join("\n"));
  return loaded.value.config;
};

const ACCOUNT = "{ id: 4711, name: PRAC-V2-1 }";
const venue = (more = "", accounts = `[${ACCOUNT}]`): string =>
  [
    "broker:",
    "  kind: topstepx",
    "  userName: jane",
    "  apiKey: env:TOPSTEPX_API_KEY",
    `  accounts: ${accounts}`,
    more,
  ].join("\n");
const live = (mode: string, broker = venue()): string =>
  `mode: ${mode}\nmarket: { kind: topstepx }\n${broker}`;

describe("a live mode", () => {
  it.each([
    [
      "without a venue",
      "mode: twin",
      ["mode: twin needs a venue; name it under broker (kind: topstepx)"],
    ],
    [
      "at other quotes",
      `mode: live\n${venue()}`,
      ["market.kind: live trades at live quotes only; expected topstepx"],
    ],
    [
      "without an account",
      live("live", venue("", "[]")),
      ["broker.accounts: live needs an account; name its id and its name"],
    ],
    [
      "with two accounts and no word about copying",
      live("live", venue("", `[${ACCOUNT}, { id: 4712, name: PRAC-V2-2 }]`)),
      [
        "broker.accounts: one live account is the rule; for more, read the firm's rule on copying " +
          "trades and add copying: acknowledged to broker",
      ],
    ],
    [
      "at any hour",
      live("live", venue("  sessions: always-open")),
      [
        "broker.sessions: a real venue keeps the exchange's hours; only a stand-in on this machine " +
          "has none",
      ],
    ],
    [
      "with an address that is none, at any hour",
      live("live", venue("  sessions: always-open\n  restUrl: nonsense")),
      ['broker.restUrl: expected an address that begins with https://, found "nonsense"'],
    ],
    [
      "with one account twice",
      live("live", venue("  copying: acknowledged", `[${ACCOUNT}, ${ACCOUNT}]`)),
      ["broker.accounts[1].id: another account has this id already"],
    ],
    [
      "with paper accounts of its own",
      `${live("live")}\naccounts: [{ id: mine }]`,
      ["accounts: these are paper accounts; in the mode live those of broker trade"],
    ],
    [
      "with a rule set that is not there",
      live("live", venue("", "[{ id: 4711, name: PRAC-V2-1, rules: tight }]")),
      ['broker.accounts[0].rules: there is no rule set "tight", only default'],
    ],
    [
      "with the e-mail address as user name",
      live("live", venue().replace("jane", "jane@example.com")),
      [
        "broker.userName: expected the user name of the platform, which is not the e-mail address, " +
          'found "jane@example.com"',
      ],
    ],
  ])("%s is refused", (_, text, said) => {
    expect(complaints(text)).toEqual(said);
  });

  it("never shows a key that was written out", () => {
    const said = complaints(live("live", venue().replace("env:TOPSTEPX_API_KEY", "s3cretK3y")));
    expect(said).toEqual([
      expect.stringMatching(/^broker.apiKey: expected env:NAME or file:PATH[^0-9]*$/),
    ]);
  });

  it("trades the venue's accounts, each beginning small", () => {
    const { settings, balances, broker } = configOf(live("live"));
    expect(settings.accounts).toEqual([
      {
        id: "4711",
        name: "PRAC-V2-1",
        rules: "default",
        brackets: "native",
        probation: true,
        login: "topstepx",
      },
    ]);
    expect(balances).toEqual([{ account: "4711", balance: 0 }]);
    expect(broker).toMatchObject({
      restUrl: "https://api.topstepx.com",
      simulated: true,
      accounts: [{ account: "4711", number: 4711, name: "PRAC-V2-1" }],
    });
  });

  it("keeps brackets itself where that was chosen in writing", () => {
    const { settings } = configOf(live("live", venue("  brackets: position-brackets-fallback")));
    expect(settings.accounts[0]?.brackets).toBe("none");
  });

  it("trades a stand-in at any hour where that was said", () => {
    const url = "  restUrl: http://127.0.0.1:5001\n  sessions: always-open";
    const { settings } = configOf(live("live", venue(url)));
    expect(settings.accounts[0]?.sessions).toBe("always-open");
  });

  it("as a twin has a paper account behind each live one", () => {
    const { settings, balances } = configOf(live("twin"));
    const [one, other] = settings.accounts;
    expect({ ...other, login: "topstepx" }).toEqual({
      ...one,
      id: twinOf(one?.id ?? other?.id ?? fail()),
      name: "PRAC-V2-1 on paper",
    });
    expect(balances.map(({ balance }) => balance)).toEqual([0, 500_000_000]);
  });

  it("knows the groups of the venue's accounts, and no others", () => {
    const source = "\nsources: [{ kind: chat-file, path: a.txt, group: morning }]";
    const grouped = venue("", "[{ id: 4711, name: PRAC-V2-1, group: morning }]");
    expect(complaints(`${live("live", grouped)}${source}`)).toEqual([]);
    expect(complaints(`${live("live")}${source}`)).toEqual([
      'sources[0].group: no account is of the group "morning", no account has one',
    ]);
  });
});

describe("live quotes", () => {
  it("need a venue", () => {
    expect(complaints("market: { kind: topstepx }")).toEqual([
      "market.kind: its quotes need a login at the venue; name it under broker (kind: topstepx)",
    ]);
  });

  it("are followed for what can be traded, on paper too", () => {
    const { mode, market, settings } = configOf(live("paper", venue("", "[]")));
    expect([mode, settings.accounts[0]?.id]).toEqual(["paper", "paper"]);
    expect(market).toMatchObject({ instruments: expect.arrayContaining(["MES", "MNQ", "ZB"]) });
    expect(market).not.toMatchObject({ instruments: expect.arrayContaining(["ES"]) });
  });

  it("are followed for what is named", () => {
    const named = live("paper").replace("topstepx }", "topstepx, instruments: [MES] }");
    expect(configOf(named).market).toEqual({ kind: "topstepx", instruments: ["MES"] });
  });
});

function fail(): never {
  throw new Error("there are two accounts");
}
