/** The machine may sleep whenever nothing is held. */
import { expect, test } from "vitest";
import { keptAwake } from "../../../src/app/kept-awake.ts";
import { createLoop } from "../../../src/app/loop.ts";
import { DEFAULT_CONFIG } from "../../../src/core/model/defaults.ts";
import { OPEN_ROOM } from "../../../src/core/model/room.ts";
import { initialState } from "../../../src/core/state.ts";
import { alertMessage, appWorld, openingOf } from "../../kit/app-world.ts";

test("it is kept awake from the first contract to the last, and not by anything else", () => {
  const world = appWorld();
  const said: string[] = [];
  const keeper = { hold: () => void said.push("hold"), release: () => void said.push("release") };
  const awake = keptAwake(keeper, () => loop.state());
  const parts = { ...world.parts, audience: [awake], giveUp: (why: string) => expect.fail(why) };
  const loop = createLoop(parts, initialState);
  world.broker.open((report) => loop.offer({ kind: "report", report }));
  world.price(6_326);
  loop.offer({ kind: "start", ...openingOf(DEFAULT_CONFIG.settings) });
  world.pass(1_000);
  world.price(6_326);
  const message = alertMessage("m1", world.clock.now());
  loop.offer({ kind: "message", message, tradable: true, room: OPEN_ROOM, from: 0 });
  expect(said).toEqual([]);
  for (let n = 0; n < 5; n++) {
    world.pass(500);
    world.price(6_326);
  }
  expect(said).toEqual(["hold"]);
  loop.offer({ kind: "command", command: { kind: "flatten", account: null } });
  for (let n = 0; n < 20; n++) {
    world.pass(500);
    world.price(6_326);
  }
  expect(said).toEqual(["hold", "release"]);
  awake.stop();
  expect(said).toEqual(["hold", "release", "release"]);
  loop.stop();
});
