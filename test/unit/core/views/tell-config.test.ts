import { describe, expect, it } from "vitest";
import type { ConfigChange, ConfigFact } from "../../../../src/core/model/config-fact.ts";
import { newNarrator } from "../../../../src/core/views/narrator.ts";
import { tellConfig } from "../../../../src/core/views/tell-config.ts";
import { narrate } from "../../../../src/core/views/timeline.ts";
import { NOW } from "../../../kit/builders.ts";

const change = (key: string, outcome: ConfigChange["outcome"]): ConfigChange => ({
  ...{ key, was: "10", is: "2", on: "now", outcome },
});
const reloaded = (...changes: readonly ConfigChange[]): string => {
  const about = { at: NOW, kind: "ConfigReloaded", by: "file", was: "a", is: "b" } as const;
  return tellConfig({ ...about, changes, omitted: 0 }).text;
};
const flaw = { file: "c.yaml", line: 3, key: "paste", reason: "expected true or false" };
const refused = (flaws: Extract<ConfigFact, { kind: "ConfigRefused" }>["flaws"], omitted = 0) =>
  tellConfig({ at: NOW, kind: "ConfigRefused", by: "file", is: "a", flaws, omitted }).text;

describe("the words for a changed configuration", () => {
  it("say what holds, and what waits", () => {
    expect(reloaded()).toBe("configuration reloaded: it is as it was");
    expect(reloaded(change("a", "applied"), change("b", "waits"), change("c", "waits"))).toBe(
      "configuration reloaded: applied a 2 (was 10); waiting for a restart b 2 (was 10), c 2 (was 10)",
    );
    expect(reloaded(change("b", "waits"))).toBe(
      "configuration reloaded: waiting for a restart b 2 (was 10)",
    );
  });

  it("say where the first mistake is, and how many more there are", () => {
    const old = "configuration refused, the old one stays";
    expect(refused([flaw])).toBe(`${old}: c.yaml:3 paste: expected true or false`);
    expect(refused([flaw, flaw], 4)).toBe(
      `${old}: c.yaml:3 paste: expected true or false; and 5 more`,
    );
    expect(refused([{ ...flaw, line: null, key: "", reason: "there is no such file" }])).toBe(
      `${old}: c.yaml: there is no such file`,
    );
    expect(refused([])).toBe(old);
  });

  it("stand in the timeline as a trouble of the house", () => {
    const fact: ConfigFact = {
      ...{ at: NOW, kind: "ConfigRefused", by: "file", is: "a", flaws: [flaw], omitted: 0 },
    };
    expect(narrate(newNarrator, fact).lines).toMatchObject([
      { kind: "trouble", tone: "bad", trade: null, account: null },
    ]);
  });
});
