/**
 * One whole house with a canary for each secret it can have, in every kind of place a secret may be
 * kept, over a trade, bad days of everybody it talks to, a death and a restart; then every command
 * that shows something. Not one canary is anywhere but where it is kept.
 */
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { generateIdentity, identityToRecipient } from "age-encryption";
import { describe, expect, onTestFinished, test } from "vitest";
import { type Running, startIn, type Whole } from "../kit/built-program.ts";
import { facesOf, filesBelow, hitsIn, type Said, saidBy } from "../kit/canaries.ts";
import { TOKEN as BOT_TOKEN, fakeDiscord } from "../kit/discord-gateway.ts";
import { mailServer } from "../kit/mail-server.ts";
import { pushServer } from "../kit/push-server.ts";
import { enabledHouse, KEY, pasteAlert, simVenue } from "../kit/venue-house.ts";
import { signatureOf } from "../kit/webhooks.ts";

const MINUTE = 60_000;

const canary = (name: string): string => `canary-${name}/+?~${"0123456789abcdef".repeat(2)}`;
const signingKey = (name: string): string =>
  `whsec_${Buffer.from(`canary ${name}, thirty-two bytes of it`.padEnd(40, "!")).toString("base64")}`;

const CANARIES = {
  "the venue's key": KEY,
  "the bot's token": BOT_TOKEN,
  "the hook's token": `canaryhook${"0123456789abcdef".repeat(2)}`,
  "the sender's key": signingKey("sender"),
  "the mail password": canary("mail"),
  "the topic": "canary-topic-0123456789abcdef",
  "the push token": canary("push").replaceAll(/[/+?~]/g, "_"),
  "the gotify token": "canary.gotify.0123456789abcdef",
  "the webhook's key": signingKey("webhook"),
  "the webhook's address": `https://discord.com/api/webhooks/123456789/canary_${"abcdef0123456789".repeat(3)}`,
} as const;

type Name = keyof typeof CANARIES;

interface House {
  readonly here: string;
  readonly kept: readonly string[];
  readonly all: Readonly<Record<string, string>>;
  run(...words: readonly string[]): Running;
}

interface Servers {
  readonly venue: string;
  readonly discord: string;
  readonly mail: number;
  readonly push: string;
}

/** In files, in a folder of secrets, in variables, and in files that variables name. */
async function houseAt({ venue, discord, mail, push }: Servers): Promise<House> {
  const here = await enabledHouse(venue, {
    sources: `
  - { kind: discord, token: env:BOT, restUrl: "${discord}", channels: [{ id: "400000000000000004", authorIds: ["200000000000000002"] }] }
  - kind: webhook
    listen: 127.0.0.1:0
    hooks: [{ name: tv, token: env:HOOK }]
    signed: [{ name: desk, secrets: [credential:sender] }]`,
  });
  mkdirSync(join(here, "secrets"));
  const kept = [
    "key",
    "topic",
    "mail-secret",
    "hook",
    "secrets/sender",
    "secrets/webhook",
    "identity",
  ];
  const write = (file: string, name: Name): void =>
    writeFileSync(join(here, file), CANARIES[name], { mode: 0o600 });
  write("topic", "the topic");
  write("mail-secret", "the mail password");
  write("hook", "the hook's token");
  write("secrets/sender", "the sender's key");
  write("secrets/webhook", "the webhook's key");
  const identity = await generateIdentity();
  writeFileSync(join(here, "identity"), `${identity}\n`, { mode: 0o600 });
  const config = join(here, "config.yaml");
  const channels = `
  - { kind: ntfy, name: phone, url: "${push}", topic: file:topic, token: env:PUSH, now: [alarm, entry, close] }
  - { kind: gotify, name: tablet, url: "${push}", token: env:GOTIFY, now: [entry, close] }
  - { kind: webhook, name: hook, url: "${push}", secret: credential:webhook, now: [entry, close] }
  - { kind: discord-webhook, name: room, address: env:ROOM, now: [], daily: [breaker] }
  - { kind: email, name: mail, host: 127.0.0.1, port: ${mail}, security: none, user: trader, password: env:MAIL, from: a@example.com, to: [b@example.com], now: [entry, close, alarm] }`;
  const text = readFileSync(config, "utf8").replace(/^notify:[\s\S]*?\}\] \}$/m, "");
  writeFileSync(
    config,
    `${text}\nlogLevel: debug\nnotify:\n  ready: "off"\n  closing: "off"\n  channels:${channels}\n`,
  );
  const env = {
    ...process.env,
    ...{ BOT: BOT_TOKEN, PUSH: CANARIES["the push token"], GOTIFY: CANARIES["the gotify token"] },
    ...{ HOOK_FILE: join(here, "hook"), MAIL_FILE: join(here, "mail-secret") },
    ...{ ROOM: CANARIES["the webhook's address"] },
    TRADESTREAM_SECRETS_DIRECTORY: join(here, "secrets"),
  };
  return {
    here,
    kept: kept.map((name) => join(here, name)),
    all: { ...CANARIES, "the private key": identity },
    run: (...words) => startIn({ cwd: here, env }, ...words),
  };
}

