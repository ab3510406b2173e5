/** The real client library against a stand-in for Discord on the loopback. */
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { millis } from "../../src/core/model/units.ts";
import { discordGateway } from "../../src/shell/discord/gateway.ts";
import { discordRest } from "../../src/shell/discord/rest.ts";
import {
  AUTHOR,
  BOT,
  CHANNEL,
  type FakeDiscord,
  fakeDiscord,
  idOf,
  TOKEN,
} from "../kit/discord-gateway.ts";
import { discordRoom, openRoom, ROOM_NOW, type Room } from "../kit/discord-room.ts";

let fake: FakeDiscord;
const rooms: Room[] = [];

beforeEach(async () => {
  fake = await fakeDiscord();
});
afterEach(async () => {
  for (const { source } of rooms.splice(0)) source.close();
  await fake.close();
});

type Own = Parameters<typeof discordRoom>;
function opened(parts: Own[1] = {}, settings: Own[2] = {}): Room {
  const room = discordRoom(fake, parts, settings);
  rooms.push(room);
  openRoom(room);
  return room;
}

/** Connected, and every channel read. */
async function connected(parts: Own[1] = {}, settings: Own[2] = {}): Promise<Room> {
  const room = opened(parts, settings);
  await calm(room);
  return room;
}
const calm = (room: Room, readings = 2): Promise<void> =>
  room.until(
    "connected and read",
    () => room.source.stats().connected && room.source.stats().readings >= readings,
    10,
  );
/** A second ago; each call a moment later. */
let moment = 0;
const fresh = (at = ROOM_NOW + 1_000): string => idOf(at, ++moment);

const iso = (at: number): string => new Date(at).toISOString();
const reasons = (room: Room): string => room.faults.map(({ reason }) => reason).join("\n");
const events = (room: Room): readonly string[] =>
  room.messages.map(({ id, event, text }) => `${event} ${id} ${text}`);

