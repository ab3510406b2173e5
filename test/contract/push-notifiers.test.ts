/** The push services and the signed webhook keep the contract, over real HTTP. */
import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { millis } from "../../src/core/model/units.ts";
import type { Notifier, PushTarget } from "../../src/ports/notifier.ts";
import { type PushParts, pushNotifier } from "../../src/shell/push/notifier.ts";
import { type Pushed, type PushServer, pushServer } from "../kit/push-server.ts";
import { NOON } from "../kit/sample-facts.ts";
import { HOSTILE, sampleLetter } from "../kit/sample-letter.ts";
import { type Arrived, notifierContract, type OpenedChannel } from "./notifier.ts";

const TOKEN = "tk_verysecrettoken";
const KEY = `whsec_${Buffer.from("0123456789abcdef0123456789abcdef").toString("base64")}`;

function pusher(parts: PushParts): Notifier {
  const made = pushNotifier(parts);
  if (!made.ok) expect.fail(made.error);
  return made.value;
}

const opened =
  (secret: string, targetAt: (url: string) => PushTarget, read: (pushed: Pushed) => Arrived) =>
  async (): Promise<OpenedChannel> => {
    const server: PushServer = await pushServer();
    const answer = (status: number, headers = {}) => {
      return () => {
        // Some services repeat what they were sent.
        server.answer = { status, body: `Cannot POST /hooks/${secret}, ${secret}`, headers };
      };
    };
    return {
      notifier: pusher({
        channel: "phone",
        target: targetAt(server.url),
        now: () => millis(NOON),
        patience: 2_000,
      }),
      arrived: () => server.pushed.map(read),
      days: {
        well: () => {
          server.answer = { status: 200 };
        },
        letter: answer(413),
        secret: answer(401),
        breaks: () => {
          server.answer = { status: 0 };
        },
        silent: () => {
          server.answer = null;
        },
        busy: answer(429, { "retry-after": "7" }),
      },
      secrets: [secret],
      close: server.close,
    };
  };

const json = (pushed: Pushed) => JSON.parse(pushed.body);
const header = (pushed: Pushed, name: string): string => String(pushed.headers[name]);

notifierContract(
  "Discord webhook",
  opened(
    TOKEN,
    (url) => ({ kind: "discord-webhook", url: `${url}/hooks/${TOKEN}` }),
    (pushed) => {
      const [embed] = json(pushed).embeds;
      return {
        id: embed.footer.text,
        title: embed.title.replaceAll("\\", ""),
        text: `${embed.title}${embed.description}`,
      };
    },
  ),
);

notifierContract(
  "ntfy",
  opened(
    TOKEN,
    (url) => ({ kind: "ntfy", url, topic: TOKEN, token: TOKEN }),
    (pushed) => ({
      id: header(pushed, "idempotency-key"),
      title: json(pushed).title,
      text: json(pushed).message,
    }),
  ),
);

notifierContract(
  "Gotify",
  opened(
    TOKEN,
    (url) => ({ kind: "gotify", url: `${url}/`, token: TOKEN }),
    (pushed) => ({
      id: header(pushed, "idempotency-key"),
      title: json(pushed).title,
      text: json(pushed).message,
    }),
  ),
);

notifierContract(
  "signed webhook",
  opened(
    KEY,
    (url) => ({ kind: "webhook", url: `${url}/in`, secret: KEY }),
    (pushed) => ({ id: header(pushed, "webhook-id"), title: json(pushed).title, text: "" }),
  ),
);

/** One letter to a server, and what it got. */
async function pushed(targetAt: (url: string) => PushTarget, quote = HOSTILE): Promise<Pushed> {
  const server = await pushServer();
  const notifier = pusher({
    channel: "phone",
    target: targetAt(server.url),
    now: () => millis(NOON),
  });
  const letter = sampleLetter(1, { quote: { author: "alice", text: quote } });
  await new Promise((resolve) => notifier.send(letter, resolve));
  await server.close();
  const [first] = server.pushed;
  if (first === undefined) expect.fail("nothing arrived");
  return first;
}

