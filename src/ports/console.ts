/**
 * The command line as the program sees it: what may be asked (`Handlers`), and where the answer
 * goes (`Screen`). Which library reads the words and asks the questions is nobody's business here.
 */
import type { DayChoice } from "../core/analyze/days.ts";
import type { LogLevel } from "../core/model/config.ts";
import type { SummaryPeriod } from "../core/model/duty.ts";
import type { TradeDate } from "../core/model/trade-date.ts";
import type { Millis, Money } from "../core/model/units.ts";
import type { ReportFormat } from "../core/views/report/formats.ts";
import type { TimelineLine } from "../core/views/timeline.ts";

/** 0 done · 1 fault · 2 input or configuration · 3 another instance runs · 4 none runs. */
export type ExitCode = 0 | 1 | 2 | 3 | 4;

/** Said before or behind any command. Null = not said. */
export interface GlobalOptions {
  readonly config: string | null;
  readonly data: string | null;
  readonly logLevel: LogLevel | null;
  readonly json: boolean;
  /** `key=value`, as they were said; left out: none. */
  readonly set?: readonly string[];
}

/** Virtual seconds in one of ours, or as many as the machine manages. */
export type Speed = number | "max";

type Command<Own = unknown> = (options: GlobalOptions & Own) => Promise<ExitCode>;

/** Which of the messages that were kept. */
export interface HistoryOptions extends GlobalOptions {
  readonly channel: string | null;
  readonly since: Millis | null;
  /** The newest so many. */
  readonly tail: number | null;
  /** Read by this format, whatever their channel is configured to be read by. */
  readonly format: string | null;
}

/** Which rule packs, and from which age on their figures are told to be old; null = as configured. */
export interface RulesOptions extends GlobalOptions {
  readonly packs: string | null;
  readonly daysMax: number | null;
}

/** Null = all, or as usual. */
export interface ReportOptions {
  readonly trades: string | null;
  readonly from: TradeDate | null;
  readonly to: TradeDate | null;
  readonly account: string | null;
  readonly author: string | null;
  readonly startingEquityUsd: number | null;
  readonly days: DayChoice;
  /** Null: by the ending of the file, else as text. */
  readonly format: ReportFormat | null;
  readonly file: string | null;
}

/** Where the backups lie; null = in the data directory. */
export interface BackupOptions extends GlobalOptions {
  readonly from: string | null;
}

/** A backup by its name, null = the newest; and the file of a private key, for one that is sealed. */
export interface SealedOptions extends BackupOptions {
  readonly name: string | null;
  readonly identity: string | null;
}

/** Words as they were typed: the stand-in venue knows what it can be told. */
export interface VenueWords {
  /** 0 = any that is free. */
  readonly port: number;
  readonly seed: number;
  readonly script: string | null;
  /** `name=rate` and `name=value`. */
  readonly faults: readonly string[];
  readonly switches: readonly string[];
  /** A number, or names with commas between them; null = one. */
  readonly accounts: string | null;
  readonly alwaysOpen: boolean;
  /** Calls are not counted. */
  readonly unlimited: boolean;
}

