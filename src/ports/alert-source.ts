/** Where messages come from. A source carries text; it never decides what a text means. */
import type { Message } from "../core/model/message.ts";

export interface SourceListener {
  message(message: Message): void;
  /** Something could not be read; the source goes on with the next. */
  fault(fault: SourceFault): void;
  /** Whether it can be heard, where a source knows; not for what comes and goes in a moment. */
  moved?(state: "up" | "down"): void;
  /** No more will come (end of a file read once, end of standard input). */
  end(): void;
}

export interface SourceFault {
  readonly where: string;
  readonly reason: string;
}

export interface AlertSource {
  readonly name: string;
  open(listener: SourceListener): void;
  close(): void;
}
