/**
 * The webhook against people who are not its senders: what they send opens nothing, breaks nothing
 * and shows them nothing, and no secret of ours turns up anywhere outside its own file.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../kit/temporary-folder.ts";
import { hearing, webhookIn } from "../kit/webhook-config.ts";
import { webhookHouse } from "../kit/webhook-house.ts";
import {
  AT,
  NEXT_SECRET,
  OTHER_TOKEN,
  raw,
  SECRET,
  signatureOf,
  TOKEN,
  webhook,
} from "../kit/webhooks.ts";

const ALERT = "ES long 6326: A\nStop: 6316";

const HOSTILE_TOKENS: readonly string[] = [
  ...Array.from({ length: TOKEN.length }, (_, length) => TOKEN.slice(0, length)),
  ...[...TOKEN].map((_, at) => `${TOKEN.slice(0, at)}x${TOKEN.slice(at + 1)}`),
  ...[`${TOKEN}0`, `0${TOKEN}`, TOKEN.toUpperCase(), TOKEN.repeat(2), `${TOKEN}%00`, ` ${TOKEN}`],
  ...["..", "../alerts", "%2e%2e", "*", "null", "undefined", "__proto__", "constructor", "0"],
  ...["%", "%zz", "%ff", "%c0%af", "\u{1f6a8}", "a;b", "a?token=b", "'--", '"', "<script>"],
  ...["{{token}}", "x".repeat(255), "x".repeat(2_000), `${TOKEN}/..`, `${TOKEN}\\`, `./${TOKEN}/x`],
];

describe("nobody's request", () => {
  test(`to ${HOSTILE_TOKENS.length} almost right paths is a message`, async () => {
    const { port, messages, keeper } = await webhook();
    for (const token of HOSTILE_TOKENS) {
      const said = await fetch(`http://127.0.0.1:${port}/hooks/${token}`, {
        method: "POST",
        body: ALERT,
      });
      expect([400, 401, 404], token).toContain(said.status);
      expect(await said.text()).not.toMatch(/hooks|script|token|at \w+ \(/);
    }
    expect([messages, keeper.kept, keeper.faults]).toEqual([[], [], []]);
  });

  const right = signatureOf(ALERT, { timestamp: AT / 1_000 });
  const signature = right["webhook-signature"] ?? "";
  test.each<[string, Record<string, string>]>([
    ["without a version", { "webhook-signature": signature.slice(3) }],
    ["of another version", { "webhook-signature": signature.replace("v1,", "v2,") }],
    ["cut short", { "webhook-signature": signature.slice(0, -4) }],
    ["that is empty", { "webhook-signature": "v1," }],
    ["in hex", { "webhook-signature": `v1,${Buffer.from(signature).toString("hex")}` }],
    ["behind too many others", { "webhook-signature": `${"v1,AAAA ".repeat(5)}${signature}` }],
    ["over another id", { "webhook-id": "msg_2" }],
    ["over another time", { "webhook-timestamp": String(AT / 1_000 + 1) }],
    ["over the same time written otherwise", { "webhook-timestamp": `0${AT / 1_000}` }],
    ["with an id that breaks lines", { "webhook-id": "msg_1\tx" }],
    ["with no id", { "webhook-id": "" }],
    ["signed by the other scheme's header", { "x-hub-signature-256": "sha256=00" }],
  ])("with a signature %s is refused", async (_, headers) => {
    const { post, messages } = await webhook();
    const given = { "content-type": "text/plain", ...right, ...headers };
    const sent = "x-hub-signature-256" in headers ? omit(given, "webhook-signature") : given;
    expect((await post("/alerts", ALERT, sent)).status).toBe(401);
    expect(messages).toEqual([]);
  });

  test("cannot be made from a signed one by moving the cut between its parts", async () => {
    const { post, messages } = await webhook();
    const timestamp = AT / 1_000;
    const body = `${timestamp}.${ALERT}`;
    const signed = signatureOf(body, { id: "a", timestamp });
    const moved = { ...signed, "webhook-id": `a.${timestamp}` };
    const said = await post("/alerts", ALERT, { "content-type": "text/plain", ...moved });
    expect(said.status).toBe(401);
    expect(messages).toEqual([]);
  });

  test("is helped by no header: not for the method, the path or the address", async () => {
    const { port, messages } = await webhook({
      settings: { hooks: [{ name: "tv", token: TOKEN, addresses: ["192.0.2.1"] }] },
    });
    for (const [name, value] of [
      ["x-forwarded-for", "192.0.2.1"],
      ["x-real-ip", "192.0.2.1"],
      ["forwarded", "for=192.0.2.1"],
      ["x-http-method-override", "POST"],
      ["x-original-url", `/hooks/${TOKEN}`],
      ["x-rewrite-url", `/hooks/${TOKEN}`],
    ] as const) {
      for (const [method, path] of [
        ["POST", `/hooks/${TOKEN}`],
        ["POST", "/"],
        ["GET", "/alerts"],
      ] as const) {
        const said = await fetch(`http://127.0.0.1:${port}${path}`, {
          ...{ method, headers: { [name]: value } },
          ...(method === "POST" ? { body: ALERT } : {}),
        });
        expect([404, 405]).toContain(said.status);
      }
    }
    expect(messages).toEqual([]);
  });

  test("in two contradictory lengths is no request", async () => {
    const { port, messages } = await webhook();
    const head = `POST /hooks/${TOKEN} HTTP/1.1\r\nhost: a\r\ncontent-type: text/plain\r\n`;
    for (const lengths of [
      "content-length: 5\r\ntransfer-encoding: chunked\r\n",
      "content-length: 5\r\ncontent-length: 6\r\n",
      "content-length: -1\r\n",
      "transfer-encoding: chunked, identity\r\n",
    ]) {
      expect(await raw(port, `${head}${lengths}\r\nall out`)).toMatch(/^HTTP\/1.1 (400|501) /);
    }
    expect(messages).toEqual([]);
  });

  test("from a page in a browser gets no permission to read the answer", async () => {
    const { post, hook } = await webhook();
    for (const said of [await hook(ALERT), await post("/alerts", ALERT, { origin: "http://a" })]) {
      expect([...said.headers.keys()].filter((name) => name.startsWith("access-control"))).toEqual(
        [],
      );
      expect(said.headers.get("x-content-type-options")).toBe("nosniff");
      expect(said.headers.get("server")).toBeNull();
    }
  });
});

test("JSON meant for the objects behind it is only text", async () => {
  const { hook, messages } = await webhook();
  const bodies = [
    '{"__proto__": {"text": "ES long"}, "constructor": {"prototype": {}}}',
    '{"toString": 1, "text": {"toString": "ES long"}}',
  ];
  for (const body of bodies) expect((await hook(body, "application/json")).status).toBe(202);
  expect(messages.map(({ text }) => text)).toEqual(bodies);
  expect(Object.hasOwn(Object.prototype, "text")).toBe(false);
});

test("no token, secret or signature is anywhere but in its own file, whatever went wrong", async () => {
  const here = temporaryFolder();
  const config = hearing(webhookIn(here));
  const own = readdirSync(here);
  const house = await webhookHouse(here, config);
  const timestamp = Math.floor(Date.now() / 1_000);
  const answers: string[] = [];
  const send = async (path: string, body: string, headers: Record<string, string>) => {
    const said = await fetch(`${house.url}${path}`, { method: "POST", body, headers });
    answers.push(await said.text());
  };
  const text = { "content-type": "text/plain" };
  const json = { "content-type": "application/json" };
  for (const token of [TOKEN, OTHER_TOKEN]) {
    await send(`/hooks/${token}`, `${ALERT} `, text);
    await send(`/hooks/${token}`, "{", json);
    await send(`/hooks/${token}`, "x".repeat(20_000), text);
    await send(`/hooks/${token}`, "a=b", { "content-type": "application/x-www-form-urlencoded" });
    await send(`/hooks/${token}/more`, ALERT, text);
    await send(`/hooks/${token}%ff`, ALERT, text);
  }
  for (const secret of [SECRET, NEXT_SECRET]) {
    const signed = signatureOf(ALERT, { secret, timestamp, id: "one" });
    await send("/alerts", ALERT, { ...text, ...signed });
    await send("/alerts", "changed", { ...text, ...signed });
    await send("/alerts", ALERT, { ...text, ...signed, "webhook-timestamp": "1" });
  }
  for (let n = 0; n < 70; n++) await send(`/hooks/${TOKEN}`, `alert ${n}`, text);
  await send(`/hooks/${OTHER_TOKEN}`, "all out", text);
  for (const words of [["status"], ["status", "--json"]]) {
    expect(await house.run(...words, "--data", house.directory)).toBe(0);
  }
  await house.stop();
  for (const words of [["journal", "show"], ["journal", "show", "--json"], ["trades"]]) {
    expect(await house.run(...words, "--data", house.directory)).toBe(0);
  }

  const files = filesBelow(here).filter((path) => !own.includes(path));
  for (const name of ["journal.db", "log.jsonl", "last-good.json"]) {
    expect(files.some((path) => path.endsWith(name))).toBe(true);
  }
  const places = new Map<string, string>([
    ["standard output", house.out()],
    ["standard error", house.err()],
    ["answers", answers.join("\n")],
    ["what was kept", JSON.stringify(house.kept())],
    ...files.map((path) => [path, readFileSync(join(here, path), "latin1")] as const),
  ]);
  expect(house.err()).toContain("hook tv: more than 60 requests a minute");
  const secrets = [TOKEN, OTHER_TOKEN, ...[SECRET, NEXT_SECRET].flatMap(formsOf)];
  for (const [place, content] of places) {
    for (const secret of secrets)
      expect(content.includes(secret), `${place}: ${secret}`).toBe(false);
    expect(/v1,[A-Za-z0-9+/]{43}=/.test(content), `${place}: a signature`).toBe(false);
  }
});

const formsOf = (secret: string): readonly string[] => {
  const key = Buffer.from(secret.replace("whsec_", ""), "base64");
  return [secret.replace("whsec_", ""), key.toString("latin1"), key.toString("hex")];
};

const filesBelow = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));

const omit = (headers: Record<string, string>, name: string): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).filter(([key]) => key !== name));
