/** From the command line to a mail server: what is told, what is tested, what waits. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { type MailServer, mailServer } from "../kit/mail-server.ts";
import { type PushServer, pushServer } from "../kit/push-server.ts";
import { temporaryFolder } from "../kit/temporary-folder.ts";
import { terminal } from "../kit/terminal.ts";

const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

async function mail(options: Parameters<typeof mailServer>[0] = {}): Promise<MailServer> {
  const server = await mailServer(options);
  ends.push(server.close);
  return server;
}

async function push(): Promise<PushServer> {
  const server = await pushServer();
  ends.push(server.close);
  return server;
}

const mailChannel = (port: number, more: readonly string[] = []): readonly string[] => [
  "    - kind: email",
  "      name: mail",
  "      host: 127.0.0.1",
  `      port: ${port}`,
  "      security: none",
  "      from: TradeStream <bot@example.com>",
  "      to: [trader@example.com]",
  ...more.map((line) => `      ${line}`),
];

/** A house with these channels and files beside its configuration. */
function houseWith(
  channels: readonly string[],
  files: Readonly<Record<string, string>> = {},
): string {
  const here = temporaryFolder();
  const lines = [
    "sources: [{kind: chat-file, path: chat.txt}]",
    "notify:",
    "  channels:",
    ...channels,
  ];
  writeFileSync(join(here, "config.yaml"), `${lines.join("\n")}\n`);
  writeFileSync(join(here, "chat.txt"), "");
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(here, name), text, { mode: 0o600 });
  }
  return here;
}

async function ran(here: string, ...words: readonly string[]) {
  const seen = terminal({ here });
  const code = await seen.run(...words);
  return { code, out: seen.out(), err: seen.err(), values: seen.values };
}

describe("notify test", () => {
  test("sends one by each channel and says what the other side said", async () => {
    const [post, phone] = [await mail(), await push()];
    const here = houseWith(
      [
        ...mailChannel(post.port),
        `    - {kind: gotify, name: phone, url: "${phone.url}", token: "file:token"}`,
        `    - {kind: ntfy, name: tablet, url: "${phone.url}", topic: "file:token", token: "file:token"}`,
        `    - {kind: webhook, name: hook, url: "${phone.url}", secret: "file:key"}`,
        `    - {kind: discord-webhook, name: chat, address: "file:address"}`,
      ],
      {
        token: "secret-token",
        key: `whsec_${Buffer.alloc(32, 7).toString("base64")}`,
        address: `${phone.url}/api/webhooks/1/2`,
      },
    );
    const { code, out } = await ran(here, "notify", "test");
    expect(code).toBe(0);
    expect(out.trim().split("\n")).toEqual([
      "mail: accepted: 250 2.0.0 taken",
      "phone: accepted: HTTP 200",
      "tablet: accepted: HTTP 200",
      "hook: accepted: HTTP 200",
      "chat: accepted: HTTP 200",
    ]);
    expect(post.mails[0]?.mail.subject).toBe("[TradeStream] Test: the channel mail works");
    expect(phone.pushed).toHaveLength(4);
  });

  test("sends by one channel alone, and tells it as JSON", async () => {
    const post = await mail();
    const here = houseWith([...mailChannel(post.port), "    - {kind: bell, name: bell}"]);
    const { code, values } = await ran(here, "notify", "test", "--channel", "mail", "--json");
    expect(code).toBe(0);
    expect(values()).toEqual([
      { channel: "mail", accepted: true, said: "250 2.0.0 taken", fix: null },
    ]);
  });

  test("says once what is wrong with a password, without the password", async () => {
    const post = await mail({ login: { user: "trader", password: "right" } });
    const here = houseWith(mailChannel(post.port, ["user: trader", "password: file:password"]), {
      password: "wrong-secret",
    });
    const { code, out, err } = await ran(here, "notify", "test");
    expect(code).toBe(2);
    expect(out).toMatch(
      /^mail: NOT ACCEPTED: .*535 .*; the server refuses the login: check user and password of the channel mail/,
    );
    expect(`${out}${err}`).not.toContain("wrong-secret");
  });

  test("ends with 1 when it may work later", async () => {
    const post = await mail();
    post.day = "later";
    const { code, out } = await ran(houseWith(mailChannel(post.port)), "notify", "test");
    expect(code).toBe(1);
    expect(out).toContain("450 4.2.0 Greylisted, come back later; it may work later");
  });

  test("ends with 2 when there is nothing to test, or not that", async () => {
    const post = await mail();
    const here = houseWith(mailChannel(post.port));
    expect((await ran(here, "notify", "test", "--channel", "fax")).err).toContain(
      'there is no channel "fax", only mail',
    );
    const none = temporaryFolder();
    expect((await ran(none, "notify", "test")).code).toBe(2);
    writeFileSync(join(none, "config.yaml"), "paste: true\n");
    expect((await ran(none, "notify", "test")).err).toContain("no channels are configured");
    writeFileSync(join(none, "config.yaml"), "notify: 7\n");
    expect((await ran(none, "notify", "test")).err).toMatch(/config\.yaml:1:9 notify: expected/);
  });

  test("names the secret that is not there, and tests the others", async () => {
    const post = await mail();
    const here = houseWith([
      ...mailChannel(post.port),
      '    - {kind: gotify, name: phone, url: "https://push.example", token: "env:NO_SUCH_TOKEN"}',
    ]);
    const { code, out, err } = await ran(here, "notify", "test");
    expect(code).toBe(2);
    expect(out).toContain("mail: accepted");
    expect(err).toContain("the channel phone: env:NO_SUCH_TOKEN: there is no such variable");
  });
});

