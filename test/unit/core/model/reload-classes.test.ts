import { describe, expect, it } from "vitest";
import { classAt } from "../../../../src/core/model/reload-classes.ts";

const at = (path: string) => classAt(path.split("."));

describe("what a change of a key means to a running house", () => {
  it.each([
    ["mode", { on: "restart" }],
    ["logLevel", { on: "now" }],
    ["log", { on: "restart" }],
    ["log.to", { on: "restart" }],
    ["log.components.venue", { on: "now" }],
    ["sources.0.path", { on: "restart" }],
    ["sources.1.channels.0.room.mode", { on: "now", looser: "restart" }],
    ["sources.0.room.format", { on: "now" }],
    ["settings.accounts.0.rules", { on: "restart" }],
    ["settings.attended", { on: "now", looser: "restart" }],
    ["settings.ruleSets.default", { on: "restart" }],
    ["settings.ruleSets.default.exits.anchor", { on: "next trade" }],
    ["settings.ruleSets.default.entry.chase", { on: "next trade", looser: "restart" }],
    ["settings.ruleSets.default.limits.tradesPerDay", { on: "now", looser: "restart" }],
    ["settings.ruleSets.default.limits.dailyLoss.limit", { on: "now", looser: "restart" }],
  ])("%s", (path, expected) => {
    expect(at(path)).toEqual(expected);
  });

  it("is a restart for keys that no table has", () => {
    const others = ["constructor", "settings", "settings.ruleSets.default.colour"];
    for (const path of [...others, "settings.ruleSets.default.limits", "sources.0.room.toString"])
      expect(at(path)).toEqual({ on: "restart" });
  });
});
