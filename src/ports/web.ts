/**
 * What a running house shows of itself over HTTP, on this machine and nowhere else.
 *
 * Nothing that is asked here changes anything, and an answer costs the event loop a moment: whatever is
 * shown is kept, and not worked out for whoever asks.
 */
import type { HealthView } from "../core/views/health.ts";

export interface WebViews {
  /** The loop turns: it has answered lately. */
  isLive(): boolean;
  /** What keeps it from being ready, in words without anybody's name; empty = it is. */
  unready(): readonly string[];
  /** Null before the first look. */
  health(): HealthView | null;
  metrics(withPrivate: boolean): Promise<string>;
  /** JSON text. */
  snapshot(): Promise<string>;
}

export interface WebSpec {
  /** 0 takes any free one. */
  readonly port: number;
  /** Null: what tells of accounts is shown to nobody. */
  readonly token: string | null;
  readonly views: WebViews;
}

export interface WebServer {
  readonly port: number;
  close(): void;
}