describe("a connection", () => {
  test("asks for exactly the intents it needs and tells what is posted", async () => {
    const room = await connected();
    expect(fake.identifies[0]).toMatchObject({ intents: 33_281, token: TOKEN });
    const { id } = fake.post({ id: fresh(), content: "🚨 ES long 6326: A" });
    await room.until("the message", () => room.messages.length === 1);
    expect(room.messages[0]).toMatchObject({
      ...{ source: "discord", channel: CHANNEL, id, author: "JMoney", authorId: AUTHOR },
      ...{ text: "🚨 ES long 6326: A", event: "create" },
    });
    expect(room.faults).toEqual([]);
  });

  test("that drops is resumed, and what was said meanwhile comes once", async () => {
    const room = await connected();
    fake.drop();
    const { id } = fake.post({ id: fresh() });
    await room.until("the resume", () => fake.resumes.length === 1, 20);
    await room.until("the message", () => room.messages.length === 1, 20);
    expect(room.ids()).toEqual([id]);
    expect(fake.identifies).toHaveLength(1);
  });

  test("is made again when Discord asks for it", async () => {
    const room = await connected();
    fake.send({ op: 7, d: null });
    await room.until("the resume", () => fake.resumes.length === 1, 20);
    const { id } = fake.post({ id: fresh() });
    await room.until("the message", () => room.messages.length === 1, 20);
    expect(room.ids()).toEqual([id]);
  });

  test("whose session is invalid begins anew, and the gap is read over REST", async () => {
    const room = await connected();
    fake.mood.tells = false;
    const { id } = fake.post({ id: fresh() });
    fake.mood.tells = true;
    fake.send({ op: 9, d: false });
    await room.until("a new session", () => fake.identifies.length === 2, 50);
    await room.until("the message", () => room.messages.length === 1, 50);
    expect(room.ids()).toEqual([id]);
  });

  test.each([4009, 4000, 1000])("closed with %d goes on by itself", async (code) => {
    const room = await connected();
    fake.drop(code);
    await room.until("down", () => !room.source.stats().connected, 0);
    await room.until("up again", () => room.source.stats().connected, 50);
    fake.post({ id: fresh() });
    await room.until("the message", () => room.messages.length === 1, 20);
    expect(room.source.stats().reconnects).toBe(1);
  });

  test("without answers to its heartbeats is dropped and resumed", async () => {
    fake.mood.heartbeatInterval = 40;
    const room = await connected();
    await room.until("a beat", () => room.source.stats().beatAt !== null);
    fake.mood.acknowledges = false;
    await room.until("the resume", () => fake.resumes.length >= 1, 20);
    fake.mood.acknowledges = true;
    await room.until("up again", () => room.source.stats().connected, 20);
  });

  test.each([
    [4014, "MESSAGE CONTENT INTENT in the developer portal"],
    [4004, "Discord refuses the token"],
    [4013, "intents"],
  ])("refused with %d says what to do and is not tried again", async (code, words) => {
    fake.mood.refuses = code;
    const room = opened();
    await room.until("the refusal", () => room.faults.length > 0, 20);
    expect(reasons(room)).toContain(words);
    await room.until("an hour", () => room.clock.now() > ROOM_NOW + 3_600_000, 60_000);
    expect(fake.identifies).toHaveLength(1);
    expect(room.faults).toHaveLength(1);
    expect(room.source.stats().connected).toBe(false);
  });

  test("of a user's account is refused with the ways that are allowed", async () => {
    fake.mood.isBot = false;
    const room = opened();
    await room.until("the refusal", () => room.faults.length > 0);
    expect(reasons(room)).toMatch(/terms forbid.*announcement channel.*webhook/s);
    expect(fake.identifies).toHaveLength(0);
  });

  test.each([
    ["mfa.abcdefghijklmnopqrstuvwxyz0123456789", "terms forbid"],
    ["a client secret", "no bot token"],
  ])("with a token that cannot be a bot's asks nobody", async (value, words) => {
    const room = opened({ token: { ok: true, value } });
    await room.until("the refusal", () => room.faults.length > 0);
    expect(reasons(room)).toContain(words);
    expect(fake.requests).toEqual([]);
    expect(reasons(room)).not.toContain(value);
  });

  test("without a token says where it was looked for", async () => {
    const room = opened({ token: { ok: false, error: "env:TOKEN: there is no such variable" } });
    expect(room.faults).toEqual([]);
    await room.until("the fault", () => room.faults.length > 0);
    expect(reasons(room)).toContain("env:TOKEN");
    expect(room.source.stats().connected).toBe(false);
  });

  test("to a Discord that is away is tried until it is back, and told once", async () => {
    fake.mood.status = 503;
    const room = opened();
    await room.until("the fault", () => room.faults.length > 0, 10);
    await room.until("some tries", () => fake.requests.length > 3, 1_000);
    expect(room.faults).toHaveLength(1);
    fake.mood.status = null;
    await calm(room);
    fake.post({ id: fresh() });
    await room.until("the message", () => room.messages.length === 1, 10);
  });

  test("that cannot be made is told once; REST stands in, and pauses grow", async () => {
    fake.mood.accepts = false;
    const room = opened();
    await room.until("the notice", () => room.faults.length > 0, 500);
    expect(reasons(room)).toContain("no connection for 30 seconds");
    fake.mood.accepts = true;
    fake.mood.tells = false;
    const { id } = fake.post({ id: idOf(room.clock.now(), 1) });
    await room.until("the message", () => room.messages.length === 1, 500);
    expect(room.ids()).toEqual([id]);
  });

  test("that may not be begun any more today waits until it may", async () => {
    fake.mood.sessionsLeft = 0;
    const room = opened();
    await room.until("the question", () => fake.requests.some(isGatewayQuestion), 10);
    fake.mood.sessionsLeft = 999;
    await room.until("connected", () => room.source.stats().connected, 500);
    expect(room.clock.now()).toBeGreaterThanOrEqual(ROOM_NOW + 60_000);
  });

  test("whose address is not told is asked for again", async () => {
    fake.mood.broken = /gateway/;
    const room = opened();
    await room.until(
      "three questions",
      () => fake.requests.filter(isGatewayQuestion).length > 2,
      100,
    );
    fake.mood.broken = null;
    await room.until("connected", () => room.source.stats().connected, 500);
  });
  const isGatewayQuestion = ({ path }: FakeDiscord["requests"][number]): boolean =>
    path === "/gateway/bot";

  test("goes through an address of our own where one is configured", async () => {
    const other = await fakeDiscord();
    const url = other.restUrl.replace("http", "ws").replace("/api", "/gateway");
    const room = await connected({}, { gatewayUrl: url });
    other.drop();
    await room.until("the resume, there too", () => other.resumes.length === 1, 20);
    expect([fake.sockets(), other.identifies.length]).toEqual([0, 1]);
    room.source.close();
    await other.close();
  });

  test("that was closed while it was being made stays closed", async () => {
    const room = opened();
    await room.until("the token's owner", () => fake.requests.length > 1, 10);
    room.source.close();
    await room.until("nobody there", () => fake.sockets() === 0, 1_000);
    fake.post({ id: fresh() });
    await room.pass(60_000);
    expect([room.messages, room.faults]).toEqual([[], []]);
    expect(room.source.stats().connected).toBe(false);
  });
});

