/** Asking the process that runs on a data directory, wherever of the usual ones that is. */
import type { GlobalOptions } from "../ports/console.ts";
import type { ControlAnswer, ControlFault, ControlRequest } from "../ports/control.ts";
import { err, type Result } from "../std/result.ts";
import type { Context } from "./context.ts";
import { directoriesToAsk } from "./setup.ts";
import { wire } from "./wire.ts";

/** The first directory with a process behind it answers. */
export async function askRunning(
  context: Context,
  options: Pick<GlobalOptions, "config" | "data">,
  request: ControlRequest,
): Promise<Result<ControlAnswer, ControlFault>> {
  const { controlSocket } = await wire.control();
  const control = controlSocket();
  const directories = await directoriesToAsk(context, options);
  for (const directory of directories) {
    const answer = await control.ask(directory, request);
    if (answer.ok || answer.error.kind !== "nobody") return answer;
  }
  const detail = `no process is running on ${directories.join(" or ")}`;
  return err({ kind: "nobody", detail });
}
