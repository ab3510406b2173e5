/** What comes from outside: known by its hash, weighed by name, and allowed to run nothing on its way in. */
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../kit/temporary-folder.ts";
import { findTool, judge } from "../kit/tool.ts";
import { filesIn, home, read } from "../kit/tree.ts";

interface Package {
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly allowScripts: Readonly<Record<string, boolean>>;
  readonly files: readonly string[];
}
interface Locked {
  readonly version?: string;
  readonly integrity?: string;
  readonly hasInstallScript?: boolean;
  readonly optional?: boolean;
  readonly link?: boolean;
}

const packageJson = JSON.parse(read("package.json")) as Package;
const lock = JSON.parse(read("package-lock.json")) as {
  readonly packages: Readonly<Record<string, Locked>>;
};
const locked = Object.entries(lock.packages).filter(([path]) => path !== "");
const nameOf = (path: string): string => path.slice(path.lastIndexOf("node_modules/") + 13);

describe("the lock", () => {
  test("knows every package by a hash that nobody can make twice", () => {
    const weak = locked.filter(
      ([, { integrity = "" }]) => !/^sha512-[\w+/]{86}==$/.test(integrity),
    );
    expect(weak.map(([path]) => path)).toEqual([]);
    expect(locked.filter(([, { link }]) => link === true)).toEqual([]);
  });

  test("lets only listed packages run a script when they are installed", () => {
    const scripted = locked.filter(([, { hasInstallScript }]) => hasInstallScript === true);
    // A Mac's file watcher comes with a ready binary; no other system installs it.
    const names = new Set(
      scripted.map(([path]) => nameOf(path)).filter((one) => one !== "fsevents"),
    );
    expect([...names].sort()).toEqual(Object.keys(packageJson.allowScripts).sort());
  });
});

describe("what the program runs on", () => {
  const rows = new Map(
    (read("docs/decisions/0002-dependencies.md").match(/^\| `.*$/gm) ?? []).flatMap((row) => {
      const [names = "", saves = "", costs = "", owner = ""] = row.slice(2).split(" | ");
      const line = { saves, costs, owner: owner.replace(/ \|$/, "") };
      return [...names.matchAll(/`([^`]+)`/g)].map(([, name = ""]) => [name, line] as const);
    }),
  );

  test.each(Object.keys(packageJson.dependencies))(
    "%s saves something, and has an owner",
    (name) => {
      const row = rows.get(name);
      expect(row?.saves.length).toBeGreaterThan(20);
      const owners = [...(row?.owner ?? "").matchAll(/`(src\/[\w/-]+)`/g)].map(
        ([, path = ""]) => path,
      );
      expect(owners.length).toBeGreaterThan(0);
      for (const owner of owners) {
        expect(existsSync(join(home, owner))).toBe(true);
        const imports = filesIn(owner).some((path) => read(path).includes(`"${name}`));
        expect(`${name} in ${owner}: ${imports}`).toBe(`${name} in ${owner}: true`);
      }
    },
  );

  test("is listed in a bill of materials, each package with its version and hash", () => {
    const { code, said } = judge(
      "npm",
      ["run", "--silent", "sbom"],
      npmSettings(temporaryFolder()),
    );
    expect(code).toBe(0);
    const bill = JSON.parse(said.slice(said.indexOf("{\n"))) as {
      readonly bomFormat: string;
      readonly components: readonly {
        readonly name: string;
        readonly version: string;
        readonly hashes: object[];
      }[];
    };
    expect(bill.bomFormat).toBe("CycloneDX");
    // `--omit dev` would leave out what a tool uses too, commander and zod among them.
    const named = new Map(bill.components.map((one) => [`${one.name}@${one.version}`, one]));
    for (const name of Object.keys(packageJson.dependencies)) {
      const { version } = lock.packages[`node_modules/${name}`] ?? {};
      const [hash] = named.get(`${name}@${version}`)?.hashes ?? [];
      expect([name, hash]).toEqual([name, expect.objectContaining({ alg: "SHA-512" })]);
    }
  });
});

/** Nothing of whoever tests gets in between. */
const npmSettings = (folder: string) => ({
  npm_config_cache: join(folder, "cache"),
  npm_config_update_notifier: "false",
  npm_config_loglevel: "error",
});

describe("the tarball", () => {
  /** Built from a copy of the sources in a folder of that name, and packed. */
  function packedIn(name: string): Buffer {
    const folder = join(temporaryFolder(), name);
    mkdirSync(folder);
    const roots = new Set(filesIn().map((path) => path.split("/", 1)[0] ?? ""));
    for (const root of ["docs", "bench", "deploy", "examples"]) roots.delete(root);
    for (const root of roots) cpSync(join(home, root), join(folder, root), { recursive: true });
    symlinkSync(join(home, "node_modules"), join(folder, "node_modules"));
    expect(judge(process.execPath, [join(folder, "tools/build.mjs")]).said).toContain("is ready");
    const npm = findTool("npm") ?? "npm";
    const words = ["pack", folder, "--ignore-scripts", "--pack-destination", folder];
    expect(judge(npm, words, npmSettings(folder)).code).toBe(0);
    return readFileSync(join(folder, `tradestream-${packageJson.version}.tgz`));
  }

  test("is the same to the byte, whoever builds it where", () => {
    const sha256 = (bytes: Buffer): string => createHash("sha256").update(bytes).digest("hex");
    expect(sha256(packedIn("here"))).toBe(sha256(packedIn("somewhere-else")));
  });
});