describe("a message", () => {
  test("of a channel that is not configured is counted and nothing else", async () => {
    const room = await connected();
    fake.post({ id: fresh(), channel_id: "499999999999999999" });
    const { id } = fake.post({ id: fresh() });
    await room.until("the other", () => room.messages.length === 1);
    expect(room.ids()).toEqual([id]);
    expect(room.source.stats().unknownChannel).toBe(1);
  });

  test("of our own is never heard", async () => {
    const room = await connected();
    fake.post({ id: fresh(), author: { id: BOT, username: "watcher", bot: true } });
    fake.post({ id: fresh() });
    await room.until("the other", () => room.messages.length === 1);
    expect(room.source.stats().own).toBe(1);
  });

  test("that was edited is told again; a link preview and publishing are no edits", async () => {
    const room = await connected();
    const { id } = fake.post({ id: fresh(), content: "ES long 6326" });
    fake.edit(id, { embeds: [{ title: "a preview" }] });
    fake.edit(id, { flags: 1 });
    fake.edit(id, { content: "ES long 6327", edited_timestamp: iso(ROOM_NOW + 2_000) });
    fake.edit(id, { flags: 1 });
    fake.edit(id, { content: "ES long 6328" });
    fake.remove(id);
    await room.until("the deletion", () => room.messages.length === 4);
    expect(events(room)).toEqual([
      `create ${id} ES long 6326`,
      `edit ${id} ES long 6327`,
      `edit ${id} ES long 6328`,
      `delete ${id} `,
    ]);
    expect(room.messages.at(-1)).toMatchObject({ author: "JMoney", authorId: AUTHOR });
  });

  test("deleted with others of its kind is told for each", async () => {
    const room = await connected();
    const ids = [fresh(), fresh()];
    for (const id of ids) fake.post({ id });
    fake.tell("MESSAGE_DELETE_BULK", { ids: [...ids, "no id"], channel_id: CHANNEL });
    fake.tell("MESSAGE_DELETE", { id: ids[0], channel_id: CHANNEL });
    fake.tell("MESSAGE_CREATE", { channel_id: CHANNEL });
    fake.tell("TYPING_START", { channel_id: CHANNEL });
    fake.post({ id: fresh() });
    await room.until("the last", () => room.messages.length === 5);
    expect(room.messages.map(({ event }) => event)).toEqual([
      ...["create", "create", "delete", "delete", "create"],
    ]);
  });

  test("an edit that comes before its message waits until that was read", async () => {
    const room = await connected();
    fake.mood.tells = false;
    const { id } = fake.post({ id: fresh(), content: "old" });
    fake.mood.tells = true;
    fake.edit(id, { content: "new", edited_timestamp: iso(ROOM_NOW + 2_000) });
    await room.until("the message", () => room.messages.length === 1, 10);
    expect(events(room)).toEqual([`create ${id} new`]);
  });
});

