import { describe, expect, test } from "vitest";
import { createHearing, type Plugged } from "../../../src/app/hearing.ts";
import type { News, StepHearing } from "../../../src/app/inbox.ts";
import { createMessageBook } from "../../../src/app/message-book.ts";
import type { Message } from "../../../src/core/model/message.ts";
import { OPEN_ROOM } from "../../../src/core/model/room.ts";
import { millis } from "../../../src/core/model/units.ts";
import { initialState } from "../../../src/core/state.ts";
import type { SourceListener } from "../../../src/ports/alert-source.ts";
import { alertMessage, appWorld } from "../../kit/app-world.ts";
import { memoryHistory } from "../../kit/memory-history.ts";

/** A room in channel 42 and a source that says what the test says; the house decides when told to. */
function listening(kept: readonly Message[] = []) {
  const world = appWorld();
  const { clock, log } = world.parts;
  const history = memoryHistory();
  const parts = { receivedAt: clock.now(), imported: false, raw: null };
  history.keep(kept.map((message) => ({ message, ...parts })));
  const told: string[] = [];
  const sourceFault = ({ reason }: { readonly reason: string }): void => void told.push(reason);
  const messages = createMessageBook({ history, clock, log, sourceFault });
  const offered: [News, StepHearing | undefined][] = [];
  let listener: SourceListener | null = null;
  const plugged: Plugged = {
    source: {
      name: "scripted",
      open: (given) => {
        listener = given;
      },
      close() {},
    },
    tradable: true,
    roomOf: ({ channel }) => (channel === "42" ? OPEN_ROOM : null),
    owns: ({ source }) => source === "discord",
  };
  const hearing = createHearing({
    ...{ clock, log, messages, sourceFault, sources: [plugged] },
    offer: (news, hears) => offered.push([news, hears]) > 0,
    exhausted: () => void told.push("exhausted"),
  });
  const decide = (): void => {
    for (const [, hears] of offered) hears?.({ state: initialState, facts: [], effects: [] });
  };
  const speak = (): SourceListener => listener as unknown as SourceListener;
  return { world, hearing, offered, told, decide, speak, history };
}

const said = (id: string, own: Partial<Message> = {}): Message => ({
  ...alertMessage(id, 0, "lunch"),
  ...{ source: "discord", channel: "42" },
  ...own,
});

describe("a hearing", () => {
  test("offers what was kept before it opens its sources, each by the terms of its channel", () => {
    const kept = [
      said("1"),
      said("2", { channel: "43" }), // not ours any more
      said("3", { source: "paste", channel: "paste" }),
      said("4", { source: "chat-file", channel: "a.txt" }),
      said("5", { source: "webhook", channel: "tv" }),
    ];
    const { hearing, offered, history } = listening(kept);
    hearing.open();
    const terms = offered.map(([news]) =>
      news.kind === "message" ? [news.message.id, news.tradable] : [],
    );
    expect(terms).toEqual([
      ["1", true],
      ["3", false],
    ]);
    hearing.end();
    // Only what a file will say again, and what is on its way, is left.
    expect(history.unsettled().map(({ message }) => message.id)).toEqual(["1", "3", "4"]);
  });

  test("counts what comes from channels nobody asked to hear", () => {
    const { hearing, offered, speak, world } = listening();
    hearing.open();
    for (let n = 0; n < 11; n++) speak().message(said(String(n), { channel: "43" }));
    expect(offered).toEqual([]);
    const strange = world.log.filter(({ event }) => event === "unknown-channel");
    expect(strange.map(({ detail }) => detail["ignored"])).toEqual([1, 10]);
  });

  test("is over when everything that was said is decided", () => {
    const { hearing, told, speak, world, decide } = listening();
    hearing.open();
    speak().message(said("1"));
    speak().end();
    world.pass(500);
    expect(told).toEqual([]);
    decide();
    world.pass(100);
    expect(told).toEqual(["exhausted"]);
  });

  test("that was closed says nothing more", () => {
    const { hearing, told, speak, world, decide, offered } = listening();
    hearing.open();
    hearing.open();
    speak().message(said("1"));
    speak().end();
    hearing.close();
    speak().message(said("2"));
    decide();
    world.pass(millis(500));
    expect(told).toEqual([]);
    expect(offered).toHaveLength(1);
  });
});
