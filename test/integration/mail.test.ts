/**
 * What a mail looks like when it has come through a real server, and what becomes of it on the bad
 * days of one: nothing is lost, nothing comes twice under two ids.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import type { EmailConfig } from "../../src/core/model/config.ts";
import type { Letter } from "../../src/core/model/notification.ts";
import type { Delivery, Notifier } from "../../src/ports/notifier.ts";
import { smtpNotifier } from "../../src/shell/smtp/notifier.ts";
import { type MailServer, mailServer, silentServer } from "../kit/mail-server.ts";
import { MAIL } from "../kit/post-office.ts";
import { HOSTILE, sampleItem, sampleLetter } from "../kit/sample-letter.ts";
import { temporaryFolder } from "../kit/temporary-folder.ts";

const ends: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

async function server(options: Parameters<typeof mailServer>[0] = {}): Promise<MailServer> {
  const one = await mailServer(options);
  ends.push(one.close);
  return one;
}

const CONFIG: EmailConfig = {
  kind: "email",
  rules: MAIL,
  host: "127.0.0.1",
  port: 25,
  security: "none",
  ca: null,
  login: null,
  from: "TradeStream <bot@example.com>",
  to: ["trader@example.com"],
};

function mailer(change: Partial<EmailConfig>, password: string | null = null): Notifier {
  const patience = { connect: 2_000, greeting: 500, silence: 2_000 };
  const made = smtpNotifier({ config: { ...CONFIG, ...change }, password, patience });
  if (!made.ok) expect.fail(made.error);
  ends.push(made.value.close);
  return made.value;
}

const sent = (notifier: Notifier, letter: Letter): Promise<Delivery> =>
  new Promise((resolve) => notifier.send(letter, resolve));

describe("a mail", () => {
  test("has the headers that others go by, and a plain twin", async () => {
    const post = await server();
    await sent(mailer({ port: post.port }), sampleLetter(1));
    const [one] = post.mails;
    const { mail, raw = "" } = one ?? expect.fail("nothing came");
    expect(mail.messageId).toBe(`<${sampleLetter(1).id}@tradestream.invalid>`);
    expect(mail.inReplyTo).toMatch(/^<tt-.+-mail@tradestream\.invalid>$/);
    expect(mail.references).toBe(mail.inReplyTo);
    expect(mail.date?.getTime()).toBe(Math.floor(sampleLetter(1).at / 1_000) * 1_000);
    expect(mail.headers.get("auto-submitted")).toBe("auto-generated");
    expect(raw).toMatch(/^List-Id: TradeStream <mail\.tradestream\.invalid>$/im);
    expect(mail.subject).toBe("[TradeStream] #1 long 3 MES, limit 6327.00");
    expect(mail.text).toContain("> ES long 6325A stop 6315");
    expect(mail.text).toContain("Stop: 6315.00");
    expect(mail.html).toContain("<td>6315.00</td>");
  });

  test("of an alarm is urgent, and of no trade is of no thread", async () => {
    const post = await server();
    const apart = sampleLetter(1, { topic: "alarm", trade: null });
    await sent(mailer({ port: post.port }), apart);
    expect(post.mails[0]?.mail.subject).toMatch(/^\[TradeStream\] ALARM: /);
    expect(post.mails[0]?.raw).toMatch(/^X-Priority: 1/m);
    expect(post.mails[0]?.mail.inReplyTo).toBeUndefined();
  });

  test("brings its pictures along", async () => {
    const post = await server();
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>').toString("base64");
    const images = [
      { cid: "equity", type: "image/svg+xml", base64: svg, says: "equity of the day" },
      { cid: "days", type: "image/png", base64: "iVBORw0KGgo=", says: "days" },
    ] as const;
    await sent(mailer({ port: post.port }), { ...sampleLetter(1), images });
    const [one] = post.mails;
    const names = one?.mail.attachments.map(({ cid, contentType }) => [cid, contentType]);
    expect(names).toEqual([
      ["equity", "image/svg+xml"],
      ["days", "image/png"],
    ]);
    expect(one?.raw).toContain('src=3D"cid:equity"');
    expect(one?.mail.text).toContain("[equity of the day]");
  });

  test("gives a stranger no header, no encoded word, no markup and nothing to fetch", async () => {
    const post = await server();
    const letter = sampleLetter(1, {
      title: HOSTILE,
      quote: { author: HOSTILE, text: HOSTILE },
      details: [{ label: "<b>x</b>", value: '<i>y</i> & "z"' }],
    });
    const notifier = mailer({ port: post.port });
    expect((await sent(notifier, letter)).kind).toBe("accepted");
    const [one] = post.mails;
    const { mail, raw = "" } = one ?? expect.fail("nothing came");
    const head = raw.slice(0, raw.indexOf("\r\n\r\n"));
    expect(head).not.toMatch(/^bcc:/im);
    expect(mail.bcc).toBeUndefined();
    // What an encoded word would have become.
    expect(mail.subject).not.toContain("Hello");
    expect(mail.subject).not.toMatch(/[\r\n]/);
    const html = mail.html || "";
    expect(html).not.toMatch(/<script|<img|<b>|<i>/);
    expect(html).toContain("&lt;script&gt;");
    // Nothing is fetched: what looks like an address is text.
    const tags = [...html.matchAll(/<[^>]*>/g)].map(([tag]) => tag);
    expect(tags.filter((tag) => /https?:|src=|href=| on[a-z]+=/.test(tag))).toEqual([]);
    expect(mail.text).not.toContain("\u202e");
  });

  test("goes to all who are named, and says who was refused", async () => {
    const post = await server();
    post.day = "rejects-one";
    const to = ["first@example.com", "second@example.com"];
    const delivery = await sent(mailer({ port: post.port, to }), sampleLetter(1));
    expect(delivery).toMatchObject({
      kind: "accepted",
      said: expect.stringContaining("not for second@example.com"),
    });
  });
});

describe("a mail server", () => {
  test("that is not there leaves the channel to be tried again", async () => {
    const post = await mailServer();
    await post.close();
    expect(await sent(mailer({ port: post.port }), sampleLetter(1))).toMatchObject({
      kind: "refused",
      scope: "channel",
      fix: null,
      said: expect.stringContaining("ECONNREFUSED"),
    });
  });

  test("that never greets is given up", async () => {
    const silent = await silentServer();
    ends.push(silent.close);
    const delivery = await sent(mailer({ port: silent.port }), sampleLetter(1));
    expect(delivery).toMatchObject({ kind: "refused", scope: "channel" });
  });

  test("that says never is asked again all the same: it may be mended", async () => {
    const post = await server();
    post.day = "never";
    const notifier = mailer({ port: post.port });
    expect(await sent(notifier, sampleLetter(1))).toMatchObject({
      scope: "letter",
      said: expect.stringContaining("550"),
    });
    post.day = "well";
    expect((await sent(notifier, sampleLetter(1))).kind).toBe("accepted");
    expect(post.mails).toHaveLength(1);
  });

  test("that hangs up in the middle of the text has taken nothing, and is not tried by the library", async () => {
    const post = await server();
    post.day = "drops";
    const notifier = mailer({ port: post.port });
    expect(await sent(notifier, sampleLetter(1))).toMatchObject({ scope: "channel" });
    expect(post.texts()).toBe(1);
    expect(post.mails).toEqual([]);
    post.day = "well";
    expect((await sent(notifier, sampleLetter(1))).kind).toBe("accepted");
  });

  test("whose certificate nobody vouches for is told what to do", async () => {
    const post = await server({ security: "starttls" });
    const delivery = await sent(mailer({ port: post.port, security: "starttls" }), sampleLetter(1));
    expect(delivery).toMatchObject({
      scope: "channel",
      fix: "no encrypted connection: check security, port and ca of the channel mail",
    });
    expect(post.texts()).toBe(0);
  });

  test("that cannot encrypt gets nothing where it was asked to", async () => {
    const post = await server({ security: "none" });
    const delivery = await sent(mailer({ port: post.port, security: "starttls" }), sampleLetter(1));
    expect(delivery).toMatchObject({ scope: "channel" });
    const tls = await sent(mailer({ port: post.port, security: "tls" }), sampleLetter(1));
    expect(tls).toMatchObject({ scope: "channel" });
    expect(post.texts()).toBe(0);
  });

  test("that refuses the password is told apart, and the password is not said", async () => {
    const post = await server({ login: { user: "trader", password: "right" } });
    const login = { user: "trader", password: { kind: "env", name: "X" } } as const;
    const delivery = await sent(
      mailer({ port: post.port, login }, "wrong-secret"),
      sampleLetter(1),
    );
    expect(delivery).toMatchObject({
      scope: "channel",
      fix: expect.stringContaining("check user and password of the channel mail"),
    });
    expect(JSON.stringify(delivery)).not.toContain("wrong-secret");
  });

  test("whose certificate cannot be read is no mail server", () => {
    const made = smtpNotifier({ config: { ...CONFIG, ca: "/nowhere/ca.pem" }, password: null });
    expect(made).toEqual({
      ok: false,
      error: "/nowhere/ca.pem: the certificate cannot be read (ENOENT)",
    });
    const ca = join(temporaryFolder(), "ca.pem");
    writeFileSync(ca, "no certificate");
    expect(smtpNotifier({ config: { ...CONFIG, ca }, password: null }).ok).toBe(true);
  });
});

test("a letter without details and quotation is as plain", async () => {
  const post = await server();
  const letter = sampleLetter(1, { details: [], quote: null, tone: "good" });
  await sent(mailer({ port: post.port }), letter);
  expect(post.mails[0]?.mail.html).not.toContain("blockquote");
  expect(sampleItem.quote).not.toBeNull();
});

test("connections that are made anew carry the next letter", async () => {
  const { port, mails } = await server();
  const notifier = mailer({ port });
  expect(await sent(notifier, sampleLetter(1))).toMatchObject({ kind: "accepted" });
  notifier.reopen?.();
  expect(await sent(notifier, { ...sampleLetter(1), id: "another" })).toMatchObject({
    kind: "accepted",
  });
  expect(mails).toHaveLength(2);
});
