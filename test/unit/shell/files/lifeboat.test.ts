import { appendFileSync, existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { fileLifeboat } from "../../../../src/shell/files/lifeboat.ts";
import { sampleFact } from "../../../kit/sample-facts.ts";
import { temporaryFolder } from "../../../kit/temporary-folder.ts";

describe("the lifeboat", () => {
  test("brings back what was saved, in order, over several runs", () => {
    const path = join(temporaryFolder(), "lifeboat.jsonl");
    expect(fileLifeboat(path).load()).toEqual([]);
    expect(fileLifeboat(path).save([sampleFact(1), sampleFact(2)])).toBe(true);
    expect(fileLifeboat(path).save([sampleFact(3)])).toBe(true);
    expect(fileLifeboat(path).load()).toEqual([sampleFact(1), sampleFact(2), sampleFact(3)]);
  });

  test("passes over a fact that was torn, and keeps the ones around it", () => {
    const path = join(temporaryFolder(), "lifeboat.jsonl");
    const boat = fileLifeboat(path);
    boat.save([sampleFact(1)]);
    appendFileSync(path, '\n{"kind":"MessageIgn');
    boat.save([sampleFact(2)]);
    expect(boat.load()).toEqual([sampleFact(1), sampleFact(2)]);
  });

  test("is gone once cleared, and clearing it again is no fault", () => {
    const path = join(temporaryFolder(), "lifeboat.jsonl");
    const boat = fileLifeboat(path);
    boat.save([sampleFact(1)]);
    boat.clear();
    boat.clear();
    expect(existsSync(path)).toBe(false);
    expect(boat.load()).toEqual([]);
  });

  test("says no when it cannot be written either", () => {
    const path = join(temporaryFolder(), "lifeboat.jsonl");
    mkdirSync(path);
    expect(fileLifeboat(path).save([sampleFact(1)])).toBe(false);
    const cyclic: Record<string, unknown> = {};
    cyclic["self"] = cyclic;
    expect(() => fileLifeboat(path).save([cyclic as never])).toThrow("circular");
  });
});
