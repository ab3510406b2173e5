import { describe, expect, test } from "vitest";
import type { Root } from "../../../../src/core/model/instrument.ts";
import { type Millis, millis } from "../../../../src/core/model/units.ts";
import { virtualClock } from "../../../../src/shell/host/virtual-clock.ts";
import { openContracts, type Resolved } from "../../../../src/shell/topstepx/contracts.ts";
import type { WireContract } from "../../../../src/shell/topstepx/wire-types.ts";
import { done, scriptedGateway, silence } from "../../../kit/scripted-gateway.ts";

/** Monday, 10:00 in Chicago. */
const MORNING = millis(Date.UTC(2026, 10, 23, 16));
/** The same day, 17:00. */
const OPEN = millis(Date.UTC(2026, 10, 23, 23));

const row = (symbol: string, month: string, parts: Partial<WireContract> = {}): WireContract => ({
  id: `CON.F.US.${symbol}.${month}`,
  name: `${symbol}${month}`,
  description: "",
  tickSize: 0.25,
  tickValue: 1.25,
  activeContract: true,
  symbolId: `F.US.${symbol}`,
  ...parts,
});

const MES = row("MES", "Z26");
const ES = row("EP", "Z26", { tickValue: 12.5 });

function opened(rows: WireContract[], roots: readonly Root[] = ["MES"], start: Millis = MORNING) {
  const clock = virtualClock(start);
  const told: Resolved[] = [];
  const gateway = scriptedGateway(clock, {
    "Contract/available": () => done({ contracts: rows }),
    "Contract/search": () => done({ contracts: [] }),
  });
  const parts = { gateway, clock, roots, live: false, told: (one: Resolved) => told.push(one) };
  const contracts = openContracts(parts);
  contracts.open();
  contracts.open();
  return {
    ...{ clock, gateway, contracts, told },
    pass: (time: number) => void clock.runUntil(millis(clock.now() + time)),
  };
}

