/**
 * The control interface of the stand-in venue, for tests and for people with `curl`.
 *
 * ```text
 * POST /__sim/do       cues, one a line ─► {"done":2}, or 400 and nothing was done
 * GET  /__sim/state    everything there is, as JSON
 * ```
 *
 * It is open to programs on this machine, and with a token to whoever holds it. A web page is neither:
 * its requests carry an origin, or the name of a host that is not this one, and are refused.
 */
import { timingSafeEqual } from "node:crypto";
import { err, ok, type Result } from "../../std/result.ts";
import { type Cue, readCue } from "./cues.ts";
import type { ControlDesk, ControlRequest } from "./server.ts";
import type { Stage } from "./stage.ts";
import type { WireAnswer } from "./stand-in.ts";

const PREFIX = "/__sim";
const LINES_MAX = 1_000;

export interface ControlParts {
  readonly stage: Stage;
  /** Null = no token; then only this machine may speak. */
  readonly token: string | null;
}

export function controlDesk({ stage, token }: ControlParts): ControlDesk {
  return {
    prefix: PREFIX,
    receive(request, answered) {
      const refused = refusal(request, token);
      if (refused !== null) return answered(json(403, { error: refused }));
      const what = `${request.method} ${request.path}`;
      if (what === `GET ${PREFIX}/state`) return answered(json(200, stage.state()));
      if (what !== `POST ${PREFIX}/do`) return answered(json(404, NOTHING_HERE));
      const cues = readCues(request.body);
      if (!cues.ok) return answered(json(400, { error: cues.error }));
      void performAll(stage, cues.value).then(answered);
    },
  };
}

const NOTHING_HERE = { error: "there are GET /__sim/state and POST /__sim/do" };

const json = (status: number, value: unknown): WireAnswer => ({
  status,
  body: `${JSON.stringify(value)}\n`,
  headers: {},
});

function refusal(request: ControlRequest, token: string | null): string | null {
  if (request.origin !== null) return "not for web pages";
  if (token !== null) return isSame(request.token ?? "", token) ? null : "a token is needed";
  return isLoopback(request.remote) && isOwnName(request.host) ? null : "only from this machine";
}

const isLoopback = (address: string): boolean =>
  /^(::1|(::ffff:)?127\.\d+\.\d+\.\d+)$/.test(address);

/** A name that a page made point here is not one of these. */
const isOwnName = (host: string): boolean =>
  /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/i.test(host);

function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function readCues(text: string): Result<readonly Cue[], string> {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== "");
  if (lines.length === 0) return err("there is nothing to do");
  if (lines.length > LINES_MAX) return err(`at most ${LINES_MAX} cues at one time`);
  const cues: Cue[] = [];
  for (const [index, line] of lines.entries()) {
    const read = readCue(line);
    if (!read.ok) return err(`line ${index + 1}: ${read.error}`);
    cues.push(read.value);
  }
  return ok(cues);
}

/** In order. What fails in the doing ends it; the ones before it stay done. */
async function performAll(stage: Stage, cues: readonly Cue[]): Promise<WireAnswer> {
  for (const [done, cue] of cues.entries()) {
    const fault = await stage.perform(cue);
    if (fault !== null) return json(409, { error: fault, done });
  }
  return json(200, { done: cues.length });
}
