/** Backups as the books see them: journaled, a fault told once, a restored house only lets out. */
import { describe, expect, it } from "vitest";
import { restoredFacts } from "../../../../src/core/decide/backup.ts";
import { step } from "../../../../src/core/engine.ts";
import { evolve } from "../../../../src/core/evolve.ts";
import type { BackupReport, MadeBackup } from "../../../../src/core/model/backup-fact.ts";
import { accountId } from "../../../../src/core/model/ids.ts";
import { millis } from "../../../../src/core/model/units.ts";
import { topicOf } from "../../../../src/core/notify/topics.ts";
import { initialState, type State, withAccount } from "../../../../src/core/state.ts";
import { anAccount, later, NOW } from "../../../kit/builders.ts";

const MADE: MadeBackup = {
  ...{ name: "2026-11-19T15-00-00.000Z", cause: "schedule", begunAt: NOW, sequence: 12 },
  ...{ files: 4, bytes: 9_000, took: millis(120) },
};

const made = (change: Partial<MadeBackup> = {}, copyFault: string | null = null): BackupReport => ({
  kind: "made",
  backup: { ...MADE, ...change },
  copyFault,
});

const failed = (reason = "the disk is full"): BackupReport => ({
  ...{ kind: "failed", cause: "schedule", reason },
});

function heard(...reports: readonly BackupReport[]) {
  const facts = [];
  let state: State = initialState;
  for (const [index, report] of reports.entries()) {
    const next = step(state, { kind: "backup", at: later(index), quotes: [], report });
    state = next.state;
    facts.push(...next.facts);
  }
  return { state, facts, told: facts.map(topicOf).filter((topic) => topic !== null) };
}

describe("a backup that was made", () => {
  it("is a fact, and the newest that the books know of", () => {
    const { state, facts, told } = heard(made());
    expect(facts).toEqual([{ at: NOW, kind: "BackupMade", ...MADE }]);
    expect(told).toEqual([]);
    const { name, begunAt: at, sequence } = MADE;
    expect(state.backups).toEqual({ newest: { name, at, sequence }, fault: null });
  });

  it("is journaled once, however often it is found", () => {
    expect(heard(made(), made()).facts).toHaveLength(1);
  });

  it("without its second copy counts, and somebody is told", () => {
    const { state, facts, told } = heard(made({}, "no second copy: it is not there"));
    expect(facts.map(({ kind }) => kind)).toEqual(["BackupMade", "BackupFailed"]);
    expect(told).toEqual(["alarm"]);
    expect(state.backups).toMatchObject({ newest: { name: MADE.name } });
    expect(state.backups?.fault).toBe("no second copy: it is not there");
  });

  it("without its second copy again tells nobody again", () => {
    const [reason, next] = ["no second copy", { name: "2026-11-19T21-00-00.000Z" }];
    expect(heard(made({}, reason), made(next, reason)).told).toEqual(["alarm"]);
  });
});

describe("a backup that failed", () => {
  it("is told once, and again when it is for another reason", () => {
    expect(heard(failed(), failed(), failed()).told).toEqual(["alarm"]);
    expect(heard(failed(), failed("another one"), failed("another one")).told).toHaveLength(2);
  });

  it("is told anew after one that worked", () => {
    expect(heard(failed(), made(), failed()).told).toHaveLength(2);
  });

  it("leaves the newest that holds what it is", () => {
    const { state } = heard(made(), failed());
    expect(state.backups).toMatchObject({ newest: { name: MADE.name }, fault: "the disk is full" });
    expect(heard(failed()).state.backups?.newest).toBeNull();
  });
});

describe("books that were restored", () => {
  const books = { at: NOW, name: MADE.name, sequence: 12, quarantine: "data/quarantine/x" };
  const [active, halted] = [accountId("A"), accountId("B")];
  const state = [
    anAccount({ id: active, gate: "active" }),
    anAccount({ id: halted, gate: "halted", gateReason: "by hand" }),
  ].reduce(withAccount, initialState);

  it("let nothing in until a person says so, and loosen nothing", () => {
    const facts = restoredFacts(state, books);
    expect(facts).toMatchObject([
      { kind: "BackupRestored", ...books },
      { kind: "GateMoved", account: active, gate: "reducing" },
    ]);
    const gates = Object.values(facts.reduce(evolve, state).accounts.root ?? {});
    expect(JSON.stringify(gates)).toContain('"gate":"reducing"');
    expect(JSON.stringify(gates)).toContain('"gate":"halted"');
  });

  it("are told to whoever sits there, and to nobody else", () => {
    expect(restoredFacts(state, books).map(topicOf)).toEqual([null, "breaker"]);
  });
});