describe("a run", () => {
  async function lived(here: string, until: () => boolean) {
    const seen = terminal({ here });
    const ended = seen.run("start");
    await expect.poll(until).toBe(true);
    seen.signal("SIGTERM");
    expect(await ended).toBe(0);
    return seen;
  }

  test("tells its beginning and its end by mail, and status counts them", async () => {
    const post = await mail();
    const here = houseWith(mailChannel(post.port));
    await lived(here, () => post.mails.length >= 1);
    const subjects = post.mails.map(({ mail: { subject } }) => subject).join("\n");
    expect(subjects).toMatch(/started, paper, version/);
    expect(post.mails.at(-1)?.mail.text).toContain("stopped");
    const { code, out, values } = await ran(here, "notify", "status");
    expect(code).toBe(0);
    expect(out).toMatch(/mail +0 +- +2 +0 +-/);
    expect(values).toBeDefined();
    const json = await ran(here, "notify", "status", "--json");
    expect(json.values()).toMatchObject([{ channels: [{ channel: "mail", waiting: 0, sent: 2 }] }]);
  });

  test("without a mail server goes on and loses nothing: the next run delivers it", async () => {
    const gone = await mailServer();
    await gone.close();
    const here = houseWith(mailChannel(gone.port));
    const first = terminal({ here });
    const ended = first.run("start");
    await first.shows("not delivered");
    first.signal("SIGTERM");
    expect(await ended).toBe(0);
    expect(first.err().match(/mail: not delivered/g)).toHaveLength(1);
    const waiting = await ran(here, "notify", "status", "--json");
    expect(waiting.values()).toMatchObject([{ channels: [{ waiting: 2, sent: 0 }] }]);

    const post = await mail();
    const lines = ["sources: [{kind: chat-file, path: chat.txt}]", "notify:", "  channels:"];
    const channel = mailChannel(post.port);
    writeFileSync(join(here, "config.yaml"), `${[...lines, ...channel].join("\n")}\n`);
    await lived(here, () => post.mails.some(({ mail: { text } }) => text?.includes("stopped")));
    const told = post.mails.map(({ mail: { text } }) => text).join("\n");
    expect(told).toMatch(/started, paper/);
    // The letter that was refused has its own time: it is tried again a minute after that.
    const after = await ran(here, "notify", "status", "--json");
    expect(after.values()).toMatchObject([{ channels: [{ waiting: 1, expired: 0 }] }]);
  });

  test("does not start with a secret that is not there", async () => {
    const here = houseWith(mailChannel(25, ["user: trader", "password: env:NO_SUCH_PASSWORD"]));
    const { code, err } = await ran(here, "start");
    expect(code).toBe(2);
    expect(err).toContain("the channel mail: env:NO_SUCH_PASSWORD: there is no such variable");
  });

  test("that was told of nothing has nothing to say", async () => {
    const here = houseWith(["    - {kind: bell, name: bell}"]);
    const seen = terminal({ here });
    const ended = seen.run("start");
    await seen.shows("agrees with the venue");
    seen.signal("SIGTERM");
    expect(await ended).toBe(0);
    expect((await ran(here, "notify", "status")).out).toContain("nothing was ever to be told");
    expect((await ran(temporaryFolder(), "notify", "status")).code).not.toBe(0);
  });
});
