/** Backups in a bucket: a real server on loopback that checks every signature, on good days and bad. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Backup } from "../../../../src/ports/archive.ts";
import type { BucketAccess } from "../../../../src/ports/bucket.ts";
import { openBucket } from "../../../../src/shell/s3/bucket.ts";
import { openRequests } from "../../../../src/shell/s3/requests.ts";
import { S3_BUCKET, type S3Server, s3Server } from "../../../kit/s3-server.ts";
import { temporaryFolder } from "../../../kit/temporary-folder.ts";

const NAMES = ["2026-11-18T15-00-00.000Z", "2026-11-19T15-00-00.000Z"] as const;

const accessTo = ({ url, keys }: S3Server, change: Partial<BucketAccess> = {}): BucketAccess => ({
  ...{ endpoint: url, region: "eu-central-1", bucket: S3_BUCKET, prefix: "desk/one/" },
  ...{ accessKeyId: keys.id, secretAccessKey: keys.secret },
  ...change,
});

/** Of no books at all: the bucket does not look into it. */
function aBackup(name: string = NAMES[1], bytes = 100_000): { folder: string; backup: Backup } {
  const folder = join(temporaryFolder(), name);
  mkdirSync(folder);
  writeFileSync(join(folder, "journal.db.gz"), Buffer.alloc(bytes, name));
  writeFileSync(join(folder, "manifest.json"), `{"name":"${name}"}\n`);
  const files = [{ stored: "journal.db.gz" }];
  return { folder, backup: { name, files } as unknown as Backup };
}

describe("a bucket", () => {
  it("takes a backup, the manifest last, and gives it back byte for byte", async () => {
    const server = await s3Server();
    const bucket = openBucket(accessTo(server));
    const { folder, backup } = aBackup();
    expect(await bucket.put(folder, backup)).toEqual({ ok: true });
    expect(server.written).toEqual([
      `desk/one/${NAMES[1]}/journal.db.gz`,
      `desk/one/${NAMES[1]}/manifest.json`,
    ]);
    const into = temporaryFolder();
    expect(await bucket.fetch(NAMES[1], into)).toEqual({ ok: true });
    const back = join(into, NAMES[1]);
    expect(readdirSync(back).sort()).toEqual(readdirSync(folder).sort());
    for (const file of readdirSync(folder))
      expect(readFileSync(join(back, file)).equals(readFileSync(join(folder, file)))).toBe(true);
  });

  it("names whole ones, newest first, over many pages, and nothing of anybody else", async () => {
    const server = await s3Server({ pageSize: 2 });
    const bucket = openBucket(accessTo(server));
    for (const name of NAMES) {
      const { folder, backup } = aBackup(name);
      await bucket.put(folder, backup);
    }
    server.objects.set("desk/one/2026-11-20T15-00-00.000Z/journal.db.gz", Buffer.from("half"));
    server.objects.set("desk/one/notes/manifest.json", Buffer.from("no backup"));
    server.objects.set(`desk/two/${NAMES[0]}/manifest.json`, Buffer.from("another desk's"));
    expect(await bucket.names()).toEqual({ ok: true, value: NAMES.toReversed() });
    expect(await bucket.remove(NAMES[0])).toEqual({ ok: true });
    expect(await bucket.names()).toEqual({ ok: true, value: [NAMES[1]] });
    expect([...server.objects.keys()].filter((key) => key.includes(NAMES[0]))).toEqual([
      `desk/two/${NAMES[0]}/manifest.json`,
    ]);
    const gone = await bucket.fetch(NAMES[0], temporaryFolder());
    expect(gone).toMatchObject({ error: `there is no backup ${NAMES[0]} in the bucket` });
  });

  it("keeps what is not a file of ours out of the folder", async () => {
    const server = await s3Server();
    const bucket = openBucket(accessTo(server));
    const { folder, backup } = aBackup();
    await bucket.put(folder, backup);
    server.objects.set(`desk/one/${NAMES[1]}/../../escaped`, Buffer.from("x"));
    server.objects.set(`desk/one/${NAMES[1]}/a/b`, Buffer.from("x"));
    const into = temporaryFolder();
    await bucket.fetch(NAMES[1], into);
    expect(readdirSync(join(into, NAMES[1])).sort()).toEqual(["journal.db.gz", "manifest.json"]);
    expect(readdirSync(into)).toEqual([NAMES[1]]);
  });
});

describe("on a bad day", () => {
  const putOn = async (change: Partial<BucketAccess>, day: S3Server["day"] = "well") => {
    const server = await s3Server();
    server.day = day;
    const { folder, backup } = aBackup();
    const put = await openBucket(accessTo(server, change)).put(folder, backup);
    const said = put.ok ? "" : put.error.replaceAll(server.url, "URL");
    for (const secret of Object.values(server.keys)) expect(said).not.toContain(secret);
    return { said, server };
  };

  it("a busy server is asked again, and one that stays down is told", async () => {
    expect((await putOn({}, "busy")).said).toBe("");
    expect((await putOn({}, "down")).said).toBe("URL answered 503 SlowDown");
  });

  it.each([
    [
      "a wrong key",
      { secretAccessKey: "wrong" },
      /403 SignatureDoesNotMatch: look after accessKeyId/,
    ],
    ["an unknown key", { accessKeyId: "NOBODY" }, /403 InvalidAccessKeyId: look after accessKeyId/],
    ["no such bucket", { bucket: "other" }, /404 NoSuchBucket: make the bucket other/],
    [
      "nobody there",
      { endpoint: "http://127.0.0.1:9" },
      /cannot be reached \((ECONNREFUSED|bad port)\)/,
    ],
  ])("%s is a sentence with what to do", async (_, change, said) => {
    expect((await putOn(change)).said).toMatch(said);
  });

  it("a line that is cut leaves no backup behind", async () => {
    const { said, server } = await putOn({}, "cuts");
    expect(said).toMatch(/cannot be reached/);
    expect(server.written).toEqual([]);
  });

  it("a server that gives back something else is found out before the manifest goes up", async () => {
    const { said, server } = await putOn({}, "turns-bits");
    expect(said).toMatch(/journal\.db\.gz came back from the bucket as something else/);
    expect(server.written).toHaveLength(1);
    expect(await openBucket(accessTo(server)).names()).toEqual({ ok: true, value: [] });
  });

  it("a server that says nothing is given up", async () => {
    const server = await s3Server();
    server.day = "silent";
    const { list } = openRequests(accessTo(server), 50);
    expect(await list("", null)).toEqual({
      ok: false,
      error: `${server.url} did not answer within 0.05 s`,
    });
  });
});
