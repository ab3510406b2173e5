/** The built program and a bucket: each backup goes there too, and the books come back from there. */
import { readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { run } from "../kit/built-program.ts";
import { keptBooks } from "../kit/kept-books.ts";
import { S3_BUCKET, type S3Server, s3Server } from "../kit/s3-server.ts";
import { temporaryFolder } from "../kit/temporary-folder.ts";

async function aHouse(secret?: string) {
  const server = await s3Server();
  const folder = temporaryFolder();
  const data = keptBooks(30, join(folder, "data"));
  const write = (name: string, text: string) =>
    writeFileSync(join(folder, name), text, { mode: 0o600 });
  write("key-id", server.keys.id);
  write("key", secret ?? server.keys.secret);
  write(
    "config.yaml",
    `backups:
  bucket:
    endpoint: ${server.url}
    bucket: ${S3_BUCKET}
    accessKeyId: file:key-id
    secretAccessKey: file:key
`,
  );
  return { server, folder, data };
}

const namesAt = ({ objects }: S3Server): readonly string[] =>
  [...objects.keys()].flatMap((key) => /^tradestream\/(.+)\/manifest\.json$/.exec(key)?.[1] ?? []);

test("a backup goes to the bucket, is listed, verified and drilled there, and restored from there", async () => {
  const { server, folder, data } = await aHouse();
  // Somebody's from long ago: the rule for what stays holds there too.
  for (const day of ["01", "02", "03"])
    server.objects.set(`tradestream/2024-01-${day}T00-00-00.000Z/manifest.json`, Buffer.from("{}"));
  expect(await run(folder, "backup", "create")).toMatchObject({ code: 0, err: "" });
  const [name = ""] = namesAt(server);
  expect(namesAt(server)).toEqual([name]);
  const from = ["--from", "bucket"];
  expect(await run(folder, "backup", "list", ...from)).toMatchObject({ code: 0, out: `${name}\n` });
  const json = await run(folder, "backup", "list", ...from, "--json");
  expect(JSON.parse(json.out)).toEqual({ name });
  expect((await run(folder, "backup", "verify", ...from)).out).toContain(`${name}: `);
  expect((await run(folder, "backup", "drill", ...from)).out).toContain("restored on trial");
  const unknown = await run(folder, "backup", "drill", "yesterday", ...from);
  expect([unknown.code, unknown.err]).toEqual([
    2,
    `there is no backup yesterday in the bucket ${S3_BUCKET}; the newest there is ${name}\n`,
  ]);

  rmSync(data, { recursive: true });
  const restored = await run(folder, "backup", "restore", ...from);
  expect([restored.code, restored.err]).toEqual([0, ""]);
  expect(restored.out).toContain(`restored from ${name}, facts 1 to `);
  expect(await run(folder, "journal", "verify")).toMatchObject({ code: 0 });

  const key = [...server.objects.keys()].find((one) => one.endsWith("journal.db.gz")) ?? "";
  const bytes = Buffer.from(server.objects.get(key) ?? "");
  bytes[100] = (bytes[100] ?? 0) ^ 1;
  server.objects.set(key, bytes);
  const damaged = await run(folder, "backup", "verify", ...from);
  expect([damaged.code, damaged.err]).toEqual([1, expect.stringContaining("SHA-256 differs")]);
});

test("a bucket that refuses costs no backup; what to do is told, and no key", async () => {
  const { server, folder, data } = await aHouse("not-the-key-at-all");
  const { code, out, err } = await run(folder, "backup", "create");
  expect([code, out]).toEqual([1, expect.stringContaining("whole and chained")]);
  expect(err).toMatch(
    /^no copy in the bucket: http:\S+ answered 403 SignatureDoesNotMatch: look after/,
  );
  expect(out + err).not.toMatch(/not-the-key-at-all/);
  expect(readdirSync(join(data, "backups"))).toHaveLength(1);
  expect(server.objects.size).toBe(0);
  const list = await run(folder, "backup", "list", "--from", "bucket");
  expect([list.code, list.err]).toEqual([1, expect.stringMatching(/^the bucket books: http/)]);
  rmSync(join(folder, "key"));
  const none = await run(folder, "backup", "create");
  expect([none.code, none.err]).toEqual([
    1,
    expect.stringMatching(/^no copy in the bucket: secretAccessKey: /),
  ]);
});

test("without a bucket, or over an open line, it says so", async () => {
  const folder = temporaryFolder();
  keptBooks(3, join(folder, "data"));
  const none = await run(folder, "backup", "list", "--from", "bucket");
  expect([none.code, none.err]).toEqual([2, "the configuration names no backups.bucket\n"]);
  writeFileSync(
    join(folder, "config.yaml"),
    "backups: { bucket: { endpoint: 'http://example.org', bucket: books, accessKeyId: 'env:A', secretAccessKey: 'AKIDLITERAL' } }\n",
  );
  const refused = await run(folder, "config", "check");
  expect(refused.code).toBe(2);
  expect(refused.err + refused.out).toMatch(/endpoint: expected https:\/\/HOST/);
  expect(refused.err + refused.out).toMatch(/secretAccessKey: expected env:NAME/);
  expect(refused.err + refused.out).not.toContain("AKIDLITERAL");
});
