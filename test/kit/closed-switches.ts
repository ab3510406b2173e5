/**
 * Takes the lines that only close a switch out of the coverage figures.
 *
 * `default: return unreachable(x)` cannot run: the compiler proves it. Rather than a comment at each
 * of those lines in src, this plug-in writes the comment while Vitest loads the file, on the same
 * line so that positions stay true, and says at the end how many lines it left out.
 */
import type { Plugin } from "vitest/config";

const CLOSES =
  /\bdefault:(?=\s*return unreachable\()|(?<!\bdefault:\s*)^(?=[ \t]*return unreachable\()/gm;
const HINT = "/* v8 ignore next -- @preserve */ ";

export function closedSwitches(): Plugin {
  const countByFile = new Map<string, number>();
  return {
    name: "closed-switches",
    enforce: "pre",
    configureVitest({ vitest }) {
      if (!vitest.config.coverage.enabled || vitest.config.watch) return;
      process.once("exit", () => {
        const count = [...countByFile.values()].reduce((sum, n) => sum + n, 0);
        process.stdout.write(`coverage leaves out ${count} lines that only close a switch\n`);
      });
    },
    transform(code, id) {
      if (!/\/src\/.*\.ts$/.test(id)) return null;
      let count = 0;
      const hinted = code.replace(CLOSES, (found) => {
        count += 1;
        return `${HINT}${found}`;
      });
      countByFile.set(id, count);
      return count === 0 ? null : { code: hinted, map: null };
    },
  };
}
