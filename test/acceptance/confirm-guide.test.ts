/**
 * The guide to rooms that ask first tells the truth: its morning is played by the program, and every
 * line of its output stands on the page.
 */
import { describe, expect, test } from "vitest";
import { answerEntry } from "../../src/app/answer-entry.ts";
import { startRun } from "../../src/app/run.ts";
import { OPEN_ROOM, type Room } from "../../src/core/model/room.ts";
import { initialState } from "../../src/core/state.ts";
import { newNarrator } from "../../src/core/views/narrator.ts";
import { renderStatus, statusView } from "../../src/core/views/status.ts";
import { narrate, renderLines } from "../../src/core/views/timeline.ts";
import type { SourceListener } from "../../src/ports/alert-source.ts";
import type { WaitingEntry } from "../../src/ports/approvals.ts";
import { valuesOf } from "../../src/std/trie.ts";
import { alertMessage, appWorld, openingOf } from "../kit/app-world.ts";
import { read } from "../kit/tree.ts";

const ROOM: Room = { ...OPEN_ROOM, mode: "confirm" };
const ALERT = "🚨 ES long 6326: B\nStop: 6316";

function morning() {
  const world = appWorld();
  const asked: WaitingEntry[] = [];
  let listener: SourceListener | null = null;
  const source = {
    name: "a room",
    open: (given: SourceListener) => {
      listener = given;
    },
    close: () => {},
  };
  world.price(6326);
  const run = startRun({
    ...world.parts,
    messages: null,
    initial: initialState,
    opening: openingOf(),
    sources: [{ source, tradable: true, roomOf: () => ROOM }],
    desks: [{ ask: (entry) => void asked.push(entry), ended: () => {} }],
    sourceFault: () => {},
    settled: () => {},
    exhausted: () => {},
    ended: () => {},
  });
  world.pass(1_000);
  const say = (id: string, text: string, change = {}): void => {
    const message = alertMessage(id, world.clock.now(), text);
    listener?.message({ ...message, ...change });
    world.pass(0);
  };
  const answer = async (entry: number, how: "approve" | "refuse") => {
    const given = answerEntry(run.loop, { entry, how, by: "the operator" });
    world.pass(0);
    const said = await given;
    return said.kind === "refused" ? `refused: ${said.reason}` : "taken";
  };
  const passWith = (points: number, seconds: number): void => {
    for (let second = 0; second < seconds; second++) {
      world.price(points);
      world.pass(1_000);
    }
  };
  const timeline = (): readonly string[] => {
    let narrator = newNarrator;
    return world.told.flatMap(({ fact }) => {
      const told = narrate(narrator, fact);
      narrator = told.narrator;
      return told.lines.flatMap((line) => renderLines(line, { columns: 200, colour: false }));
    });
  };
  const status = (): readonly string[] => {
    const { accounts, waiting } = run.loop.state();
    const at = world.clock.now();
    const view = {
      at,
      sequence: 0,
      accounts: valuesOf(accounts),
      trades: [],
      waiting,
      remarks: [],
    };
    return renderStatus(statusView(view)).filter((line) => line.startsWith("entry "));
  };
  return { say, answer, passWith, timeline, status, asked };
}

describe("docs/guide/confirm.md", () => {
  test("shows what the program says", async () => {
    const { say, answer, passWith, timeline, status, asked } = morning();
    const output: string[] = [];
    say("m1", ALERT);
    output.push(...(asked[0]?.lines ?? []));
    passWith(6326.5, 18);
    output.push(...status());
    expect(await answer(1, "approve")).toBe("taken");
    passWith(6326.5, 2);
    output.push(...timeline().slice(5));
    passWith(6340, 20);
    const known = timeline().length;
    say("m2", "🚨 ES long 6340: C\nStop: 6332");
    passWith(6340, 10);
    say("m2", "🚨 ES long 6340: C\nStop: 6334", { event: "edit", previous: null });
    output.push(await answer(2, "approve"));
    passWith(6336.75, 10);
    output.push(await answer(3, "approve"));
    say("m3", "🚨 ES long 6337: C\nStop: 6331");
    passWith(6336.75, 61);
    output.push(...timeline().slice(known));
    const page = read("docs/guide/confirm.md").split("\n");
    expect(output.filter((line) => !page.includes(line))).toEqual([]);
  });
});
