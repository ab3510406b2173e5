import { describe, expect, test } from "vitest";
import { millis } from "../../../../src/core/model/units.ts";
import { virtualClock } from "../../../../src/shell/host/virtual-clock.ts";
import type { AccountPin, PinnedAccount } from "../../../../src/shell/topstepx/accounts.ts";
import { readAccounts } from "../../../../src/shell/topstepx/accounts.ts";
import type { WireAccount } from "../../../../src/shell/topstepx/wire-types.ts";
import { done, scriptedGateway, silence } from "../../../kit/scripted-gateway.ts";

const account = (id: number, parts: Partial<WireAccount> = {}): WireAccount => ({
  ...{ id, name: `PRAC-V2-${id}`, balance: 50_000, canTrade: true },
  ...{ isVisible: true, simulated: true },
  ...parts,
});

const PIN: AccountPin = { id: 101, name: "PRAC-V2-101", simulated: true };

function read(
  active: readonly WireAccount[],
  { pins = [PIN], all = active }: { pins?: AccountPin[]; all?: readonly WireAccount[] } = {},
): readonly PinnedAccount[] {
  const clock = virtualClock(millis(0));
  const gateway = scriptedGateway(clock, {
    "Account/search": ({ onlyActiveAccounts }) =>
      done({ accounts: onlyActiveAccounts ? active : all }),
  });
  const told: (readonly PinnedAccount[])[] = [];
  readAccounts(gateway, pins, (one) => told.push(one));
  clock.runAll(10);
  expect(told).toHaveLength(1);
  return told[0] ?? [];
}

const faultOf = (one: PinnedAccount | undefined) => (one?.ok === false ? one.error : null);

describe("an account", () => {
  test("is the one that was meant when number, name and kind fit", () => {
    expect(read([account(100), account(101)])).toEqual([{ ok: true, value: account(101) }]);
  });

  test("that this login does not have is told beside those it has", () => {
    expect(faultOf(read([account(7), account(8)])[0])).toEqual({
      kind: "unknown",
      line: "account 101 (PRAC-V2-101) is not among the active accounts of this login: it has 7 (PRAC-V2-7), 8 (PRAC-V2-8). A reset gives an account a new id; put the id and name of the one you mean into the configuration",
    });
    expect(faultOf(read([])[0])?.line).toContain("it has none");
  });

  test("that is over is told so", () => {
    expect(faultOf(read([], { all: [account(101)] })[0])).toMatchObject({
      kind: "inactive",
      line: expect.stringContaining("no longer active"),
    });
  });

  test.each([
    ["renamed", { name: "50KTC-1" }, "is called 50KTC-1 at the venue and PRAC-V2-101 in"],
    ["may-not-trade", { canTrade: false }, "account 101 (PRAC-V2-101) may not trade"],
    ["other-money", { simulated: false }, "is real money at the venue and simulated in"],
    ["other-money", { simulated: null }, "is of unstated kind at the venue"],
  ] as const)("is refused as %s in one line that says what to do", (kind, parts, words) => {
    const fault = faultOf(read([account(101, parts)])[0]);
    expect(fault?.kind).toBe(kind);
    expect(fault?.line).toContain(words);
    expect(fault?.line).not.toContain("\n");
  });

  test("has its own verdict beside others", () => {
    const pins = [PIN, { ...PIN, id: 102, name: "x" }, { ...PIN, id: 103 }];
    const kinds = read([account(101), account(102)], { pins }).map((one) => faultOf(one)?.kind);
    expect(kinds).toEqual([undefined, "renamed", "unknown"]);
  });

  test("is not called unknown when the venue did not answer", () => {
    const clock = virtualClock(millis(0));
    const gateway = scriptedGateway(clock, { "Account/search": () => silence });
    const told: (readonly PinnedAccount[])[] = [];
    readAccounts(gateway, [PIN, PIN], (one) => told.push(one));
    clock.runAll(10);
    const fault = { kind: "no-answer", line: "the accounts could not be read: no answer in 10 s" };
    expect(told).toEqual([
      [
        { ok: false, error: fault },
        { ok: false, error: fault },
      ],
    ]);
  });

  test("keeps its first verdict when only the second look has no answer", () => {
    const clock = virtualClock(millis(0));
    const gateway = scriptedGateway(clock, {
      "Account/search": ({ onlyActiveAccounts }) =>
        onlyActiveAccounts ? done({ accounts: [] }) : silence,
    });
    const told: (readonly PinnedAccount[])[] = [];
    readAccounts(gateway, [PIN], (one) => told.push(one));
    clock.runAll(10);
    expect(faultOf(told[0]?.[0])?.kind).toBe("unknown");
  });
});
