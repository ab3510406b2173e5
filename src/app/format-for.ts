/** The format a text is read by that somebody hands in, and that no channel has brought. */

import type { Config } from "../core/model/config.ts";
import { type Format, PLAIN_FORMAT } from "../core/model/format.ts";
import { ownOf } from "../std/own.ts";
import { err, ok, type Result } from "../std/result.ts";
import { roomsIn } from "./configured-rooms.ts";
import { type Stopped, stopped } from "./context.ts";

/** The one that was named; else the one all configured rooms have in common; else the plain one. */
export function formatFor(config: Config | null, name: string | null): Result<Format, Stopped> {
  const formats = config?.formats ?? {};
  if (name === null) return ok(config === null ? PLAIN_FORMAT : commonFormat(config));
  const named = name === PLAIN_FORMAT.name ? PLAIN_FORMAT : ownOf(formats, name);
  if (named !== undefined) return ok(named);
  const known = [PLAIN_FORMAT.name, ...Object.keys(formats)].join(", ");
  return err(stopped(2, `there is no format "${name}"; known: ${known}`));
}

function commonFormat(config: Config): Format {
  const [first, ...others] = roomsIn(config).map(({ room }) => room.format);
  const isCommon = others.every(({ name }) => name === first?.name);
  return first !== undefined && isCommon ? first : PLAIN_FORMAT;
}
