/** A TypeScript file as a program or a thread of its own, as the build makes one. */

import { basename } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

const BESIDE = new URL("../bench/", import.meta.url);

/** `source` counts from the top of the repository, which is where a benchmark is run. */
export async function bundled(source: string): Promise<URL> {
  const outfile = fileURLToPath(new URL(`${basename(source, ".ts")}.mjs`, BESIDE));
  await build({
    entryPoints: [source],
    ...{ outfile, bundle: true, platform: "node", format: "esm", target: "node20" },
    ...{ packages: "external", logLevel: "error" },
  });
  return pathToFileURL(outfile);
}