/** One for each command; `program.ts` calls them and turns what they return into the exit code. */
export interface Handlers {
  readonly start: Command<{ readonly speed: Speed | null; readonly once: boolean }>;
  readonly demo: Command<{ readonly speed: Speed; readonly seed: number | null }>;
  readonly parse: Command<{ readonly file: string; readonly format: string | null }>;
  /** A text, or the id of a message that was heard. */
  readonly explain: Command<{ readonly what: string; readonly format: string | null }>;
  readonly formatsInit: Command<{ readonly directory: string }>;
  /** Names or files of packs; none = all that are configured. */
  readonly formatsTest: Command<{ readonly packs: readonly string[] }>;
  readonly formatsApply: Command;
  readonly rulesList: (options: RulesOptions) => Promise<ExitCode>;
  readonly rulesShow: (options: RulesOptions & { readonly plan: string }) => Promise<ExitCode>;
  /** A file or a directory. */
  readonly rulesCheck: (
    options: Omit<RulesOptions, "packs"> & { readonly path: string },
  ) => Promise<ExitCode>;
  readonly sourcesCheck: Command;
  /** Null = every channel. */
  readonly notifyTest: Command<{
    readonly channel: string | null;
    /** What is sent: a summary; null = a line. */
    readonly summary: SummaryPeriod | null;
  }>;
  readonly notifyStatus: Command;
  readonly configCheck: Command;
  readonly configReload: Command;
  /** Two of them, each a file or the number of a version; `from` null = what runs, `to` null = the file. */
  readonly configDiff: Command<{ readonly from: string | null; readonly to: string | null }>;
  /** Defaults: nothing is asked. */
  readonly configInit: Command<{ readonly file: string | null; readonly defaults: boolean }>;
  /** Effective: every key, also those that hold their default. */
  readonly configShow: Command<{ readonly effective: boolean }>;
  readonly configHistory: Command<{ readonly tail: number | null }>;
  readonly configRollback: Command<{ readonly version: number }>;
  readonly backupCreate: Command;
  readonly backupList: (options: BackupOptions) => Promise<ExitCode>;
  /** Null = every one. */
  readonly backupVerify: (
    options: BackupOptions & { readonly name: string | null },
  ) => Promise<ExitCode>;
  readonly backupDrill: (options: SealedOptions) => Promise<ExitCode>;
  readonly backupRestore: (
    options: SealedOptions & { readonly to: number | null },
  ) => Promise<ExitCode>;
  readonly ledgerRebuild: Command;
  readonly journalVerify: Command;
  readonly journalShow: Command<{ readonly trade: number | null; readonly tail: number | null }>;
  /** Twin: live trades beside their twins on paper. */
  readonly trades: Command<{
    /** One of them, from alert to close; null = all. */
    readonly trade: number | null;
    readonly tail: number | null;
    readonly twin: boolean;
  }>;
  /** Null = the newest trade date there is. */
  readonly day: Command<{
    readonly date: TradeDate | null;
    /** A file for strangers; null shows it. */
    readonly bundle: string | null;
    readonly authors: boolean;
  }>;
  readonly authors: Command<{ readonly from: TradeDate | null; readonly to: TradeDate | null }>;
  /** Of a file of closed trades, or of the ledger; null = as usual. */
  readonly metrics: Command<{
    readonly trades: string | null;
    readonly startingEquityUsd: number | null;
    readonly days: DayChoice;
    readonly account: string | null;
  }>;
  /** Of the same trades, or some of them; `file` null = the screen. */
  readonly report: Command<ReportOptions>;
  readonly status: Command;
  readonly top: Command<{ readonly ascii: boolean; readonly once: boolean }>;
  readonly limits: Command;
  readonly risk: Command;
  /** All, or the one of that id or name. */
  readonly accounts: Command<{ readonly name: string | null }>;
  readonly switchAccount: Command<{ readonly account: string; readonly to: "on" | "off" }>;
  /** What to try: dollars the day might yet make or lose; none = what is open, at targets and stops. */
  readonly planner: Command<{
    readonly account: string | null;
    readonly changes: readonly Money[];
  }>;
  /** The id of a message, or `#3` for the alert of trade 3. */
  readonly why: Command<{ readonly alert: string }>;
  readonly import: Command<{
    readonly file: string;
    readonly channel: string | null;
    readonly format: string | null;
  }>;
  readonly historyShow: (options: HistoryOptions) => Promise<ExitCode>;
  readonly historyStats: (options: HistoryOptions) => Promise<ExitCode>;
  readonly historyFaults: (options: HistoryOptions) => Promise<ExitCode>;
  readonly historyExport: (
    options: HistoryOptions & { readonly file: string },
  ) => Promise<ExitCode>;
  readonly venueSim: Command<VenueWords>;
  readonly paste: Command<{ readonly text: string | null; readonly yes: boolean }>;
  readonly doctor: Command<{
    readonly broker: boolean;
    readonly rehearse: boolean;
    /** Where to rehearse; null = the first practice account. */
    readonly account: string | null;
  }>;
  readonly serviceInstall: Command<{ readonly user: boolean; readonly dryRun: boolean }>;
  readonly serviceUninstall: Command;
  readonly serviceStatus: Command;
  readonly liveEnable: Command<{ readonly account: string }>;
  readonly panic: Command<{ readonly yes: boolean }>;
  readonly halt: Command<{ readonly reason: string }>;
  readonly resume: Command;
  readonly flatten: Command<{ readonly account: string | null }>;
  /** `until` as it was written. */
  readonly lockout: Command<{ readonly until: string; readonly account: string | null }>;
  readonly attend: Command;
  /** Who has heard the alarms that ring. */
  readonly ack: Command<{ readonly by: string }>;
  readonly firmReset: Command<{ readonly account: string }>;
  readonly firmPayout: Command<{ readonly account: string; readonly amountUsd: number }>;
  readonly approve: Command<{ readonly entry: number }>;
  readonly refuse: Command<{ readonly entry: number }>;
  readonly close: Command<{ readonly trade: number }>;
  readonly trim: Command<{ readonly trade: number; readonly quantity: number }>;
  readonly breakeven: Command<{ readonly trade: number }>;
  readonly stop: Command<{ readonly trade: number; readonly price: number }>;
  readonly target: Command<{ readonly trade: number; readonly price: number }>;
  readonly cancel: Command<{ readonly trade: number }>;
  readonly release: Command<{ readonly trade: number }>;
}