describe("a gap", () => {
  test("of a thousand messages loses none, and tells them in order", async () => {
    const room = await connected();
    fake.mood.tells = false;
    const ids = Array.from({ length: 1_000 }, () => fake.post({ id: fresh() }).id);
    fake.mood.tells = true;
    fake.mood.remembers = false;
    fake.drop();
    await room.until("all of them", () => room.messages.length >= 1_000, 50);
    const { id } = fake.post({ id: fresh() });
    await room.until("the next", () => room.messages.length === 1_001, 10);
    expect(room.ids()).toEqual([...ids, id]);
  });

  test("after a restart is read from the last settled message", async () => {
    const [first, ...rest] = Array.from({ length: 250 }, () => fake.post({ id: fresh() }).id);
    const room = await connected({ after: () => first ?? "" });
    await room.until("all of them", () => room.messages.length >= rest.length, 10);
    expect(room.ids()).toEqual(rest);
    expect(room.past).toEqual([]);
  });

  test("hides neither edits nor deletions", async () => {
    const room = await connected();
    const [kept, edited, removed] = [fresh(), fresh(), fresh()];
    for (const id of [kept, edited, removed]) fake.post({ id, content: "old" });
    await room.until("the messages", () => room.messages.length === 3);
    fake.mood.tells = false;
    fake.edit(edited, { content: "new", edited_timestamp: iso(ROOM_NOW + 3_000) });
    fake.remove(removed);
    fake.post({ id: fresh(), content: "later" });
    fake.mood.tells = true;
    fake.mood.remembers = false;
    fake.drop();
    await room.until("all of it", () => room.messages.length >= 6, 50);
    const told = room.messages.slice(3).map(({ event, text }) => `${event} ${text}`);
    expect(told).toEqual(["create later", "edit new", "delete "]);
    expect(kept).toBe(room.ids()[0]);
  });

  test("longer than a week is read for a week, and told", async () => {
    const month = 30 * 86_400_000;
    const old = idOf(ROOM_NOW - month);
    fake.post({ id: idOf(ROOM_NOW - month / 2) });
    const { id } = fake.post({ id: fresh() });
    const room = await connected({ after: () => old });
    await room.until("the young one", () => room.ids().includes(id), 10);
    expect(reasons(room)).toContain("away for more than 7 days");
  });

  test("in which Discord limits us is read all the same", async () => {
    const first = fake.post({ id: fresh() }).id;
    const { id } = fake.post({ id: fresh() });
    fake.mood.limits = 3;
    const room = await connected({ after: () => first });
    await room.until("the message", () => room.messages.length === 1, 10);
    expect(room.ids()).toEqual([id]);
    expect(room.source.stats().limited).toBe(3);
  });

  test("that cannot be read holds nothing back; it is read when it can be", async () => {
    const room = await connected();
    fake.mood.tells = false;
    const missed = fake.post({ id: fresh() }).id;
    fake.mood.tells = true;
    fake.mood.status = 500;
    fake.drop(4009);
    await room.until("the failure", () => room.faults.length > 0, 50);
    const live = fake.post({ id: fresh() }).id;
    await room.until("the live one", () => room.ids().includes(live), 10);
    fake.mood.status = null;
    await room.until("the missed one", () => room.ids().includes(missed), 500);
    expect(room.ids()).toEqual([live, missed]);
  });
});

describe("a channel heard for the first time", () => {
  test("begins now: what stands there is its past", async () => {
    const ids = Array.from(
      { length: 60 },
      (_, n) => fake.post({ id: idOf(ROOM_NOW - 60_000, n) }).id,
    );
    const room = await connected();
    expect(room.past.map(({ id }) => id)).toEqual(ids.slice(-50));
    expect(room.messages).toEqual([]);
    fake.edit(ids[0] ?? "", { content: "x", edited_timestamp: iso(ROOM_NOW + 1_000) });
    await room.until("the edit", () => room.messages.length === 1);
    expect(room.messages[0]).toMatchObject({ event: "edit", text: "x" });
  });
});

describe("what is wrong with a channel", () => {
  const problems: readonly [string, () => void, string][] = [
    [
      "no history",
      () => Object.assign(fake.mood, { permissions: 1n << 10n }),
      "Read Message History",
    ],
    ["closed", () => Object.assign(fake.mood, { permissions: 0n }), "View Channel"],
    [
      "content",
      () => Object.assign(fake.mood, { mayReadContent: false }),
      "MESSAGE CONTENT INTENT",
    ],
    ["bare", () => void fake.post({ id: idOf(ROOM_NOW - 9_000), content: "" }), "MESSAGE CONTENT"],
  ];
  test.each(problems)("is told at the start (%s)", async (_, spoil, words) => {
    spoil();
    const room = opened();
    await room.until("the fault", () => reasons(room).includes(words), 10);
    await calm(room);
    const told = room.faults.filter(({ reason }) => reason.includes(words));
    expect(told).toHaveLength(1);
  });
});

