import { describe, expect, test } from "vitest";
import { ledgerAudience } from "../../../src/app/ledger-audience.ts";
import { millis } from "../../../src/core/model/units.ts";
import type { Recorded } from "../../../src/ports/journal.ts";
import type { Ledger } from "../../../src/ports/ledger.ts";
import { openLedger } from "../../../src/shell/sqlite/ledger.ts";
import type { Logged } from "../../kit/app-world.ts";
import { memoryJournal } from "../../kit/memory-journal.ts";
import { NOON, sampleFacts, tradeStory } from "../../kit/sample-facts.ts";
import { temporaryFolder } from "../../kit/temporary-folder.ts";

function desk() {
  const opened = openLedger(`${temporaryFolder()}/ledger.db`, { at: millis(NOON) });
  if (!opened.ok) throw new Error(opened.error.detail);
  const ledger = opened.value;
  const journal = memoryJournal();
  const rounds: (() => void)[] = [];
  const log: Logged[] = [];
  const audience = (over: Ledger = ledger) =>
    ledgerAudience({
      ledger: over,
      journal,
      log: { write: (level, event, detail = {}) => void log.push({ level, event, detail }) },
      soon: (task) => void rounds.push(task),
    });
  /** Runs what was put off until nothing is left. Returns how many rounds it took. */
  const settle = (): number => {
    let count = 0;
    for (let round = rounds.shift(); round !== undefined; round = rounds.shift(), count++) round();
    return count;
  };
  return { ledger, journal, rounds, log, audience, settle };
}

const NOTHING: readonly Recorded[] = [];

describe("the ledger", () => {
  test("follows the journal a round later, never in the turn itself", () => {
    const { ledger, journal, audience, settle } = desk();
    const told = audience();
    journal.append(tradeStory(1).facts);
    told.told(NOTHING);
    expect(ledger.progress()).toBe(0);
    settle();
    expect(ledger.progress()).toBe(journal.head().sequence);
    expect(ledger.trades()).toHaveLength(1);
    ledger.close();
  });

  test("catches up in short rounds, however far behind it is", () => {
    const { ledger, journal, rounds, audience, settle } = desk();
    journal.append(sampleFacts(450));
    const told = audience();
    told.told(NOTHING);
    told.told(NOTHING);
    expect(rounds).toHaveLength(1);
    expect(settle()).toBe(6);
    expect(ledger.progress()).toBe(450);
    ledger.close();
  });

  test("misses nothing that is written while it looks at the end of a page", () => {
    const { ledger, journal, rounds, audience, settle } = desk();
    journal.append(sampleFacts(100));
    const told = audience();
    told.told(NOTHING);
    rounds.shift()?.();
    expect(ledger.progress()).toBe(100);
    journal.append(sampleFacts(50));
    told.told(NOTHING);
    settle();
    expect(ledger.progress()).toBe(150);
    ledger.close();
  });

  test("is brought up to the head at a clean stop, and left alone afterwards", () => {
    const { ledger, journal, rounds, audience } = desk();
    journal.append(sampleFacts(30));
    const told = audience();
    told.told(NOTHING);
    told.finish();
    expect(ledger.progress()).toBe(30);
    for (const round of rounds) round();
    told.finish();
    told.told(NOTHING);
    expect(rounds).toHaveLength(1);
    ledger.close();
  });

  test("that refuses again and again is left alone, and the log says why", () => {
    const { ledger, journal, log, audience, settle } = desk();
    const broken: Ledger = {
      ...ledger,
      apply: () => ({ ok: false, error: { kind: "busy", detail: "somebody else writes" } }),
      follow: () => ({ ok: false, error: { kind: "busy", detail: "still" } }),
    };
    journal.append(sampleFacts(3));
    const told = audience(broken);
    told.told(NOTHING);
    expect(settle()).toBe(5);
    const said = log.map(({ detail }) => detail["detail"]);
    expect(said).toEqual(["still", ...Array(5).fill("somebody else writes")]);
    const other = audience(broken);
    other.finish();
    expect(log.at(-1)?.detail).toEqual({ detail: "still" });
    ledger.close();
  });

  test("of another journal starts over", () => {
    const { ledger, journal, audience, settle } = desk();
    const other = memoryJournal();
    other.append([...tradeStory(7).facts, ...sampleFacts(40)]);
    expect(ledger.rebuild(other).ok).toBe(true);
    journal.append(sampleFacts(10, 100));
    const told = audience();
    told.told(NOTHING);
    settle();
    expect(ledger.progress()).toBe(10);
    expect(ledger.trades()).toEqual([]);
    ledger.close();
  });
});
