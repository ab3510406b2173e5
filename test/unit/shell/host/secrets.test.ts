import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { readSecret, secretPlaceText } from "../../../../src/shell/host/secrets.ts";

const SECRET = "canary-7f3a.Qx-secret";
const directory = mkdtempSync(join(tmpdir(), "tradestream-secrets-"));
afterAll(() => rmSync(directory, { recursive: true }));

const file = (name: string, text: string, mode = 0o600) => {
  const path = join(directory, name);
  writeFileSync(path, text);
  chmodSync(path, mode);
  return { kind: "file", path } as const;
};
const variable = { kind: "env", name: "TOKEN" } as const;

test("a secret comes from a variable or a file, without the white space around it", () => {
  expect(readSecret(variable, { TOKEN: ` ${SECRET}\n` })).toEqual({ ok: true, value: SECRET });
  expect(readSecret(file("good", `${SECRET}\r\n`))).toEqual({ ok: true, value: SECRET });
});

test("without an environment of its own it reads that of the process", () => {
  const place = { kind: "env", name: "TRADESTREAM_NO_SUCH_VARIABLE" } as const;
  expect(readSecret(place)).toMatchObject({ ok: false });
});

const wrong = (place: Parameters<typeof readSecret>[0], env = {}): string => {
  const read = readSecret(place, env);
  return read.ok ? "it was read" : read.error;
};

test("what is missing is named", () => {
  expect(wrong(variable)).toContain("env:TOKEN: there is no such variable; set TOKEN");
  expect(wrong({ kind: "file", path: join(directory, "absent") })).toContain("ENOENT");
  expect(wrong({ kind: "file", path: directory })).toMatch(/EISDIR|chmod/);
  expect(wrong(variable, { TOKEN: " \n" })).toContain("found nothing in it");
  expect(wrong(file("empty", ""))).toContain("found nothing in it");
});

test.each([0o640, 0o604, 0o660, 0o644])(
  "a file others can read (%o) is refused with the command that mends it",
  (mode) => {
    const place = file("open", SECRET, mode);
    expect(wrong(place)).toContain(`chmod 600 "${place.path}"`);
    chmodSync(place.path, 0o600);
    expect(readSecret(place)).toMatchObject({ ok: true });
  },
);

test("what is too long or of several lines is no secret, and nothing of it is said", () => {
  const refusals = [
    wrong(file("long", SECRET.repeat(300))),
    wrong(variable, { TOKEN: SECRET.repeat(300) }),
    wrong(file("lines", `${SECRET}\n${SECRET}`)),
    wrong(file("open-too", SECRET, 0o644)),
  ];
  expect(refusals[0]).toContain("longer than 4096 bytes");
  expect(refusals[1]).toContain("longer than 4096 bytes");
  expect(refusals[2]).toContain("expected one line");
  expect(refusals.join()).not.toContain("canary");
});

test("a place is written as in a configuration", () => {
  expect(secretPlaceText(variable)).toBe("env:TOKEN");
  expect(secretPlaceText({ kind: "file", path: "/run/secret" })).toBe("file:/run/secret");
});

test("a credential comes from the directory that systemd made for the service", () => {
  const place = { kind: "credential", name: "topstepx-key" } as const;
  // Its group may read it there; the directory is the service's own.
  file(place.name, `${SECRET}\n`, 0o440);
  const environment = { CREDENTIALS_DIRECTORY: directory };
  expect(readSecret(place, environment)).toEqual({ ok: true, value: SECRET });
  expect(wrong(place, {})).toContain(
    "credential:topstepx-key: there is no such file in /run/secrets",
  );
  const absent = { ...place, name: "absent" };
  const nowhere = `credential:absent: there is no such file in ${directory}, /run/secrets`;
  expect(wrong(absent, environment)).toContain(nowhere);
  expect(secretPlaceText(place)).toBe("credential:topstepx-key");
});

test("a folder of secrets that Docker or Kubernetes hands over may be open to its container", () => {
  const path = file("token", `${SECRET}\n`, 0o444);
  const environment = { TRADESTREAM_SECRETS_DIRECTORY: directory };
  expect(readSecret(path, environment)).toEqual({ ok: true, value: SECRET });
  expect(wrong(path)).toContain("other users of this machine can read it");
  const named = { kind: "credential", name: "token" } as const;
  expect(readSecret(named, environment)).toEqual({ ok: true, value: SECRET });
  const open = file("open", `${SECRET}\n`, 0o666);
  expect(wrong(open, environment)).toContain("other users of this machine can change it");
});

test("a variable may name the file it is in, which goes before its value", () => {
  const { path } = file("from-file", `${SECRET}\n`);
  expect(readSecret(variable, { TOKEN: "another", TOKEN_FILE: path })).toMatchObject({
    value: SECRET,
  });
  expect(readSecret(variable, { TOKEN: SECRET, TOKEN_FILE: "" })).toMatchObject({ value: SECRET });
  const wide = file("wide", `${SECRET}\n`, 0o644).path;
  expect(wrong(variable, { TOKEN_FILE: wide })).toContain("env:TOKEN_FILE: other users");
});
