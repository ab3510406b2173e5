/** Lines for whoever looks after the program; what the trader must know goes another way. */
export type LogLevel = "debug" | "info" | "warn" | "error";

/** `trade` and `message` name what a line is about, wherever it is about one. */
export type LogDetail = Readonly<Record<string, string | number | boolean | null>>;

export interface Log {
  write(level: LogLevel, event: string, detail?: LogDetail): void;
}