describe("the contracts of this trade date", () => {
  test("are found by symbol and active flag among whatever else is listed", () => {
    const others = [row("QG", "Z26"), row("MES", "H27", { activeContract: false })];
    const { contracts, told, gateway, pass } = opened([...others, ES, MES], ["ES", "MES"]);
    expect(contracts.refusal("MESZ26")).toBe("MESZ26: not known yet, the venue was not asked yet");
    pass(1);
    expect(contracts.refusal("MESZ26")).toBeNull();
    expect(told[0]?.contracts.map(({ id, code }) => [id, code])).toEqual([
      ["CON.F.US.EP.Z26", "ESZ26"],
      ["CON.F.US.MES.Z26", "MESZ26"],
    ]);
    expect(gateway.calls).toEqual([
      { name: "Contract/available", asked: { live: false }, urgency: "read" },
    ]);
  });

  test("are searched for where the list leaves them out", () => {
    const { contracts, gateway, pass } = opened([ES], ["ES", "MES", "MNQ"]);
    gateway.script["Contract/search"] = ({ searchText }) =>
      done({ contracts: searchText === "MES" ? [row("EMES", "Z26"), MES] : [] });
    pass(1);
    expect(contracts.refusal("MESZ26")).toBeNull();
    expect(contracts.refusal("MNQZ26")).toBe(
      "MNQ: none of the venue's 0 contracts has the symbol F.US.MNQ",
    );
    expect(gateway.calls.map(({ asked }) => asked)).toEqual([
      { live: false },
      { searchText: "MES", live: false },
      { searchText: "MNQ", live: false },
    ]);
  });

  test.each([
    [
      "none is active",
      [row("MES", "Z26", { activeContract: false })],
      "MES: the venue has CON.F.US.MES.Z26, and none of them is active",
    ],
    [
      "another month is",
      [row("MES", "H27")],
      "MES: the venue's active contract is CON.F.US.MES.H27, by our calendar MESZ26",
    ],
    [
      "a tick has another size",
      [row("MES", "Z26", { tickSize: 0.5 })],
      "MESZ26: a tick is 0.5 points at the venue, 0.25 in our table",
    ],
    [
      "a tick is worth something else",
      [row("MES", "Z26", { tickValue: 12.5 })],
      "MESZ26: a tick is worth $12.5 at the venue, $1.25 in our table",
    ],
  ])("are refused where %s, with the numbers", (_, rows, line) => {
    const { contracts, told, pass } = opened(rows);
    pass(1);
    expect(told[0]).toEqual({ contracts: [], refusals: [line], hasAnswered: true });
    expect(contracts.refusal("MESZ26")).toBe(line);
  });

  test.each([
    ["ZN", row("TYA", "Z26", { tickSize: 0.015625, tickValue: 15.625 })],
    ["6E", row("EU6", "Z26", { tickSize: 0.00005, tickValue: 6.25 })],
    ["SIL", row("SIL", "Z26", { tickSize: 0.005, tickValue: 5 })],
    ["M2K", row("M2K", "Z26", { tickSize: 0.1, tickValue: 0.5 })],
  ] as const)("take the odd ticks of %s for what they are", (root, one) => {
    const { told, pass } = opened([one], [root]);
    pass(1);
    expect(told[0]?.refusals).toEqual([]);
  });

  test("are asked for again at the open, when the front may be another", () => {
    const rows = [MES];
    const { clock, contracts, told } = opened(rows);
    clock.runUntil(millis(OPEN + 4_999));
    expect(told).toHaveLength(1);
    clock.runUntil(millis(OPEN + 5_001));
    expect(told).toHaveLength(2);
    // Three weeks on the March contract is the front.
    rows[0] = row("MES", "H27");
    clock.runUntil(millis(OPEN + 21 * 86_400_000));
    expect(contracts.refusal("MESH27")).toBeNull();
    expect(contracts.refusal("MESZ26")).toBe(
      "MESZ26: not the contract of this trade date, which is MESH27",
    );
  });

  test("are asked for every ten seconds while the venue says nothing, and kept meanwhile", () => {
    const { contracts, gateway, told, pass, clock } = opened([MES]);
    gateway.script["Contract/available"] = () => silence;
    pass(1);
    expect(contracts.refusal("MESZ26")).toBeNull(); // the script was read when it was asked
    clock.runUntil(millis(OPEN + 5_100));
    expect(told.at(-1)).toMatchObject({ hasAnswered: false, contracts: [{ code: "MESZ26" }] });
    pass(60_000);
    expect(told).toHaveLength(8);
    gateway.script["Contract/available"] = () => done({ contracts: [MES] });
    pass(10_000);
    expect(told.at(-1)?.hasAnswered).toBe(true);
    expect(contracts.refusal("MESZ26")).toBeNull();
  });

  test("say why they are not known at the start", () => {
    const clock = virtualClock(MORNING);
    const told: Resolved[] = [];
    const gateway = scriptedGateway(clock, {
      "Contract/available": () => done({ contracts: [] }),
      "Contract/search": () => silence,
    });
    const contracts = openContracts({
      ...{ gateway, clock, roots: ["MES"], live: true },
      told: (one) => told.push(one),
    });
    contracts.open();
    clock.runUntil(millis(MORNING + 1));
    expect(contracts.refusal("MESZ26")).toBe(
      "MESZ26: not known yet, the venue was asked for its contracts and said: no answer in 10 s",
    );
    expect(told).toEqual([{ contracts: [], refusals: [], hasAnswered: false }]);
  });

  test("are asked for after ten minutes where one was refused", () => {
    const rows = [row("MES", "H27")];
    const { contracts, pass } = opened(rows);
    pass(1);
    rows[0] = MES;
    pass(600_000);
    expect(contracts.refusal("MESZ26")).toBeNull();
  });

  test("translate names for what is long gone, and refuse what we never trade", () => {
    const { contracts, pass } = opened([MES]);
    pass(1);
    expect(contracts.byId("CON.F.US.MES.U26")?.code).toBe("MESU26");
    expect(contracts.byCode("NQU26")?.id).toBe("CON.F.US.ENQ.U26");
    expect(contracts.refusal("NQZ26")).toBe("NQZ26: no contract of this program");
    expect(contracts.refusal("nonsense")).toBe("nonsense: no contract of this program");
  });

  test("are not asked for any more once closed", () => {
    const { contracts, told, clock } = opened([MES]);
    contracts.close();
    clock.runUntil(millis(OPEN + 86_400_000));
    expect([told, clock.pending()]).toEqual([[], 0]);
  });
});
