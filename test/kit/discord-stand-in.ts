/**
 * The stand-in for Discord as a program of its own, for the pages of the tour: what stands on its
 * standard input happens in its one channel.
 *
 * ```text
 * post NAME AUTHOR TEXT    somebody writes; NAME is ours, for the lines below; \n begins a new line
 * reply NAME TEXT          JMoney answers that message
 * edit NAME TEXT           the message now says something else
 * delete NAME
 * refuse CODE              who connects from now on is sent away with this close code
 * ```
 *
 * `node tools/run.mjs test/kit/discord-stand-in.ts DIRECTORY` writes the token it accepts and the
 * port it took there, as `discord.token` and `discord.port`, and `discord.listener` once somebody is
 * connected and has looked at the channel.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { AUTHOR, fakeDiscord, idOf, TOKEN } from "./discord-gateway.ts";

const STRANGER = "200000000000000009";

const [directory] = process.argv.slice(2);
if (directory === undefined) throw new Error("usage: discord-stand-in.ts DIRECTORY");

const discord = await fakeDiscord();
const port = new URL(discord.restUrl).port;
writeFileSync(join(directory, "discord.token"), `${TOKEN}\n`, { mode: 0o600 });
writeFileSync(join(directory, "discord.port"), `${port}\n`);
console.log(`Discord stands in at ${discord.restUrl}`);

const ids = new Map<string, string>();
const idNamed = (name: string): string => {
  const id = ids.get(name);
  if (id === undefined) throw new Error(`nobody posted ${name}`);
  return id;
};

function happen(line: string): void {
  const [, what = "", name = "", rest = ""] = /^(\S+) ?(\S*) ?(.*)$/.exec(line) ?? [];
  const content = rest.replaceAll("\\n", "\n");
  switch (what) {
    case "post": {
      const [, author = "", text = ""] = /^(\S+) ([\s\S]*)$/.exec(content) ?? [];
      const id = author === "JMoney" ? AUTHOR : STRANGER;
      ids.set(name, posted({ author: { id, username: author }, content: text }));
      return;
    }
    case "reply": {
      const original = discord.rows().find(({ id }) => id === idNamed(name));
      posted({
        ...{ type: 19, content, referenced_message: original },
        message_reference: { message_id: idNamed(name), channel_id: original?.channel_id },
      });
      return;
    }
    case "edit": {
      const edited_timestamp = new Date().toISOString();
      discord.edit(idNamed(name), { content, edited_timestamp });
      return;
    }
    case "delete":
      return discord.remove(idNamed(name));
    case "refuse":
      discord.mood.refuses = Number(name);
      return;
    default:
      throw new Error(`what is ${what}?`);
  }
}

let count = 0;
const posted = (fields: Record<string, unknown>): string => {
  count += 1; // tells those of one millisecond apart
  return discord.post({ id: idOf(Date.now(), count), ...fields }).id;
};

const looking = setInterval(() => {
  const looked = discord.requests.some(({ path }) => path.endsWith("/messages"));
  if (!looked || discord.sockets() === 0) return;
  writeFileSync(join(directory, "discord.listener"), "");
  clearInterval(looking);
}, 50);

createInterface({ input: process.stdin }).on("line", happen);
