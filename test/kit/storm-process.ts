/**
 * Runs the storm in a process of its own: at full speed, and outside the coverage count, which must
 * come from tests that say what they expect. A storm that found something fails with its own words.
 */
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const OUTPUT_MAX = 16 * 1024 * 1024;

export function storm(...args: readonly string[]): Promise<string> {
  const command = ["tools/run.mjs", "test/storm/run.ts", ...args];
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      command,
      { cwd: root, maxBuffer: OUTPUT_MAX },
      (fault, stdout, stderr) => {
        if (fault === null) resolve(stdout);
        else reject(new Error(`the storm ended with ${fault.code}:\n${stdout}${stderr}`));
      },
    );
  });
}
