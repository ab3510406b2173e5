/** Which account an operator means. */
import { describe, expect, it } from "vitest";
import { accountNamed } from "../../../../src/core/decide/named-account.ts";
import { step } from "../../../../src/core/engine.ts";
import type { Command } from "../../../../src/core/model/command.ts";
import { accountId } from "../../../../src/core/model/ids.ts";
import { initialState, type State, withAccount } from "../../../../src/core/state.ts";
import { ACCOUNT, anAccount, later, NOW } from "../../../kit/builders.ts";

const OTHER = accountId("PAPER-2");

const house = (otherName: string): State =>
  withAccount(withAccount(initialState, anAccount()), anAccount({ id: OTHER, name: otherName }));

describe("an account", () => {
  it("is found by its id before any name, and by a name that only one has", () => {
    const found = (state: State, named: string) => {
      const result = accountNamed(state, named);
      return result.ok ? result.value.id : result.error;
    };
    expect(found(house("Other"), "Other")).toBe(OTHER);
    expect(found(house(ACCOUNT), ACCOUNT)).toBe(ACCOUNT);
    expect(found(house("Other"), "other")).toBe("there is no account other");
    expect(found(house("Paper"), "Paper")).toBe(
      `several are named Paper: say the id, as ${ACCOUNT} or ${OTHER}`,
    );
  });

  const commands: readonly (readonly [Command, string])[] = [
    [{ kind: "flatten", account: "Other" }, "GateMoved"],
    [{ kind: "lockout", account: "Other", until: later(60_000) }, "LockedOut"],
    [{ kind: "switch", account: "Other", to: "off" }, "AccountSwitched"],
  ];
  it.each(commands)(
    "named to %j is that one, and what is written down has its id",
    (command, kind) => {
      const { facts } = step(house("Other"), { kind: "command", at: NOW, quotes: [], command });
      expect(facts.find((fact) => fact.kind === kind)).toMatchObject({ account: OTHER });
      const twice = step(house("Paper"), {
        ...{ kind: "command", at: NOW, quotes: [] },
        command: { ...command, account: "Paper" } as Command,
      });
      expect(twice.facts).toMatchObject([{ kind: "CommandTaken", answer: { kind: "refused" } }]);
    },
  );
});
