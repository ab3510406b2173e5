/** The files that people read instead of the schema say what the schema says. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { DEFAULT_CONFIG } from "../../../../src/core/model/defaults.ts";
import { tradeDate } from "../../../../src/core/model/trade-date.ts";
import { readConfig } from "../../../../src/shell/yaml/config-source.ts";
import { newConfigText } from "../../../../src/shell/yaml/init.ts";
import { configJsonSchema } from "../../../../src/shell/yaml/json-schema.ts";
import { readRules } from "../../../../src/shell/yaml/rule-packs.ts";
import { configReference } from "../../../../tools/config-reference.ts";
import { rulesReference } from "../../../../tools/rules-reference.ts";

const textOf = (file: string): string =>
  readFileSync(new URL(`../../../../${file}`, import.meta.url), "utf8");

const example = textOf("config/tradestream.example.yaml");

/** Every way to a value, `rules.default.limits.slippage`; lists count as one value. */
function waysIn(value: unknown, way = ""): readonly string[] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [way];
  if (Object.keys(value).length === 0) return [way];
  return Object.entries(value).flatMap(([name, one]) => waysIn(one, way ? `${way}.${name}` : name));
}

describe("the example configuration", () => {
  it("is accepted and changes nothing", () => {
    expect(readConfig(example, "example")).toEqual({ ok: true, value: DEFAULT_CONFIG });
  });

  it("shows every key that has a default", () => {
    const shown = waysIn(parse(example));
    const { rules, ...others } = configJsonSchema().properties ?? {};
    expect(Object.keys(others).filter((key) => !shown.some((way) => way.startsWith(key)))).toEqual(
      [],
    );
    const ruleSet = rules?.additionalProperties;
    const keys = ruleSet ? ruleSet.properties : {};
    for (const [name, { properties = {} }] of Object.entries(keys ?? {})) {
      if (name === "tradeAs") continue; // a contract that trades itself needs no line
      const inner = Object.keys(properties).map((key) => `rules.default.${name}.${key}`);
      for (const way of inner.length > 0 ? inner : [`rules.default.${name}`]) {
        expect(shown.some((one) => one.startsWith(way))).toBe(true);
      }
    }
  });

  it("loads when the # before a suggestion is deleted", () => {
    const taking = (text: string, lines: RegExp) => readConfig(text.replaceAll(lines, ""), "x");
    const sources = example.replace("sources: []", "sources:");
    expect(
      taking(
        sources,
        /^#(?= {2}- kind: (?:chat-file|stdin)| {4}(path: \.\/alerts|once|authors|mode|format))/gm,
      ),
    ).toMatchObject({
      value: {
        sources: [
          { kind: "chat-file", room: { authors: { names: ["JMoney"] } } },
          { kind: "stdin" },
        ],
      },
    });
    const spoken =
      /^#(?= {2}- kind: (?:discord|webhook)| {4}(?:token|channels|hooks|signed|listen|approvers|approvalChannel)| {6}[- ] (?:id|name|authorIds|mode|token|addresses|secrets))/gm;
    expect(taking(sources, spoken)).toMatchObject({
      value: {
        sources: [
          {
            kind: "discord",
            token: { kind: "env", name: "DISCORD_TOKEN" },
            approvalChannel: "123456789012345679",
            channels: [
              {
                id: "123456789012345678",
                name: "jmoney",
                room: { authors: { ids: ["234567890123456789"], names: [] }, mode: "shadow" },
              },
            ],
          },
          {
            kind: "webhook",
            host: "127.0.0.1",
            port: 8787,
            hooks: [{ name: "tradingview", addresses: ["tradingview"], room: { mode: "shadow" } }],
            signed: [{ name: "relay", secrets: [{ kind: "env", name: "RELAY_SECRET" }] }],
          },
        ],
      },
    });
    const market = example.replace("  kind: none\n", "");
    expect(taking(market, /^#(?= {2}(kind: simulated|seed|startPrice))/gm)).toMatchObject({
      value: { market: { kind: "simulated", seed: 1, startPrice: 6_000 } },
    });
    expect(
      taking(market, /^#(?= {2}(kind: file|path: \.\/prices|instrument|barPath))/gm),
    ).toMatchObject({ value: { market: { kind: "file", instrument: "ES" } } });
  });

  it("is what a new configuration begins with, without the line about the schema beside it", () => {
    const text = newConfigText();
    expect(example.endsWith(text)).toBe(true);
    expect(text.startsWith("#\n# TradeStream configuration.")).toBe(true);
  });
});

describe("the JSON Schema", () => {
  const file: unknown = JSON.parse(textOf("config/tradestream.schema.json"));

  it("is up to date; if not, run `npx tsx tools/write-schema.ts` and `npm run format`", () => {
    expect(file).toEqual(configJsonSchema());
  });

  it("accepts the example and refuses what the program refuses", () => {
    const schema = z.fromJSONSchema(configJsonSchema() as z.core.JSONSchema.JSONSchema);
    expect(schema.safeParse(parse(example)).success).toBe(true);
    for (const wrong of [
      "mode: gold",
      "mod: paper",
      "paper: { latency: 10 }",
      "rules: { default: { limits: { collar: { ES: 10 } } } }",
      "market: { path: es.csv, instrument: ES }",
      "accounts: []",
    ]) {
      expect(schema.safeParse(parse(wrong)).success).toBe(false);
    }
    const unnamed = "rules: { default: { sizing: { A: 2 }, entry: { chase: 2 points } } }";
    expect(schema.safeParse(parse(unnamed)).success).toBe(true);
  });
});

describe("the reference page of the rule packs", () => {
  const page = textOf("docs/reference/rule-packs.md");

  it("is up to date; if not, run `npx tsx tools/write-config-reference.ts`", () => {
    expect(page).toBe(rulesReference());
  });

  it("gives every key a meaning", () => {
    const rows = page.split("\n").filter((line) => /^\| `\w+` \|/.test(line));
    expect(rows.length).toBeGreaterThan(80);
    for (const row of rows) expect(row).toMatch(/^\| `\w+` \| .+ \| .+ \| .+[.!] \|$/);
  });

  it("shows an example of a message that the program really writes", () => {
    const shown = /^ {4}(rules\/mine\.yaml:12:48 .*)$/m.exec(page)?.[1];
    const text = `
firm: Mine
venue: none
every: { title: Mine, sources: ["secondary: ours"], verified: 2026-11-01, products: [ES], copying: allowed,
  hedging: { kind: allowed }, automation: { kind: forbidden }, dailyLimit: { kind: none },
  micros: { perMini: 10, mixing: allowed }, size: { minis: 1 },
  hours: { opensAt: 17:00 CT, flatBy: 15:10 CT, calendarUntil: 2027-12-31,
    earlyClose: { minutesBefore: 15, counts: account } }, stage: { kind: live } }
plans:
  combine:
    start: 50000
    floor: { kind: intraday, loss: 2000, lock: 47000 }
`;
    const [today, calendarUntil] = [tradeDate("2026-11-23"), tradeDate("2027-12-31")];
    const read = readRules(text, "rules/mine.yaml", { today, calendarUntil });
    expect(read.ok ? null : read.error.problems.map((one) => one.text)).toEqual([shown]);
  });
});

describe("the reference page", () => {
  const page = textOf("docs/reference/configuration.md");

  it("is up to date; if not, run `npx tsx tools/write-config-reference.ts`", () => {
    expect(page).toBe(configReference());
  });

  it("gives every key a meaning", () => {
    const rows = page.split("\n").filter((line) => /^\| `/.test(line));
    expect(rows.length).toBeGreaterThan(80);
    for (const row of rows) expect(row).toMatch(/^\| `[\w]+` \| .+ \| .+ \| .+[.!] \|$/);
  });

  it("shows an example of a message that the program really writes", () => {
    const shown = /^ {4}(config\.yaml:14:21 .*)$/m.exec(page)?.[1];
    const text = `${"#\n".repeat(10)}rules:\n  default:\n    limits:\n      tradesPerDay: ten\n`;
    const read = readConfig(text, "config.yaml");
    expect(read.ok ? null : read.error.problems[0]?.text).toBe(shown);
  });
});
