/**
 * `tradestream config reload` and `config diff`: the file against what a running process goes by, or,
 * where two are named, one text against another.
 */
import { flawText } from "../../core/views/tell-config.ts";
import type { ExitCode, GlobalOptions, Handlers } from "../../ports/console.ts";
import type { ConfigAnswer, ControlRequest } from "../../ports/control.ts";
import { askRunning } from "../asking.ts";
import { diffLines, more, type Sayings } from "../config-lines.ts";
import { type Context, leave, stopped } from "../context.ts";

export const configReload =
  (context: Context): Handlers["configReload"] =>
  (options) =>
    askConfig(context, options, { kind: "config-reload" }, ["applied", "nothing has changed"]);

export const configDiff =
  (context: Context): Handlers["configDiff"] =>
  async ({ from, to, ...options }) => {
    if (from !== null) {
      const { configBetween } = await import("./config-versions.ts");
      return configBetween(context, options, { from, to });
    }
    return askConfig(context, options, { kind: "config-diff" }, [
      "a reload takes",
      "the file says what runs",
    ]);
  };

type Asked = Extract<ControlRequest["kind"], "config-reload" | "config-diff">;
async function askConfig(
  context: Context,
  options: GlobalOptions,
  request: { readonly kind: Asked },
  sayings: Sayings,
): Promise<ExitCode> {
  const asked = await askRunning(context, options, request);
  if (!asked.ok) {
    const code = asked.error.kind === "nobody" ? 4 : 1;
    return leave(context, stopped(code, asked.error.detail));
  }
  const answer = asked.value;
  if (answer.kind !== "config") {
    const reason = answer.kind === "fault" ? answer.reason : "not an answer to this";
    return leave(context, stopped(answer.kind === "fault" ? 2 : 1, reason));
  }
  const { screen } = context;
  const { kind: _, ...view } = answer;
  if (options.json) screen.printJson({ ok: answer.flaws.length === 0, ...view });
  if (answer.flaws.length > 0) {
    const lines = ["refused; what runs stays as it is:", ...flawLines(answer)];
    return leave(context, stopped(2, ...(options.json ? [] : lines)));
  }
  if (!options.json) for (const line of diffLines(answer, sayings)) screen.print(line);
  return 0;
}

const flawLines = ({ flaws, omitted }: ConfigAnswer): readonly string[] => [
  ...flaws.map(flawText),
  ...more(omitted),
];