export interface Choice<Value extends string> {
  readonly value: Value;
  readonly label: string;
  readonly hint?: string;
}

export interface ProgressBar {
  /** Cheap to call often. */
  report(done: number, total: number): void;
  end(): void;
}

/** A line that stays below everything that is said; drawn again where it has to be. */
export interface StatusBar {
  /** `text` is asked whenever it is drawn, and gives a line of at most so many columns. */
  show(text: (columns: number) => string): void;
  /** Takes it away. */
  end(): void;
}

export interface Screen {
  /** Null where it is not a terminal, or one that cannot wipe a line. */
  readonly bar: StatusBar | null;
  /** Width of the terminal; of a pipe, wide enough to cut nothing short. */
  columns(): number;
  /** A person sits there: questions may be asked. */
  readonly isInteractive: boolean;
  /** `dumb`: it can move no cursor (`TERM=dumb`). `plain`: no colours are wanted (`NO_COLOR`), or it is no terminal. */
  readonly look: "coloured" | "plain" | "dumb";
  /** A line of the answer, to standard output. */
  print(line: string): void;
  /** One object as one line, to standard output. */
  printJson(value: unknown): void;
  /** A line of the day: coloured on a terminal, plain in a pipe; `prefix` stands in front. */
  tell(line: TimelineLine, prefix: string): void;
  /** A remark, to standard error. */
  remark(line: string): void;
  /** True once nobody reads standard output any more (`| head -1`). */
  isDeaf(): boolean;
  /** On standard error, and only on a terminal. */
  progress(label: string): ProgressBar;
  /** Null when the question was broken off, or nobody is there to answer. */
  choose<Value extends string>(
    question: string,
    choices: readonly Choice<Value>[],
    preset: Value,
  ): Promise<Value | null>;
  /** What a person typed; null as above. */
  ask(question: string): Promise<string | null>;
  /** Resolves when all lines are out. */
  flushed(): Promise<void>;
}

/** Requests to stop from the terminal or the system: Ctrl-C, `kill`, the end of the session. */
export interface StopSignals {
  /** Calls `listener` for each of them until the returned function is called. */
  listen(listener: (name: string) => void): () => void;
  /** The one of them that asks a program without a terminal to read its configuration again. */
  readonly reload?: string;
}
