/**
 * Bundles src/ into dist/: main.js, index.js if there is one, the threads that verify journals,
 * resample trades and copy the books, and one chunk for each adapter.
 *
 * ```text
 * src/main.ts ──► dist/main.js ──(import() in src/app/wire.ts)──► dist/journal-3KQ2XW5A.js ...
 * assets/     ──► dist/assets/
 * config/     ──► dist/config/, and the labelled messages as dist/config/formats/corpus.jsonl
 * ```
 *
 * It takes well under a second, so it always builds and never asks whether it has to. The new dist
 * is made beside the old one and takes its place when it is whole: a failed build leaves the last
 * good program standing, and a program that is starting never finds half a chunk. Chunks lie flat
 * beside main.js, so `new URL("./assets/", import.meta.url)` is right in each of them.
 */
import {
  chmodSync,
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const home = fileURLToPath(new URL("..", import.meta.url));
const at = (/** @type {string[]} */ ...parts) => join(home, ...parts);

/** Its own for each process: two builds at once do not meet. */
const next = `dist.${process.pid}`;

/** Each becomes a file of its own name: what is started, imported by others, or run as a thread. */
const ENTRIES = [
  "src/main.ts",
  "src/index.ts",
  "src/shell/sqlite/verify-worker.ts",
  "src/app/resample-worker.ts",
  "src/app/backup-worker.ts",
];

/** Bundled CommonJS packages, and the one native add-on, still ask for `require`. */
const requireBanner =
  'import { createRequire as createRequire__ } from "node:module"; const require = createRequire__(import.meta.url);';

process.exitCode = await main();

async function main() {
  const started = performance.now();
  const esbuild = await import("esbuild").catch(() => null);
  if (esbuild === null) return withoutEsbuild();
  if (!existsSync(at("src/main.ts"))) return say("there is no src/main.ts to build", 1);

  try {
    await esbuild.build(options());
    for (const folder of ["assets", "config"]) {
      if (existsSync(at(folder))) cpSync(at(folder), at(next, folder), { recursive: true });
    }
    cpSync(at("test/data/alerts/dev.jsonl"), at(next, "config/formats/corpus.jsonl"));
    dropBanners();
    makeRunnable(at(next, "main.js"));
    putInPlace();
  } catch (failure) {
    rmSync(at(next), { recursive: true, force: true });
    return say(`dist stays as it was (${String(failure).split("\n", 1)})`, 1);
  }
  return say(`dist is ready (${Math.round(performance.now() - started)} ms)`, 0);
}

/** @returns {import("esbuild").BuildOptions} */
function options() {
  const { version } = JSON.parse(readFileSync(at("package.json"), "utf8"));
  return {
    absWorkingDir: home,
    entryPoints: ENTRIES.filter((file) => existsSync(at(file))),
    outdir: next,
    entryNames: "[name]",
    chunkNames: "[name]-[hash]",
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node20",
    // What looks for something beside its own package while it runs: a binary, other packages.
    external: ["better-sqlite3", "@microsoft/signalr", "@resvg/resvg-js"],
    // What Ink would load to be inspected while it is developed.
    alias: { "react-devtools-core": at("tools/nothing.cjs") },
    jsx: "automatic",
    banner: { js: requireBanner },
    define: {
      "process.env.TRADESTREAM_VERSION": JSON.stringify(version),
      // React has a second, slower self for those who develop it.
      "process.env.NODE_ENV": '"production"',
    },
    // Shorter sentences, same lines and names: a stack trace can still be read.
    minifySyntax: true,
    sourcemap: "linked",
    sourcesContent: false,
    legalComments: "linked",
    logLevel: "warning",
  };
}

/** Most chunks never ask for `require`. The line stays empty, so that maps of the sources stay right. */
function dropBanners() {
  for (const name of readdirSync(at(next)).filter((one) => one.endsWith(".js"))) {
    const [banner, ...lines] = readFileSync(at(next, name), "utf8").split("\n");
    if (banner !== requireBanner || lines.some((line) => /\brequire\b/.test(line))) continue;
    writeFileSync(at(next, name), ["", ...lines].join("\n"));
  }
}

/** The shell's first line, written here so that src/main.ts stays plain TypeScript. */
function makeRunnable(/** @type {string} */ file) {
  writeFileSync(file, `#!/usr/bin/env node\n${readFileSync(file, "utf8")}`);
  const map = JSON.parse(readFileSync(`${file}.map`, "utf8"));
  map.mappings = `;${map.mappings}`; // one semicolon is one line further down
  writeFileSync(`${file}.map`, JSON.stringify(map));
  chmodSync(file, 0o755);
}

function putInPlace() {
  for (let attempt = 1; ; attempt++) {
    rmSync(at("dist"), { recursive: true, force: true });
    try {
      return renameSync(at(next), at("dist"));
    } catch (failure) {
      if (attempt === 3) throw failure; // another build was faster; its dist goes the same way
    }
  }
}

/** An installation without development packages has no esbuild; the dist it came with serves. */
function withoutEsbuild() {
  if (existsSync(at("dist/main.js"))) return say("no esbuild here; the dist that exists serves", 0);
  const installing = process.env["npm_lifecycle_event"] === "prepare"; // then that is no failure
  return say("no esbuild here and no dist: run `npm ci` with development packages", +!installing);
}

/** To stderr: the stdout of `npm start` belongs to the program. */
function say(/** @type {string} */ line, /** @type {number} */ exitCode) {
  console.error(`build: ${line}`);
  return exitCode;
}
