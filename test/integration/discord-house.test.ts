/** The house behind a Discord channel whose gateway was away. */
import { expect, onTestFinished, test } from "vitest";
import { type Run, startRun } from "../../src/app/run.ts";
import type { Fact } from "../../src/core/model/fact.ts";
import { OPEN_ROOM } from "../../src/core/model/room.ts";
import { initialState } from "../../src/core/state.ts";
import { discordSource } from "../../src/shell/discord/alert-source.ts";
import { ALERT, appWorld, openingOf } from "../kit/app-world.ts";
import { AUTHOR, BOT, CHANNEL, fakeDiscord, idOf, TOKEN } from "../kit/discord-gateway.ts";
import { type DiscordHouse, discordHouse, lastingVenue } from "../kit/discord-house.ts";
import { discordSettings } from "../kit/discord-room.ts";
import { temporaryFolder } from "../kit/temporary-folder.ts";

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

const NQ = "🚨 NQ long 22150: B\nStop: 22125\n@everyone";
const EXITS: readonly (readonly [n: number, text: string, isReply: boolean])[] = [
  [100, "Raise ES stop to 6320", false],
  [300, "trim half", true],
  [450, "ES T1 hit", false],
  [600, "All out of NQ", false],
  [800, "Raise stop to 6322", true],
];

test("a house killed while it catches up does every exit once and in order", async () => {
  const fake = await fakeDiscord();
  const world = appWorld();
  const houses: DiscordHouse[] = [];
  const isHalf = (): boolean => decided().length > MISSED / 2;
  const parts = {
    ...{ fake, world, folder: temporaryFolder(), venue: lastingVenue(world) },
    turned: () => isHalf() && houses.length === 1 && houses[0]?.kill(),
  };
  const begin = async (): Promise<DiscordHouse> => {
    const house = discordHouse(parts);
    houses.push(house);
    await house.until("connected", () => house.source.stats().connected, 5);
    return house;
  };
  onTestFinished(async () => {
    for (const house of houses) house.kill();
    await fake.close();
  });
  const facts = (): readonly Fact[] => world.told.map(({ fact }) => fact);
  const decided = (): readonly string[] => [
    ...new Set(
      facts().flatMap((fact) =>
        "message" in fact && fact.kind !== "TradePlanned" ? [fact.message.id] : [],
      ),
    ),
  ];
  const count = (kind: Fact["kind"]): number => facts().filter((one) => one.kind === kind).length;
  const fresh = (content: string): string => fake.post({ id: idOf(world.clock.now()), content }).id;
  const settled = ({ history }: DiscordHouse, id: string): boolean =>
    history.lastSettled("discord", CHANNEL) === id;

  const first = await begin();
  const heard: string[] = [];
  await first.until("read", () => first.source.stats().readings >= 1);
  world.pass(10);
  heard.push(fresh(ALERT));
  await first.until("the first entry", () => count("EntryFilled") > 0);
  heard.push(fresh(NQ));
  await first.until("both entries", () => count("TradePlanned") === 2);
  await first.until("kept", () => settled(first, heard[1] ?? ""), 20);

  fake.mood.tells = false;
  const from = world.clock.now();
  world.pass(600_000);
  for (let n = 0; n < MISSED; n++) {
    const [, text, isReply] = EXITS.find(([at]) => at === n) ?? [];
    const stale = n % 25 === 7 ? ALERT.replaceAll("63", "61") : null;
    const content = text ?? stale ?? `chatter number ${n}`;
    const reply = isReply === true && {
      type: 19,
      message_reference: { message_id: heard[0], channel_id: CHANNEL },
    };
    heard.push(fake.post({ id: idOf(from + 1_000 + n * 500), content, ...reply }).id);
  }
  fake.mood.tells = true;
  fake.mood.remembers = false;
  fake.drop();
  await first.until("half of it", isHalf);
  expect(decided().length).toBeLessThan(heard.length);

  const second = await begin();
  await second.until("all of it", () => decided().length >= heard.length);
  expect(decided()).toEqual(heard);
  expect(count("TradePlanned")).toBe(2);
  expect(count("AlertRefused")).toBe(MISSED / 25);
  const done = facts().flatMap((fact) =>
    fact.kind === "UpdateSettled" ? [[fact.message.id, fact.how] as const] : [],
  );
  expect(done.map(([id]) => id)).toEqual(EXITS.map(([n]) => heard[n + 2]));
  await second.until("NQ closed", () => count("TradeClosed") === 1, 20);
  const closedAt = world.clock.now();

  // An alert taken, changed while nobody ran, and deleted while nobody heard.
  await second.until("a while", () => world.clock.now() > closedAt + 60_000, 1_000);
  const alert = fresh(NQ.replace("22125", "22130"));
  await second.until("the third entry", () => count("TradePlanned") === 3, 20);
  await second.until("kept", () => settled(second, alert), 20);
  second.kill();
  world.pass(20_000);
  const text = NQ.replace("22125", "22135");
  const edited = new Date(world.clock.now()).toISOString();
  fake.edit(alert, { content: text, edited_timestamp: edited });
  const third = await begin();
  await third.until("the edit", () => third.offered.some(({ id }) => id === alert), 5);
  expect(third.offered.find(({ id }) => id === alert)).toMatchObject({ event: "edit", text });
  const updates = (): readonly Fact[] =>
    facts().filter((fact) => fact.kind === "UpdateSettled" && fact.message.id === alert);
  await third.until("its stop", () => updates().length === 1, 5);
  expect(updates()).toMatchObject([{ how: "applied", action: "move_stop" }]);

  fake.mood.tells = false;
  fake.remove(alert);
  fresh("chatter behind it");
  fake.mood.tells = true;
  fake.drop();
  await third.until("the deletion", () => updates().length === 2, 5);
  expect(count("TradePlanned")).toBe(3);
}, 60_000);