describe("a deaf gateway", () => {
  test("is known within twenty seconds, read around, and made anew", async () => {
    const room = await connected();
    await room.until("a quiet minute", () => room.clock.now() > ROOM_NOW + 60_000, 1_000);
    fake.mood.tells = false;
    const postedAt = room.clock.now();
    const { id } = fake.post({ id: idOf(postedAt, 7) });
    await room.until("the message", () => room.messages.length === 1, 500);
    expect(room.ids()).toEqual([id]);
    expect(room.clock.now() - postedAt).toBeLessThanOrEqual(20_000);
    expect(reasons(room)).toContain("the connection is deaf");
    fake.mood.tells = true;
    await room.until("a new connection", () => fake.identifies.length === 2, 500);
    await room.until("up", () => room.source.stats().connected, 100);
    expect(room.source.stats()).toMatchObject({ deaf: 1 });
  });

  test("that goes deaf again and again does not use up the day's sessions", async () => {
    const { clock, until } = discordRoom(fake);
    const rest = discordRest({ token: TOKEN, url: fake.restUrl });
    const ups: number[] = [];
    const nothing = (): void => {};
    const gateway = discordGateway({
      ...{ token: TOKEN, rest: rest.library, url: null, clock },
      listener: {
        ...{ down: nothing, dispatch: nothing, beat: nothing, dead: nothing },
        up() {
          ups.push(clock.now());
          gateway.renew();
        },
      },
    });
    gateway.open();
    await until("many sessions", () => ups.length === 23, 500);
    gateway.close();
    rest.close();
    const gaps = ups.slice(1).map((at, n) => at - (ups[n] ?? 0));
    expect(gaps.slice(-2).every((gap) => gap >= 85_000)).toBe(true);
    expect(fake.identifies).toHaveLength(23);
  });

  test("is not suspected where everything was heard", async () => {
    const room = await connected();
    fake.post({ id: fresh() });
    fake.post({ id: fresh(), author: { id: BOT, username: "watcher", bot: true } });
    await room.until("both", () => room.source.stats().own === 1);
    await room.until("five minutes", () => room.clock.now() > ROOM_NOW + 300_000, 500);
    expect(room.source.stats().deaf).toBe(0);
    expect(room.faults).toEqual([]);
  });
});

describe("a button", () => {
  const DESK = "450000000000000005";
  const ALICE = "210000000000000001";
  const waiting = (entry: number, id = "1") => ({
    ...{ entry, lines: ["ES long 6326 @everyone"], until: millis(ROOM_NOW + 60_000) },
    message: { source: "discord", channel: CHANNEL, id } as const,
  });
  const press = (customId: string, user: string): void =>
    fake.tell("INTERACTION_CREATE", {
      ...{ id: idOf(ROOM_NOW), application_id: BOT, type: 3, token: "interaction-token" },
      ...{ data: { custom_id: customId }, member: { user: { id: user } } },
    });
  const answers = (): readonly unknown[] =>
    fake.requests.flatMap(({ path, body }) => (path.includes("@original") ? [body] : []));
  const buttonIds = (): readonly string[] => {
    const post = fake.requests.find(({ method, path }) => method === "POST" && path.includes(DESK));
    const text = JSON.stringify(post?.body ?? {});
    return [...text.matchAll(/"custom_id":"([^"]+)"/g)].map(([, id]) => id ?? "");
  };
  const isPost = ({ method, path }: FakeDiscord["requests"][number]): boolean =>
    method === "POST" && path.includes(DESK);
  const atDesk = async () => {
    const given: unknown[] = [];
    const room = discordRoom(fake, {}, { approvers: [ALICE], approvalChannel: DESK });
    rooms.push(room);
    const desk = room.source.approvals(async (one) => {
      given.push(one);
      return one.how === "approve" ? { kind: "taken" } : { kind: "refused", reason: "too late" };
    });
    openRoom(room);
    await calm(room);
    desk.ask(waiting(7));
    await room.until("the post", () => buttonIds().length === 2);
    return { room, desk, given };
  };

  test("answers the entry it was made for, and the person who pressed it", async () => {
    const { room, given } = await atDesk();
    const [approve = "", refuse = ""] = buttonIds();
    press(approve, ALICE);
    await room.until("the answer", () => answers().length === 1);
    press(refuse, ALICE);
    await room.until("the other", () => answers().length === 2);
    expect(given).toEqual([
      { entry: 7, how: "approve", by: ALICE },
      { entry: 7, how: "refuse", by: ALICE },
    ]);
    expect(answers()).toEqual([{ content: "Entry 7: approved." }, { content: "too late" }]);
    const sign = fake.requests.find(({ path }) => path.endsWith("/callback"));
    expect(sign?.body).toEqual({ type: 5, data: { flags: 64 } });
    const post = fake.requests.find(isPost)?.body;
    expect(post).toMatchObject({ allowed_mentions: { parse: [] } });
  });

  test("pressed by anybody else is refused", async () => {
    const { room, given } = await atDesk();
    press(buttonIds()[0] ?? "", AUTHOR);
    await room.until("the answer", () => answers().length === 1);
    expect([given, JSON.stringify(answers())]).toEqual([
      [],
      expect.stringContaining("not on the list"),
    ]);
  });

  test("of another entry with the same number answers nothing", async () => {
    const { room, desk, given } = await atDesk();
    const [old = ""] = buttonIds();
    desk.ended(7, "expired", "the clock");
    desk.ask(waiting(7, "2"));
    await room.until("both posts", () => fake.requests.filter(isPost).length === 2);
    press(old, ALICE);
    await room.until("the answer", () => answers().length === 1);
    press("tradestream:approve:8:0", ALICE);
    await room.until("the other", () => answers().length === 2);
    expect([given, answers()]).toEqual([
      [],
      [{ content: "This entry no longer waits." }, { content: "This entry no longer waits." }],
    ]);
  });

  test("is dead once the entry has ended", async () => {
    const { room, desk } = await atDesk();
    desk.ended(7, "approved", ALICE);
    desk.ended(99, "approved", ALICE);
    const isEnd = ({ method }: FakeDiscord["requests"][number]): boolean => method === "PATCH";
    await room.until("the end", () => fake.requests.some(isEnd));
    const end = JSON.stringify(fake.requests.find(isEnd)?.body);
    expect(end).toContain('"disabled":true');
    expect(end).toContain(`approved (${ALICE})`);
  });

  test("that cannot be shown or answered is told, and nothing breaks", async () => {
    const { room, desk } = await atDesk();
    const [approve = ""] = buttonIds();
    fake.mood.closed = /webhooks|interactions|450000000000000005/;
    press(approve, ALICE);
    desk.ended(7, "expired", "the clock");
    desk.ask(waiting(8));
    desk.ended(8, "expired", "the clock");
    await room.until("the fault", () => reasons(room).includes("not allowed"));
    fake.mood.closed = /webhooks/;
    desk.ask(waiting(9));
    desk.ask(waiting(9));
    press(approve.replace(":7:", ":9:"), ALICE);
    await room.until("its end", () => fake.requests.some(({ path }) => path.includes("webhooks")));
    for (let entry = 10; entry < 115; entry++) desk.ask(waiting(entry));
    await room.until("the wall", () => reasons(room).includes("more than 100 entries"));
  });

  test("is asked for nowhere where no channel is named", async () => {
    const room = discordRoom(fake, {}, { approvers: [ALICE] });
    rooms.push(room);
    const desk = room.source.approvals(async () => ({ kind: "taken" }));
    desk.ask(waiting(1));
    openRoom(room);
    await calm(room);
    desk.ask(waiting(1));
    desk.ended(1, "expired", "the clock");
    expect(fake.requests.every(({ method }) => method === "GET")).toBe(true);
  });

  test("in a channel the bot may not write to is told at the start", async () => {
    const { room } = await atDesk();
    await room.until("the fault", () => reasons(room).includes('"Send Messages"'));
  });

  test("that is not ours is left alone", async () => {
    const { room, given } = await atDesk();
    press("somebody else's", ALICE);
    fake.post({ id: fresh() });
    await room.until("what came behind it", () => room.messages.length === 1);
    expect([given, answers()]).toEqual([[], []]);
  });
});

