// Runs a TypeScript program of this repository: bundled first (a tenth of a second), so that it runs
// as fast as the built program does. `node tools/run.mjs test/storm/run.ts --seeds 100`
import { spawn } from "node:child_process";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const [entry, ...args] = process.argv.slice(2);
if (entry === undefined) throw new Error("usage: node tools/run.mjs FILE.ts [ARGUMENT ...]");

const root = fileURLToPath(new URL("..", import.meta.url));
const outfile = join(
  root,
  "node_modules/.cache/run",
  `${basename(entry, ".ts")}-${process.pid}.mjs`,
);
await build({
  entryPoints: [entry],
  outfile,
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node20",
  packages: "external",
  sourcemap: "linked",
  logLevel: "error",
});

const child = spawn(process.execPath, ["--enable-source-maps", outfile, ...args], {
  stdio: "inherit",
});
process.on("SIGINT", () => child.kill("SIGINT"));
process.on("SIGTERM", () => child.kill("SIGTERM"));
child.on("exit", (code, signal) => {
  process.exitCode = code ?? (signal === null ? 1 : 128);
});