test("Discord mentions nobody, and what a stranger wrote stays in its block", async () => {
  const sent = await pushed((url) => ({ kind: "discord-webhook", url }));
  expect(sent.path).toBe("/?wait=true");
  const { allowed_mentions, embeds } = json(sent);
  expect(allowed_mentions).toEqual({ parse: [] });
  const { description } = embeds[0];
  expect(description.split("```")).toHaveLength(3);
  expect(description.indexOf("@everyone")).toBeGreaterThan(description.indexOf("```"));
});

test("a webhook is signed over its id, its moment and its body", async () => {
  const sent = await pushed((url) => ({ kind: "webhook", url, secret: KEY }));
  const [id, timestamp] = [header(sent, "webhook-id"), header(sent, "webhook-timestamp")];
  expect(timestamp).toBe(String(NOON / 1_000));
  const key = Buffer.from(KEY.slice("whsec_".length), "base64");
  const expected = createHmac("sha256", key).update(`${id}.${timestamp}.${sent.body}`);
  expect(header(sent, "webhook-signature")).toBe(`v1,${expected.digest("base64")}`);
  expect(json(sent)).toMatchObject({ type: "notification", severity: "info" });
});

test("ntfy and Gotify get their token and how urgent it is", async () => {
  const ntfy = await pushed((url) => ({ kind: "ntfy", url, topic: "mine", token: TOKEN }));
  expect(header(ntfy, "authorization")).toBe(`Bearer ${TOKEN}`);
  expect(json(ntfy)).toMatchObject({ topic: "mine", priority: 3 });
  const open = await pushed((url) => ({ kind: "ntfy", url, topic: "mine", token: null }));
  expect(open.headers["authorization"]).toBeUndefined();
  const gotify = await pushed((url) => ({ kind: "gotify", url, token: TOKEN }));
  expect(gotify.path).toBe("/message");
  expect(header(gotify, "x-gotify-key")).toBe(TOKEN);
});

test("a very long letter is cut where an item ends", async () => {
  const sent = await pushed(
    (url) => ({ kind: "ntfy", url, topic: "t", token: null }),
    "x".repeat(9_000),
  );
  expect(json(sent).message).toMatch(/… and \d+ more$/);
  expect(sent.body.length).toBeLessThan(4_000);
});

test.each([
  [301, "it sends us elsewhere"],
  [404, "it is gone"],
  [403, "it refuses the secret"],
])("the answer %i is somebody's work: %s", async (status, words) => {
  const server = await pushServer();
  server.answer = { status, headers: { location: "http://127.0.0.1:1/" } };
  const target = { kind: "gotify", url: server.url, token: TOKEN } as const;
  const notifier = pusher({ channel: "phone", target, now: () => millis(NOON) });
  const delivery = await new Promise((resolve) => notifier.send(sampleLetter(1), resolve));
  expect(delivery).toMatchObject({ scope: "channel", fix: expect.stringContaining(words) });
  await server.close();
});

test("a server that wants to be left alone says for how long", async () => {
  const server = await pushServer();
  const target = { kind: "gotify", url: server.url, token: TOKEN } as const;
  const notifier = pusher({ channel: "phone", target, now: () => millis(NOON) });
  const after = async (value: string) => {
    server.answer = { status: 429, headers: { "retry-after": value }, body: "y".repeat(40_000) };
    return new Promise((resolve) => notifier.send(sampleLetter(1), resolve));
  };
  expect(await after("7")).toMatchObject({ after: 7_000 });
  expect(await after("99999")).toMatchObject({ after: 3_600_000 });
  expect(await after("tomorrow")).toMatchObject({ after: null });
  await server.close();
});

test.each([
  [{ kind: "discord-webhook", url: "ftp://example.com/secret" }, "its address is none"],
  [{ kind: "discord-webhook", url: "http://discord.com/secret" }, "its address is none"],
  [{ kind: "webhook", url: "https://example.com", secret: "secret" }, "its secret cannot be used"],
  // A dash as word processors write it: no header can hold it, and the request would throw.
  [{ kind: "gotify", url: "https://x.test", token: "com/secret\u2013" }, "no token has"],
  [{ kind: "ntfy", url: "https://x.test", topic: "t", token: "com/secret two" }, "no token has"],
] as const)("%j cannot be used, and its secret is not said", (target, words) => {
  const made = pushNotifier({ channel: "phone", target, now: () => millis(NOON) });
  expect(made).toEqual({ ok: false, error: expect.stringContaining(words) });
  expect(JSON.stringify(made)).not.toContain("com/secret");
});
