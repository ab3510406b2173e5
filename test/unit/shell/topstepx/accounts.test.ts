import { describe, expect, test } from "vitest";
import type { VenueAccount } from "../../../../src/core/model/config.ts";
import { accountId } from "../../../../src/core/model/ids.ts";
import { millis } from "../../../../src/core/model/units.ts";
import { virtualClock } from "../../../../src/shell/host/virtual-clock.ts";
import { judgeAccounts } from "../../../../src/shell/topstepx/accounts.ts";
import { asking } from "../../../../src/shell/topstepx/asking.ts";
import type { WireAccount } from "../../../../src/shell/topstepx/wire-types.ts";
import { patient } from "../../../kit/patient.ts";
import { done, scriptedGateway, silence } from "../../../kit/scripted-gateway.ts";

const account = (id: number, parts: Partial<WireAccount> = {}): WireAccount => ({
  ...{ id, name: `PRAC-V2-${id}`, balance: 50_000, canTrade: true },
  ...{ isVisible: true, simulated: true },
  ...parts,
});

const pin = (number: number, name = `PRAC-V2-${number}`): VenueAccount => ({
  ...{ account: accountId(String(number)), number, name },
});

interface Lists {
  readonly active: readonly WireAccount[];
  readonly all?: readonly WireAccount[];
  readonly pins?: readonly VenueAccount[];
}

async function judged({ active, all = active, pins = [pin(101)] }: Lists) {
  const clock = virtualClock(millis(0));
  const gateway = scriptedGateway(clock, {
    "Account/search": ({ onlyActiveAccounts }) =>
      done({ accounts: onlyActiveAccounts ? active : all }),
  });
  const config = { accounts: pins, simulated: true };
  return patient(clock, judgeAccounts(asking(gateway), config));
}

async function verdicts(lists: Lists) {
  const told = await judged(lists);
  if (told.kind !== "judged") throw new Error(told.kind);
  return told.accounts.map(({ check, found }) => ({ ...check, found: found?.id ?? null }));
}

describe("an account", () => {
  test("is the one that was meant when number, name and kind fit", async () => {
    expect(await verdicts({ active: [account(100), account(101)] })).toEqual([
      { what: "account", state: "ok", says: "101 is PRAC-V2-101", found: 101 },
    ]);
  });

  test("that this login does not have is told beside those it has", async () => {
    const [fault] = await verdicts({ active: [account(7), account(8)] });
    expect(fault).toEqual({
      ...{ what: "account", state: "problem", found: null },
      says: "101 (PRAC-V2-101) is not among the active accounts of this login: it has 7 (PRAC-V2-7), 8 (PRAC-V2-8). A reset gives an account a new id; put the id and name of the one you mean into the configuration",
    });
    expect((await verdicts({ active: [] }))[0]?.says).toContain("it has none");
  });

  test("that is over is told so, and what lies there can be seen", async () => {
    expect(await verdicts({ active: [], all: [account(101)] })).toMatchObject([
      { state: "problem", says: expect.stringContaining("no longer active"), found: 101 },
    ]);
  });

  test.each([
    [{ name: "50KTC-1" }, "is called 50KTC-1 at the venue and PRAC-V2-101 in", null],
    [{ canTrade: false }, "101 (PRAC-V2-101) may not trade", 101],
    [{ simulated: false }, "is real money at the venue and simulated in", 101],
    [{ simulated: null }, "is of unstated kind at the venue", 101],
  ] as const)(
    "with %j is refused in one line that says what to do",
    async (parts, words, found) => {
      const [fault] = await verdicts({ active: [account(101, parts)] });
      expect(fault).toMatchObject({ state: "problem", found });
      expect(fault?.says).toContain(words);
      expect(fault?.says).not.toContain("\n");
    },
  );

  test("has its own verdict beside others", async () => {
    const pins = [pin(101), pin(102, "x"), pin(103)];
    const told = await verdicts({ active: [account(101), account(102)], pins });
    expect(told.map(({ state }) => state)).toEqual(["ok", "problem", "problem"]);
  });
});

describe("accounts", () => {
  test("are offered where none is named, so many of them", async () => {
    const offer = async (active: readonly WireAccount[]) => {
      const told = await judged({ active, pins: [] });
      return told.kind === "on-offer" ? told.check.says : told.kind;
    };
    expect(await offer([])).toBe("broker.accounts names none; this login has no account at all");
    expect(await offer([account(7)])).toContain("this login has 7 (PRAC-V2-7)");
    expect(await offer(Array.from({ length: 11 }, (_, id) => account(id)))).toMatch(/ and others$/);
  });

  test.each([true, false])(
    "are not called unknown when the venue did not answer",
    async (isFirst) => {
      const clock = virtualClock(millis(0));
      const gateway = scriptedGateway(clock, {
        "Account/search": ({ onlyActiveAccounts }) =>
          onlyActiveAccounts === isFirst ? silence : done({ accounts: [] }),
      });
      const config = { accounts: [pin(101)], simulated: true };
      expect(await patient(clock, judgeAccounts(asking(gateway), config))).toEqual({
        kind: "unreadable",
        check: {
          ...{ what: "accounts", state: "problem" },
          says: "cannot be listed: no answer in 10 s; try again later",
        },
      });
    },
  );
});