const DESK = "450000000000000005";
const ALICE = "210000000000000001";

test("an entry that waits is asked by buttons, again after a restart, and answered by those who may", async () => {
  const fake = await fakeDiscord();
  const world = appWorld();
  const houses: DiscordHouse[] = [];
  const parts = {
    ...{ fake, world, folder: temporaryFolder(), venue: lastingVenue(world) },
    room: { ...OPEN_ROOM, mode: "confirm" } as const,
    settings: { approvers: [ALICE], approvalChannel: DESK },
  };
  const begin = async (): Promise<DiscordHouse> => {
    const house = discordHouse(parts);
    houses.push(house);
    await house.until("connected", () => house.source.stats().connected, 5);
    await house.until("read", () => house.source.stats().readings >= 1);
    return house;
  };
  onTestFinished(async () => {
    for (const house of houses) house.kill();
    await fake.close();
  });
  const bodies = (method: string, place: string): readonly string[] =>
    fake.requests.flatMap((one) =>
      one.method === method && one.path.includes(place) ? [JSON.stringify(one.body)] : [],
    );
  const questions = (): readonly string[] => bodies("POST", `/channels/${DESK}/`);
  const yesOf = (question = ""): string =>
    /"custom_id":"(tradestream:approve:[^"]+)"/.exec(question)?.[1] ?? "";
  const answers = (): readonly string[] => bodies("PATCH", "@original");
  const press = async (house: DiscordHouse, id: string, user: string): Promise<string> => {
    const before = answers().length;
    fake.tell("INTERACTION_CREATE", {
      ...{ id: idOf(world.clock.now()), application_id: BOT, type: 3, token: "a-token" },
      ...{ data: { custom_id: id }, member: { user: { id: user } } },
    });
    await house.until("the answer", () => answers().length > before);
    return answers().at(-1) ?? "";
  };
  const count = (kind: Fact["kind"]): number => world.kinds().filter((one) => one === kind).length;

  const first = await begin();
  world.pass(10);
  fake.post({ id: idOf(world.clock.now()), content: ALERT });
  await first.until("the question", () => questions().length === 1);
  expect(questions()[0]).toContain("planned: 3 MES long");
  expect(await press(first, yesOf(questions()[0]), AUTHOR)).toContain("not on the list");
  expect(count("TradePlanned")).toBe(0);
  first.kill();

  const second = await begin();
  await second.until("the question again", () => questions().length === 2);
  expect(await press(second, yesOf(questions()[1]), ALICE)).toContain("Entry 1: approved.");
  expect(count("TradePlanned")).toBe(1);
  const dead = (): readonly string[] => bodies("PATCH", `/channels/${DESK}/`);
  await second.until("its end is shown", () => dead().length === 1);
  expect(dead()[0]).toContain('"disabled":true');
  expect(dead()[0]).toContain("approved");

  fake.post({ id: idOf(world.clock.now() + 1), content: NQ });
  await second.until("the next question", () => questions().length === 3);
  await second.until("nobody answers", () => dead().length === 2, 1_000);
  expect(dead()[1]).toContain("expired");
  expect(await press(second, yesOf(questions()[2]), ALICE)).toContain("no longer waits");
  expect(count("TradePlanned")).toBe(1);
}, 60_000);
