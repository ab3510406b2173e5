/** Figures for a collector: what is counted of facts, what is read of a house, and who sees which. */
import { describe, expect, it } from "vitest";
import { meterFacts } from "../../../src/app/meter-facts.ts";
import { meterHouse } from "../../../src/app/meter-house.ts";
import type { Fact } from "../../../src/core/model/fact.ts";
import { accountId, orderId, twinOf } from "../../../src/core/model/ids.ts";
import { dollars, millis } from "../../../src/core/model/units.ts";
import { initialState, withAccount } from "../../../src/core/state.ts";
import type { HostReading } from "../../../src/ports/probes.ts";
import { prometheusTelemetry } from "../../../src/shell/prometheus/telemetry.ts";
import {
  anAccount,
  anAlert,
  aQuote,
  es,
  later,
  MESSAGE,
  NOW,
  planned,
  TRADE,
} from "../../kit/builders.ts";

const told = (facts: readonly Fact[]) =>
  facts.map((fact, index) => ({ sequence: index + 1, fact }));

const READ: Fact = {
  ...{ at: later(3), kind: "AlertRead", message: MESSAGE, author: "alice", text: "ES long" },
  ...{ sentAt: NOW, alert: anAlert(), receivedAt: NOW },
};
const ACCEPTED: Fact = {
  ...{ at: later(120), kind: "EntryAccepted", trade: TRADE, tranche: 0 },
  ...{ order: orderId("1"), sentAt: later(24) },
};
const CLOSED: Fact = {
  ...{ at: later(9_000), kind: "TradeClosed", trade: TRADE, how: "target" as never },
  ...{ gross: dollars(10), fees: dollars(1), net: dollars(9) },
};

async function figuresOf(facts: readonly Fact[], withPrivate = true): Promise<readonly string[]> {
  const telemetry = prometheusTelemetry();
  meterFacts(telemetry).told(told(facts));
  const text = await telemetry.text(withPrivate);
  return text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
}

describe("the way of an alert", () => {
  it("is measured stage by stage", async () => {
    const figures = await figuresOf([READ, { ...planned(), at: later(4) }, ACCEPTED]);
    const sums = figures.filter((line) => line.startsWith("tradestream_stage_seconds_sum"));
    expect(sums).toEqual([
      'tradestream_stage_seconds_sum{stage="decide"} 0.004',
      'tradestream_stage_seconds_sum{stage="send"} 0.02',
      'tradestream_stage_seconds_sum{stage="acknowledge"} 0.096',
    ]);
  });

  it("is not measured where its beginning is not known, or lies after its end", async () => {
    const { sentAt: _, ...unsent } = ACCEPTED as Extract<Fact, { kind: "EntryAccepted" }>;
    const early = { ...ACCEPTED, at: later(1), tranche: 1 } as Fact;
    const figures = await figuresOf([{ ...planned(), at: later(4) }, unsent, early]);
    expect(figures.filter((line) => line.includes("stage_seconds_sum"))).toEqual([]);
  });

  it("is forgotten when five hundred more have come", async () => {
    const many = Array.from({ length: 501 }, (_, n) => ({
      ...READ,
      message: { ...MESSAGE, id: `other-${n}` },
    })) as Fact[];
    const figures = await figuresOf([READ, ...many, { ...planned(), at: later(4) }]);
    expect(figures.filter((line) => line.includes('stage="decide"'))).toEqual([]);
  });
});

describe("counts", () => {
  const refused = { kind: "halted" } as never;
  const facts: readonly Fact[] = [
    {
      at: NOW,
      kind: "TradeRefused",
      account: accountId("A"),
      message: MESSAGE,
      refusal: refused,
    } as never,
    CLOSED,
  ];

  it("tell of trading to whoever has the token", async () => {
    expect(await figuresOf(facts)).toEqual(
      expect.arrayContaining([
        "tradestream_facts_total 2",
        'tradestream_refusals_total{reason="halted"} 1',
        'tradestream_trades_closed_total{how="target"} 1',
      ]),
    );
  });

  it("tell everybody else how many facts there are, and no more", async () => {
    const text = (await figuresOf(facts, false)).join("\n");
    expect(text).toContain("tradestream_facts_total 2");
    expect(text).not.toMatch(/refusals|trades_|account/);
  });
});

const HOST: HostReading = {
  ...{ cpuShare: 7, cpuSeconds: 1.5, resident: 900, heapUsed: 10, heapLimit: 100 },
  ...{ memoryFree: 50, memoryTotal: 80, disk: { free: 5, total: 9 }, clockJumped: millis(0) },
  ...{ loopDelay: { longest: millis(40) }, network: { received: 70, sent: 30 } },
};

async function gauged(hosts: readonly (HostReading | null)[], isRefusing = false) {
  const telemetry = prometheusTelemetry();
  const own = anAccount({ name: "Paper", gate: "halted", realisedToday: dollars(-12.5) });
  const twin = anAccount({ id: twinOf(own.id), name: "Twin" });
  const newest = { name: "b", at: later(-60_000), sequence: 1 };
  const state = [own, twin].reduce(withAccount, {
    ...initialState,
    backups: { newest, fault: null },
  });
  let host: HostReading | null = null;
  const gauge = meterHouse(telemetry, {
    ...{ state: () => state, isRefusing: () => isRefusing, host: () => host },
    view: () => ({
      state: "failed",
      components: [
        { component: "disk", state: "failed", reason: "r", since: "s", seconds: 1 },
        { component: "mail", state: "off", reason: "r", since: "s", seconds: 1 },
      ],
    }),
    market: { quote: (root) => (root === "MES" ? aQuote(es(6_326), { at: later(-2_000) }) : null) },
    followed: ["MES", "ES"],
  });
  for (const one of hosts) {
    host = one;
    gauge(NOW);
  }
  return (await telemetry.text(true)).split("\n");
}

describe("gauges", () => {
  it("are those of the house as it is", async () => {
    expect(await gauged([HOST], true)).toEqual(
      expect.arrayContaining([
        ...['tradestream_health_state{component="disk"} 2', "tradestream_journal_refusing 1"],
        'tradestream_health_state{component="mail"} 0',
        'tradestream_price_age_seconds{instrument="MES"} 2',
        ...["tradestream_backup_age_seconds 60", "tradestream_disk_free_bytes 5"],
        ...["tradestream_event_loop_stall_seconds 0.04", "process_resident_memory_bytes 900"],
        ...["tradestream_trades_open 0", 'tradestream_account_day_dollars{account="Paper"} -12.5'],
        'tradestream_account_entries_allowed{account="Paper"} 0',
      ]),
    );
  });

  it("of twins are not shown", async () => {
    expect((await gauged([HOST])).join("\n")).not.toContain("Twin");
  });

  it("that only grow never go back", async () => {
    const more = { ...HOST, cpuSeconds: 2, network: { received: 100, sent: 31 } };
    const fewer = { ...HOST, cpuSeconds: 2, network: { received: 3, sent: 31 } };
    const lines = await gauged([HOST, more, { ...more, network: null, disk: null }, fewer]);
    expect(lines).toContain("process_cpu_seconds_total 2");
    expect(lines).toContain("tradestream_network_receive_bytes_total 100");
    expect(lines).toContain("tradestream_network_transmit_bytes_total 31");
  });

  it("of the machine are missing before the first look", async () => {
    const lines = (await gauged([null])).filter((line) =>
      /^(process|nodejs|tradestream_disk)/.test(line),
    );
    expect(lines).toEqual(["process_cpu_seconds_total 0"]);
  });
});
