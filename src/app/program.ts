/**
 * The program: its words and the commands behind them, in the world `main` hands over.
 *
 * Each command is loaded when it is called, with what it needs and nothing else.
 */
import type { ExitCode, Handlers } from "../ports/console.ts";
import type { Context } from "./context.ts";
import { flushLogs } from "./open-log.ts";
import { wire } from "./wire.ts";

export async function runWords(words: readonly string[], context: Context): Promise<ExitCode> {
  const { runProgram } = await wire.program();
  const { screen, version } = context;
  const code = await runProgram(words, { version, screen, handlers: handlersFor(context) });
  await flushLogs(context.clock);
  await screen.flushed();
  return code;
}

function handlersFor(context: Context): Handlers {
  const rules = () => import("./commands/rules.ts");
  const formats = () => import("./commands/formats.ts");
  const messages = () => import("./commands/history.ts");
  return {
    start: async (options) => (await import("./commands/start.ts")).start(context)(options),
    demo: async (options) => (await import("./commands/demo.ts")).demo(context)(options),
    parse: async (options) => (await import("./commands/parse.ts")).parse(context)(options),
    explain: async (options) => (await import("./commands/explain.ts")).explain(context)(options),
    formatsInit: async (options) => (await formats()).formatsInit(context)(options),
    formatsTest: async (options) => (await formats()).formatsTest(context)(options),
    formatsApply: async (options) => (await formats()).formatsApply(context)(options),
    rulesList: async (options) => (await rules()).rulesList(context)(options),
    rulesShow: async (options) => (await rules()).rulesShow(context)(options),
    rulesCheck: async (options) => (await rules()).rulesCheck(context)(options),
    sourcesCheck: async (options) =>
      (await import("./commands/sources.ts")).sourcesCheck(context)(options),
    ledgerRebuild: async (options) =>
      (await import("./commands/ledger.ts")).ledgerRebuild(context)(options),
    journalVerify: async (options) =>
      (await import("./commands/journal.ts")).journalVerify(context)(options),
    journalShow: async (options) =>
      (await import("./commands/journal.ts")).journalShow(context)(options),
    import: async (options) =>
      (await import("./commands/import.ts")).importExport(context)(options),
    historyShow: async (options) => (await messages()).historyShow(context)(options),
    historyStats: async (options) => (await messages()).historyStats(context)(options),
    historyFaults: async (options) => (await messages()).historyFaults(context)(options),
    historyExport: async (options) => (await messages()).historyExport(context)(options),
    trades: async (options) => (await import("./commands/trades.ts")).trades(context)(options),
    day: async (options) => (await import("./commands/day.ts")).day(context)(options),
    authors: async (options) => (await import("./commands/authors.ts")).authors(context)(options),
    metrics: async (options) => (await import("./commands/metrics.ts")).metrics(context)(options),
    report: async (options) => (await import("./commands/report.ts")).report(context)(options),
    status: async (options) => (await import("./commands/status.ts")).status(context)(options),
    top: async (options) => (await import("./commands/top.ts")).top(context)(options),
    limits: async (options) => (await import("./commands/limits.ts")).limits(context)(options),
    risk: async (options) => (await import("./commands/limits.ts")).risk(context)(options),
    accounts: async (options) =>
      (await import("./commands/accounts.ts")).accounts(context)(options),
    planner: async (options) => (await import("./commands/planner.ts")).planner(context)(options),
    why: async (options) => (await import("./commands/why.ts")).why(context)(options),
    venueSim: async (options) =>
      (await import("./commands/venue-sim.ts")).venueSim(context)(options),
    paste: async (options) => (await import("./commands/paste.ts")).paste(context)(options),
    doctor: async (options) => (await import("./commands/doctor.ts")).doctor(context)(options),
    liveEnable: async (options) =>
      (await import("./commands/live.ts")).liveEnable(context)(options),
    panic: async (options) => (await import("./commands/panic.ts")).panic(context)(options),
    ...upkeepFor(context),
    ...steeringFor(context),
  };
}

/** What keeps the house in order. */
function upkeepFor(context: Context) {
  const config = () => import("./commands/config.ts");
  const versions = () => import("./commands/config-versions.ts");
  const running = () => import("./commands/config-running.ts");
  const notify = () => import("./commands/notify.ts");
  const backup = () => import("./commands/backup.ts");
  const service = () => import("./commands/login-start.ts");
  return {
    configCheck: async (options) => (await config()).configCheck(context)(options),
    configInit: async (options) => (await config()).configInit(context)(options),
    configShow: async (options) =>
      (await import("./commands/config-show.ts")).configShow(context)(options),
    configHistory: async (options) => (await versions()).configHistory(context)(options),
    configRollback: async (options) => (await versions()).configRollback(context)(options),
    configReload: async (options) => (await running()).configReload(context)(options),
    configDiff: async (options) => (await running()).configDiff(context)(options),
    notifyTest: async (options) => (await notify()).notifyTest(context)(options),
    notifyStatus: async (options) => (await notify()).notifyStatus(context)(options),
    backupCreate: async (options) => (await backup()).backupCreate(context)(options),
    backupList: async (options) => (await backup()).backupList(context)(options),
    backupVerify: async (options) => (await backup()).backupVerify(context)(options),
    backupDrill: async (options) => (await backup()).backupDrill(context)(options),
    backupRestore: async (options) => (await backup()).backupRestore(context)(options),
    serviceInstall: async (options) => (await service()).serviceInstall(context)(options),
    serviceUninstall: async (options) => (await service()).serviceUninstall(context)(options),
    serviceStatus: async (options) => (await service()).serviceStatus(context)(options),
  } satisfies Partial<Handlers>;
}

/** What is said to a running house. */
function steeringFor(context: Context) {
  const steering = async () => (await import("./commands/steer.ts")).steering(context);
  return {
    switchAccount: async (options) => (await steering()).switchAccount(options),
    halt: async (options) => (await steering()).halt(options),
    resume: async (options) => (await steering()).resume(options),
    flatten: async (options) => (await steering()).flatten(options),
    lockout: async (options) => (await steering()).lockout(options),
    firmReset: async (options) => (await steering()).firmReset(options),
    firmPayout: async (options) => (await steering()).firmPayout(options),
    attend: async (options) => (await steering()).attend(options),
    ack: async (options) => (await steering()).ack(options),
    approve: async (options) => (await steering()).approve(options),
    refuse: async (options) => (await steering()).refuse(options),
    close: async (options) => (await steering()).close(options),
    trim: async (options) => (await steering()).trim(options),
    breakeven: async (options) => (await steering()).breakeven(options),
    stop: async (options) => (await steering()).stop(options),
    target: async (options) => (await steering()).target(options),
    cancel: async (options) => (await steering()).cancel(options),
    release: async (options) => (await steering()).release(options),
  } satisfies Partial<Handlers>;
}
