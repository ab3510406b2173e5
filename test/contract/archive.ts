/**
 * What every archive promises: a backup is whole and listed, or not there at all; no bit of one turns
 * over unnoticed; what was sealed opens with its key and with no other.
 */
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { generateIdentity, identityToRecipient } from "age-encryption";
import { describe, expect, test } from "vitest";
import { millis } from "../../src/core/model/units.ts";
import type { Archive, BackupOrder, SourceFile } from "../../src/ports/archive.ts";
import { sealFor, unsealWith } from "../../src/shell/age/seal.ts";
import { err, ok, type Result } from "../../src/std/result.ts";
import { flipBit, KEPT_AT } from "../kit/kept-books.ts";
import { temporaryFolder } from "../kit/temporary-folder.ts";

export interface OpenedArchive {
  readonly archive: Archive;
  /** Where its backups lie. */
  readonly folder: string;
  /** Sound books to be copied: a journal among them. */
  readonly sources: readonly SourceFile[];
}

const STATE = "0123456789abcdef0123456789abcdef";

const orderOf = (
  sources: readonly SourceFile[],
  change: Partial<BackupOrder> = {},
): BackupOrder => ({
  ...{ at: KEPT_AT, cause: "command", version: "test", sources, seal: null },
  drill: () => ok(STATE),
  ...change,
});

