import { fakeDiscord, idOf } from "../kit/discord-gateway.ts";
import { discordRoom, ROOM_NOW } from "../kit/discord-room.ts";
import { liveSourceContract } from "./live-source.ts";

liveSourceContract("a Discord channel", async () => {
  const fake = await fakeDiscord();
  const room = discordRoom(fake);
  let sent = 0;
  const connected = (): Promise<void> =>
    room.until("connected", () => fake.identifies.length > 0, 10);
  return {
    source: room.source,
    async send(text) {
      await connected();
      sent += 1;
      return fake.post({ id: idOf(ROOM_NOW + 60_000 + sent), content: text }).id;
    },
    async sendAgain(id) {
      fake.tell(
        "MESSAGE_CREATE",
        fake.rows().find((row) => row.id === id),
      );
    },
    async sendNonsense() {
      await connected();
      fake.tell("MESSAGE_CREATE", { channel_id: "400000000000000004", content: 7 });
      fake.tell("MESSAGE_DELETE", null);
    },
    heard: (holds) => room.until("heard", holds, 1),
    async end() {
      room.source.close();
      await fake.close();
    },
  };
});
