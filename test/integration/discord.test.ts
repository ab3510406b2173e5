/** The real client library against a stand-in for Discord on the loopback. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  AUTHOR,
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

  test("that drops is resumed, and what was said meanwhile is replayed", async () => {
    const room = await connected();
    fake.drop();
    const { id } = fake.post({ id: fresh() });
    await room.until("the message", () => room.messages.length === 1, 20);
    expect(room.ids()).toEqual([id]);
    await room.until("the resume", () => fake.resumes.length === 1, 20);
    expect(fake.identifies).toHaveLength(1);
  });
});
