/** The channels of a configuration: what may be written, and what is wrong named by line and key. */
import { expect, test } from "vitest";
import type { Config } from "../../../../src/core/model/config.ts";
import { readConfig } from "../../../../src/shell/yaml/config-source.ts";

const MAIL = [
  "    - kind: email",
  "      name: mail",
  "      host: smtp.example.com",
  "      from: bot@example.com",
  "      to: [trader@example.com]",
];

const read = (...channels: readonly string[]) =>
  readConfig(["notify:", "  channels:", ...channels, ""].join("\n"), "c.yaml");

function channels(...lines: readonly string[]): NonNullable<Config["notify"]> {
  const config = read(...lines);
  if (!config.ok) expect.fail(config.error.problems.map(({ text }) => text).join("\n"));
  return config.value.notify ?? [];
}

function problems(...lines: readonly string[]): string {
  const config = read(...lines);
  return config.ok ? "none" : config.error.problems.map(({ text }) => text).join("\n");
}

test("without a word nobody is told", () => {
  const config = readConfig("paste: true\n", "c.yaml");
  expect(config.ok && config.value.notify).toBeUndefined();
});

test("a mail channel that says the least is encrypted, on the usual port, and tells all", () => {
  const [mail] = channels(...MAIL);
  expect(mail).toMatchObject({
    ...{ kind: "email", port: 587, security: "starttls", login: null, ca: null },
    rules: { name: "mail", daily: ["refusal"], dailyAt: 915, quiet: null, perHour: 100 },
  });
  expect(mail?.rules.now).not.toContain("refusal");
});

test("ports follow the kind of connection", () => {
  const [tls] = channels(...MAIL, "      security: tls");
  expect(tls).toMatchObject({ port: 465 });
  const relay = MAIL.map((line) => line.replace("smtp.example.com", "127.0.0.1"));
  expect(channels(...relay, "      security: none")[0]).toMatchObject({ port: 25 });
});

test("every kind of channel is read, with its quiet hours", () => {
  const all = channels(
    ...MAIL,
    "      user: me",
    "      password: env:SMTP_PASSWORD",
    '      quiet: "22:00 to 06:30"',
    "    - {kind: discord-webhook, name: chat, address: env:HOOK}",
    "    - {kind: ntfy, name: phone, topic: env:TOPIC}",
    '    - {kind: gotify, name: own, url: "https://push.example.com", token: env:TOKEN}',
    '    - {kind: webhook, name: program, url: "https://example.com/in", secret: env:KEY}',
    "    - {kind: bell, name: bell}",
  );
  expect(all.map(({ kind }) => kind)).toEqual([
    ...["email", "discord-webhook", "ntfy", "gotify", "webhook", "bell"],
  ]);
  expect(all[0]?.rules.quiet).toEqual({ from: 1_320, until: 390 });
  expect(all[0]).toMatchObject({ login: { user: "me", password: { name: "SMTP_PASSWORD" } } });
  expect(all[2]).toMatchObject({ url: "https://ntfy.sh", token: null });
});

test.each([
  [["    - {kind: fax, name: fax}"], /c\.yaml:3:\d+ notify\.channels\[0\].*: expected email/],
  [
    [...MAIL, "      qiet: off"],
    /:8:7 notify\.channels\[0\]\.qiet: unknown key; did you mean quiet/,
  ],
  [[...MAIL, '      quiet: "22:00 to 22:00"'], /:8:14 .*quiet: expected two different times/],
  [[...MAIL, "      perHour: 0"], /:8:16 .*perHour: expected a whole number from 1 to 1000/],
  [[...MAIL, "      now: [weather]"], /:8:\d+ .*now\[0\]: expected entry, target/],
  [[...MAIL, "      now: []", "      daily: []"], /now: with nothing to tell it is no channel/],
  [[...MAIL, "      user: me"], /:8:13 .*user: who logs in needs a password/],
  [[...MAIL, "      password: env:X"], /password: a password needs a user who logs in/],
  [[...MAIL, "      security: none"], /:8:17 .*security: without encryption only to this machine/],
  [[...MAIL, ...MAIL], /:9:13 .*channels\[1\]\.name: another channel has this name already/],
  [["    - {kind: ntfy, name: a, topic: env:T, url: http://ntfy.sh}"], /url: expected an address/],
])("%j is wrong, and where is said", (lines, words) => {
  expect(problems(...lines)).toMatch(words);
});

test("who allows it in full may send without encryption", () => {
  const allowed = "      allowUnencrypted: yes, anyone on the way may read and change them";
  expect(channels(...MAIL, "      security: none", allowed)).toHaveLength(1);
  expect(problems(...MAIL, "      allowUnencrypted: true")).toContain("allowUnencrypted: expected");
});

test.each([
  '      from: "bot@example.com\\r\\nBcc: x@y.z"',
  "      from: 'a@b.c, d@e.f'",
  "      from: nobody",
])("an address that is none, or more than one, is refused: %s", (line) => {
  expect(problems(...MAIL.filter((one) => !one.includes("from")), line)).toContain(
    "from: expected a mail address",
  );
});

test("a secret that was written out is refused, and not repeated", () => {
  const told = [
    problems(...MAIL, "      user: me", "      password: hunter2"),
    problems("    - {kind: discord-webhook, name: c, address: 'https://discord.com/api/hunter2'}"),
    problems("    - {kind: ntfy, name: c, topic: hunter2}"),
    problems("    - {kind: webhook, name: c, url: 'https://x.example', secret: hunter2}"),
  ];
  for (const one of told) {
    expect(one).toContain("expected env:NAME or file:PATH");
    expect(one).not.toContain("hunter2");
  }
});