/** Everything that shows something, and some that are refused. */
const ASKED: readonly (readonly string[])[] = [
  ["config", "show", "--effective"],
  ["config", "show", "--json"],
  ["config", "check", "--json"],
  ["config", "history", "--json"],
  ["config", "check", "--set", `broker.apiKey=${KEY}`],
  ["notify", "status", "--json"],
  ["sources", "check"],
  ["journal", "show", "--json"],
  ["history", "show", "--json"],
  ["trades", "--json"],
  ["status", "--json"],
  ["doctor", "--broker", "--json"],
  ["day", "--bundle", "bundle.json"],
  ["backup", "create"],
  ["backup", "list", "--json"],
  ["backup", "drill", "--identity", "identity"],
];

const ended = ({ code, out, err }: Whole): string => `${code} ${out}${err}`;

async function posted(
  url: string,
  { hook, key }: { readonly hook: string; readonly key: string },
): Promise<string> {
  const send = async (path: string, body: string, headers: Record<string, string> = {}) => {
    const type = { "content-type": "text/plain" };
    const said = await fetch(`${url}${path}`, {
      method: "POST",
      body,
      headers: { ...type, ...headers },
    });
    return `${said.status} ${[...said.headers].join()} ${await said.text()}`;
  };
  const timestamp = Math.floor(Date.now() / 1_000);
  const signed = signatureOf("all quiet", { secret: key, timestamp, id: "m1" });
  const answers = [
    await send(`/hooks/${hook}`, "all quiet"),
    await send(`/hooks/${hook}`, "{", { "content-type": "application/json" }),
    await send(`/hooks/${hook}x`, "all quiet"),
    await send("/alerts", "all quiet", signed),
    await send("/alerts", "changed", signed),
  ];
  expect(answers.map((answer) => Number(answer.slice(0, 3)))).toEqual([202, 400, 404, 202, 401]);
  return answers.join("\n");
}

/** What the other side of a channel knows of us. */
const REPEATED: readonly (readonly [string, readonly Name[]])[] = [
  ["mail", []],
  ["phone", ["the topic", "the push token"]],
  ["tablet", ["the gotify token"]],
  ["hook", []],
];

