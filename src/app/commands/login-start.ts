/**
 * `tradestream service install|uninstall|status`: started when you log in, and again when it dies.
 *
 * ```text
 * configuration sound? ─► data directory outside of synced folders? ─► program there to stay?
 *        ─► the file for systemd, launchd or the Task Scheduler ─► written, started
 *                                                            └─ --dry-run: shown
 * ```
 *
 * Live trading belongs on one's own device, and that is a laptop more often than a server: so this
 * is for the one who is logged in, and for nobody else.
 */
import type { Config } from "../../core/model/config.ts";
import type { ExitCode, Handlers } from "../../ports/console.ts";
import type { ServicePlan } from "../../ports/login-start.ts";
import { type Context, leave, stopped } from "../context.ts";
import { chooseConfig, faultLines, NO_CONFIG } from "../setup.ts";
import { wire } from "../wire.ts";

const FOR_THE_MACHINE =
  "say --user: it is installed for you alone; for a server see docs/operations/systemd.md";

export const serviceInstall =
  (context: Context): Handlers["serviceInstall"] =>
  async (options) => {
    if (!options.user) return leave(context, stopped(2, FOR_THE_MACHINE));
    const choice = await chooseConfig(context, options);
    if (choice.kind === "absent") return leave(context, stopped(2, NO_CONFIG));
    if (choice.kind === "broken") return leave(context, stopped(2, ...faultLines(choice.fault)));
    const { serviceManager, serviceWish } = await wire.serviceManager();
    const manager = serviceManager();
    const data = options.data ?? manager.dataDirectory;
    const wish = serviceWish({ here: context.here, config: choice.file, data });
    if (!wish.ok) return leave(context, stopped(2, wish.error));
    const { syncedFolderFault } = await wire.syncedFolder();
    const synced = syncedFolderFault(wish.value.data);
    if (synced !== null) return leave(context, stopped(2, synced));
    const plan = manager.plan(wish.value);
    if (options.dryRun) return show(context, options, plan, wish.value.data);
    const installed = manager.install(plan);
    if (!installed.ok) {
      const tried = `${plan.manager} refused; the file lies in ${plan.file}`;
      return leave(context, stopped(1, installed.error, tried));
    }
    const remarks = [...plan.remarks, ...(await unseen(wish.value.config))];
    return tell(context, options, { ...plan, remarks }, { ...choice, data: wish.value.data });
  };

/** Variables of a terminal end with it. */
async function unseen(file: string): Promise<readonly string[]> {
  const { readText } = await wire.dataDirectory();
  const lines = (readText(file) ?? "").split("\n").filter((line) => !line.trim().startsWith("#"));
  const names = lines.flatMap((line) => /\benv:(\w+)/.exec(line)?.[1] ?? []);
  if (names.length === 0) return [];
  const which = [...new Set(names)].join(", ");
  return [
    `note: a service does not see the variables of this terminal (${which}); keep them in files of their own: file:PATH, chmod 600`,
  ];
}

function show(
  { screen }: Context,
  { json }: { readonly json: boolean },
  plan: ServicePlan,
  data: string,
): ExitCode {
  const { manager, file, text, commands } = plan;
  if (json) {
    screen.printJson({ manager, file, data, text, commands });
    return 0;
  }
  screen.print(`${manager} would be given ${file}:`);
  screen.print("");
  for (const line of text.trimEnd().split("\n")) screen.print(line);
  screen.print("");
  for (const words of commands) screen.print(`then: ${words.join(" ")}`);
  screen.print(`data directory: ${data}`);
  return 0;
}

function tell(
  { screen }: Context,
  { json }: { readonly json: boolean },
  { manager, file, remarks }: ServicePlan,
  { data, config }: { readonly data: string; readonly config: Pick<Config, "mode"> },
): ExitCode {
  if (json) {
    screen.printJson({ manager, file, data });
    return 0;
  }
  screen.print(`installed with ${manager}: ${file}`);
  screen.print(`mode ${config.mode}, data directory ${data}`);
  screen.print(`look at it: tradestream --data "${data}" status`);
  for (const line of remarks) screen.print(line);
  return 0;
}

export const serviceUninstall =
  (context: Context): Handlers["serviceUninstall"] =>
  async ({ json }) => {
    const { serviceManager } = await wire.serviceManager();
    const gone = serviceManager().uninstall();
    if (!gone.ok) return leave(context, stopped(1, gone.error));
    if (json) context.screen.printJson({ removed: gone.value });
    else if (gone.value === null) context.screen.print("there is no service to remove");
    else context.screen.print(`removed ${gone.value}; the data directory stays as it is`);
    return 0;
  };

export const serviceStatus =
  (context: Context): Handlers["serviceStatus"] =>
  async ({ json }) => {
    const { serviceManager } = await wire.serviceManager();
    const manager = serviceManager();
    const state = manager.state();
    const { installed, file, says } = state;
    if (json) context.screen.printJson({ ...state, dataDirectory: manager.dataDirectory });
    else {
      const how = installed ? `installed, ${says ?? "nothing said"}` : "not installed";
      context.screen.print(`${state.manager}: ${how} (${file})`);
      context.screen.print(`data directory, unless another one is named: ${manager.dataDirectory}`);
    }
    return installed ? 0 : 4;
  };