describe("messages delivered in any order, any number of times", () => {
  test("come out as one sequence: by id, each once", async () => {
    await fc.assert(
      fc.asyncProperty(fc.infiniteStream(fc.nat()), async (stream) => {
        const chance = (below: number): number => (stream.next().value as number) % below;
        await fake.close();
        fake = await fakeDiscord();
        const room = await connected();
        fake.mood.tells = false;
        const base = room.clock.now();
        const posted = Array.from({ length: 150 }, (_, n) =>
          fake.post({ id: idOf(base + 10 + n) }),
        );
        const loose = [...posted, ...posted.filter(() => chance(3) === 0)];
        fake.mood.tells = true;
        // While pages are read, the gateway delivers everything in an order of its own.
        fake.mood.beforePage = () => {
          for (let n = chance(80); n > 0 && loose.length > 0; n--) {
            const [one] = loose.splice(chance(loose.length), 1);
            fake.tell("MESSAGE_CREATE", one);
          }
        };
        fake.mood.remembers = false;
        fake.drop();
        await room.until("all of them", () => room.messages.length >= 150, 50);
        fake.mood.beforePage = () => {};
        for (const one of loose) fake.tell("MESSAGE_CREATE", one);
        const last = fake.post({ id: idOf(base + 1_000) });
        await room.until("the last", () => room.ids().includes(last.id), 20);
        expect(room.ids()).toEqual([...posted.map(({ id }) => id), last.id]);
        room.source.close();
      }),
      { numRuns: 10 },
    );
  });
});