describe.skipIf(process.platform === "win32")("a house full of canaries", () => {
  test("sings nowhere: not one of them is in a log, a book, a backup, a mail, an answer, or on a screen", {
    timeout: 4 * MINUTE,
  }, async () => {
    const discord = await fakeDiscord();
    const mail = await mailServer({
      login: { user: "trader", password: CANARIES["the mail password"] },
    });
    const push = await pushServer();
    onTestFinished(async () => {
      await Promise.all([discord.close(), mail.close(), push.close()]);
    });
    const venue = await simVenue();
    const house = await houseAt({
      ...{ venue: venue.url, discord: discord.restUrl, mail: mail.port, push: push.url },
    });
    const said: (readonly [string, string])[] = [];
    const ask = async (...words: readonly string[]): Promise<Whole> => {
      const whole = await house.run(...words).whole();
      said.push(saidBy(words.join(" ").replaceAll(KEY, "KEY"), whole));
      return whole;
    };
    // A mail server that repeats the password, and push services that repeat what they were sent.
    mail.day = "other-password";
    for (const [channel, names] of REPEATED) {
      push.answer = { status: 403, body: names.map((name) => CANARIES[name]).join(" ") };
      expect(ended(await ask("notify", "test", "--channel", channel))).toMatch(/^2 /);
    }
    mail.day = "well";
    push.answer = { status: 200 };
    expect(ended(await ask("notify", "test", "--channel", "phone"))).toMatch(/^0 /);

    const first = house.run("start");
    await first.shows("agrees with the venue");
    await expect.poll(() => first.err(), { timeout: 20_000 }).toMatch(/webhook \S+: listening/);
    const address = /webhook (\S+): listening/.exec(first.err())?.[1];
    const keys = { hook: CANARIES["the hook's token"], key: CANARIES["the sender's key"] };
    said.push(["answers of the webhook", await posted(`http://${address}`, keys)]);
    expect(await pasteAlert(venue, house.here)).toContain("#1 planned");
    await first.shows("#1 stop confirmed");
    for (const cue of [
      "fault server-error 2x Position",
      `refuse Auth/loginKey 3 wrong key ${KEY} of Bearer ${KEY}\nrevoke`,
    ])
      await venue.cue(cue);
    await first.shows("login refused (code 3)");
    await venue.cue("fault off");
    appendFileSync(join(house.here, "config.yaml"), `notAKey: ${KEY}\n`);
    await first.shows("configuration refused");
    await expect.poll(() => mail.mails.length, { timeout: 20_000 }).toBeGreaterThan(0);
    first.child.kill("SIGKILL");
    said.push(saidBy("start, killed", await first.whole()));
    const config = join(house.here, "config.yaml");
    writeFileSync(config, readFileSync(config, "utf8").replace(`notAKey: ${KEY}\n`, ""));

    const second = house.run("start");
    await second.shows("agrees with the venue");
    second.child.kill("SIGTERM");
    said.push(saidBy("start, again", await second.whole()));
    for (const words of ASKED) await ask(...words);
    const recipient = await identityToRecipient(house.all["the private key"] ?? "");
    await ask("backup", "create", "--set", `backups.recipients=[${recipient}]`);
    expect(ended(await ask("backup", "drill", "--identity", "identity"))).toMatch(/^0 /);
    expect(ended(await ask("panic", "--yes"))).toMatch(/^0 /);

    const mails: Said = mail.mails.map(({ raw }, at) => [`mail ${at}`, raw]);
    // ntfy is told its topic in the message itself: there it is kept.
    const topic = `"topic":"${CANARIES["the topic"]}"`;
    const pushes: Said = push.pushed.map(({ body }, at) => [`push ${at}`, body.replace(topic, "")]);
    const files = filesBelow(house.here, house.kept);
    const names = files.map(([name]) => name);
    for (const name of ["journal.db", "ledger.db", "history.db", "log.jsonl", "last-good.json"])
      expect(names).toContain(join("data", name));
    expect(names.some((name) => name.endsWith(".gz"))).toBe(true);
    expect(pushes.length).toBeGreaterThan(1);
    const everything = [...said, ...files, ...mails, ...pushes];
    expect(hitsIn(everything, house.all)).toEqual([]);
    console.info(
      `${Object.keys(house.all).length} canaries, ${everything.length} places, ` +
        `${everything.reduce((sum, [, text]) => sum + text.length, 0)} signs: 0 hits`,
    );
  });

  test("would be heard, whatever they were wrapped in", () => {
    for (const [name, secret] of Object.entries(CANARIES)) {
      const wrapped = [
        secret,
        encodeURIComponent(secret),
        ...["", "a", "ab"].map((before) => Buffer.from(`${before}${secret}zz`).toString("base64")),
        ...["", "a", "ab"].map((before) =>
          Buffer.from(`${before}${secret}zz`).toString("base64url"),
        ),
      ];
      for (const text of wrapped)
        expect(hitsIn([["left", `x${text}y`]], { [name]: secret })).toEqual([`left: ${name}`]);
      expect(facesOf(secret).every((face) => face.length >= 8)).toBe(true);
    }
  });
});
