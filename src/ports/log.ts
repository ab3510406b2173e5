/** Lines for whoever looks after the program; what the trader must know goes another way. */
export type LogLevel = "debug" | "info" | "warn" | "error";

export interface Log {
  write(
    level: LogLevel,
    event: string,
    detail?: Readonly<Record<string, string | number | boolean | null>>,
  ): void;
}
