/** The house behind a Discord channel whose gateway was away. */
import { expect, onTestFinished, test } from "vitest";
import { type Run, startRun } from "../../src/app/run.ts";
import { OPEN_ROOM } from "../../src/core/model/room.ts";
import { initialState } from "../../src/core/state.ts";
import { discordSource } from "../../src/shell/discord/alert-source.ts";
import { ALERT, appWorld, openingOf } from "../kit/app-world.ts";
import { fakeDiscord, idOf, TOKEN } from "../kit/discord-gateway.ts";
import { discordSettings } from "../kit/discord-room.ts";

const MISSED = 1_000;

test("a thousand missed messages are all decided, in order, and only the fresh one is traded", async () => {
  const fake = await fakeDiscord();
  const world = appWorld();
  const { clock } = world;
  const source = discordSource({
    ...{ settings: discordSettings(fake), token: { ok: true, value: TOKEN }, clock },
    ...{ after: () => null, past: () => {} },
  });
  let ended: string | null = "running";
  const run: Run = startRun({
    ...world.parts,
    messages: null,
    initial: initialState,
    opening: openingOf(),
    sources: [{ source, tradable: true, roomOf: () => OPEN_ROOM }],
    sourceFault: () => {},
    settled: () => {},
    exhausted: () => {},
    ended: (fault) => {
      ended = fault;
    },
  });
  onTestFinished(async () => {
    source.close();
    await fake.close();
  });
  const turns = async (holds: () => boolean, step: number): Promise<void> => {
    const until = performance.now() + 15_000;
    while (!holds() && performance.now() < until) {
      world.price(6_326);
      world.pass(step);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(holds()).toBe(true);
  };
  await turns(() => source.stats().connected && source.stats().readings >= 1, 10);

  fake.mood.tells = false;
  const from = clock.now();
  world.pass(600_000); // nobody hears anything for ten minutes
  const ids: string[] = [];
  for (let n = 0; n < MISSED; n++) {
    const isAlert = n % 25 === 0;
    const content = isAlert ? ALERT.replace("6326", String(6_317 + ((n / 25) % 20))) : texts(n);
    ids.push(fake.post({ id: idOf(from + 1_000 + n * 500), content }).id);
  }
  ids.push(fake.post({ id: idOf(clock.now() - 1_000), content: ALERT }).id);
  fake.mood.tells = true;
  fake.mood.remembers = false;
  fake.drop();

  const decided = (): readonly string[] => [
    ...new Set(world.told.flatMap(({ fact }) => ("message" in fact ? [fact.message.id] : []))),
  ];
  await turns(() => decided().length >= ids.length, 1);
  expect(decided()).toEqual(ids);
  const facts = world.told.map(({ fact }) => fact);
  const planned = facts.filter((fact) => fact.kind === "TradePlanned");
  expect(planned).toHaveLength(1);
  const refused = facts.filter((fact) => fact.kind === "AlertRefused");
  expect(refused).toHaveLength(MISSED / 25);

  run.stop("the test is over", { flatten: true });
  await turns(() => ended === null, 1_000);
}, 30_000);

/** Chatter, and now and then an exit of trades that are not ours. */
const texts = (n: number): string => (n % 10 === 3 ? "all out, flat" : `chatter number ${n}`);
