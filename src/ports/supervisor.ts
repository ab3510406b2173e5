/**
 * Whoever started the process and looks after it, such as systemd: it is told how the process stands,
 * and restarts it when it is told nothing for too long.
 *
 * Telling returns at once, never fails where anybody would notice, and never waits for an answer.
 */
export interface Supervisor {
  /** Milliseconds within which it wants a sign of life; null: it wants none. */
  readonly patience: number | null;
  ready(status: string): void;
  status(text: string): void;
  alive(): void;
  /** The process tidies up; whatever was told before is over. */
  stopping(): void;
}