function must<T>(result: Result<T, unknown>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

const FLIPS = 250;

export function archiveContract(name: string, open: () => OpenedArchive): void {
  describe(`the archive ${name}`, () => {
    test("lists what was made, newest first, with what it holds", async () => {
      const { archive, sources } = open();
      expect(archive.list()).toEqual([]);
      const first = must(await archive.make(orderOf(sources)));
      const second = must(await archive.make(orderOf(sources, { at: millis(KEPT_AT + 1) })));
      expect(archive.list()).toEqual([
        { kind: "whole", backup: second },
        { kind: "whole", backup: first },
      ]);
      expect(first).toMatchObject({
        cause: "command",
        version: "test",
        sealed: false,
        state: STATE,
      });
      expect(first.files.map((file) => file.name)).toEqual(sources.map((source) => source.name));
      expect(await archive.verify(first.name)).toEqual(ok(first));
    });

    test("is for its owner alone", async () => {
      const { archive, sources, folder } = open();
      const backup = must(await archive.make(orderOf(sources)));
      const place = join(folder, backup.name);
      expect(statSync(place).mode & 0o777).toBe(0o700);
      const modes = readdirSync(place).map((file) => statSync(join(place, file)).mode & 0o777);
      expect(new Set(modes)).toEqual(new Set([0o600]));
    });

    test(`finds each of ${FLIPS} bits turned over, and names the file`, async () => {
      const { archive, sources, folder } = open();
      const backup = must(await archive.make(orderOf(sources)));
      const files = readdirSync(join(folder, backup.name));
      const unnoticed: string[] = [];
      for (let flip = 0; flip < FLIPS; flip++) {
        const file = files[flip % files.length] as string;
        const path = join(folder, backup.name, file);
        // A number without a pattern in it; the same again turns the bit back.
        const bit = (flip * 2_654_435_761) % (8 * statSync(path).size);
        flipBit(path, bit);
        const verified = await archive.verify(backup.name);
        if (verified.ok || !verified.error.some((damage) => damage.file === file))
          unnoticed.push(`${file} bit ${bit}`);
        flipBit(path, bit);
      }
      expect(unnoticed).toEqual([]);
      expect(await archive.verify(backup.name)).toEqual(ok(backup));
    });

    test("misses a file that is gone, and one that does not belong there", async () => {
      const { archive, sources, folder } = open();
      const { name } = must(await archive.make(orderOf(sources)));
      const place = join(folder, name);
      writeFileSync(join(place, "more.txt"), "hello");
      expect(await archive.verify(name)).toMatchObject({ error: [{ file: "more.txt" }] });
      rmSync(join(place, "more.txt"));
      rmSync(join(place, "history.db.gz"));
      expect(await archive.verify(name)).toMatchObject({ error: [{ file: "history.db.gz" }] });
      expect(archive.list()).toMatchObject([{ kind: "broken", name }]);
      rmSync(join(place, "manifest.json"));
      expect(archive.list()).toMatchObject([{ kind: "broken", detail: "there is no manifest" }]);
      expect(await archive.verify("../..")).toMatchObject({ ok: false });
    });

    test("believes no manifest that leads out of its folder", async () => {
      const { archive, sources, folder } = open();
      const { name } = must(await archive.make(orderOf(sources)));
      const path = join(folder, name, "manifest.json");
      writeFileSync(path, readFileSync(path, "utf8").replace("history.db.gz", "../../history.db"));
      expect(await archive.verify(name)).toMatchObject({ error: [{ file: "manifest.json" }] });
    });

    test("unpacks to the byte what was packed", async () => {
      const { archive, sources } = open();
      const { name } = must(await archive.make(orderOf(sources)));
      const into = temporaryFolder();
      expect(await archive.unpack({ name, into, unseal: null })).toMatchObject({ ok: true });
      for (const { kind, name: file, path } of sources) {
        if (kind !== "plain") continue;
        expect(readFileSync(join(into, file))).toEqual(readFileSync(path));
      }
      expect(readdirSync(into).sort()).toEqual(sources.map((source) => source.name).sort());
    });

    test("keeps nothing of one that does not come out equal, and says so", async () => {
      const { archive, sources, folder } = open();
      const made = await archive.make(orderOf(sources, { drill: () => err("another state") }));
      expect(made).toMatchObject({ error: { kind: "unequal" } });
      expect(readdirSync(folder)).toEqual([]);
    });

    test("leaves nothing of one that a bug broke off", async () => {
      const { archive, sources } = open();
      const dies = () => {
        throw new Error("killed");
      };
      await expect(archive.make(orderOf(sources, { drill: dies }))).rejects.toThrow("killed");
      expect(archive.list()).toEqual([]);
    });

    test("keeps a second copy elsewhere, and what was there when that fails", async () => {
      const { archive, sources } = open();
      const { name } = must(await archive.make(orderOf(sources)));
      const other = join(temporaryFolder(), "elsewhere");
      expect(await archive.copyTo(other, name)).toMatchObject({ ok: true });
      expect(readdirSync(other)).toEqual([name]);
      const wall = join(temporaryFolder(), "wall");
      writeFileSync(wall, "");
      expect(await archive.copyTo(wall, name)).toMatchObject({ error: { kind: "disk" } });
      expect(archive.list()).toHaveLength(1);
    });

    test("opens what was sealed with its key, and with no other", async () => {
      const { archive, sources } = open();
      const [mine, other] = [await generateIdentity(), await generateIdentity()];
      const seal = must(sealFor([await identityToRecipient(mine)]));
      const backup = must(await archive.make(orderOf(sources, { seal })));
      expect(backup.sealed).toBe(true);
      expect(await archive.verify(backup.name)).toEqual(ok(backup));
      const unpack = (unseal: Parameters<Archive["unpack"]>[0]["unseal"]) =>
        archive.unpack({ name: backup.name, into: temporaryFolder(), unseal });
      expect(await unpack(null)).toMatchObject({ error: [{ file: backup.name }] });
      expect(await unpack(must(unsealWith(other)))).toMatchObject({ ok: false });
      expect(await unpack(must(unsealWith(`# a comment\n${mine}\n`)))).toEqual(ok(backup));
    });

    test("takes no key that is none, and repeats no private one", () => {
      expect(sealFor([`age1${"q".repeat(58)}`])).toMatchObject({ ok: false });
      expect(unsealWith("# nothing\n")).toEqual(err("there is no key in it"));
      const wrong = unsealWith("AGE-SECRET-KEY-1NOTONE");
      expect(JSON.stringify(wrong)).not.toContain("NOTONE");
    });
  });
}
