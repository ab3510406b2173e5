/**
 * Secrets, read from where they are kept: a variable of the environment, a file of their own, or a
 * credential of the service manager.
 *
 * ```text
 * env:DISCORD_TOKEN         ─► the variable
 * file:/run/secrets/token   ─► the file, if nobody but its owner may read it
 * credential:topstepx-key   ─► the file of that name in the directory systemd made for the service
 * ```
 *
 * What is wrong is said without a single character of the secret: such sentences end up in logs,
 * mails and screenshots.
 */
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { join } from "node:path";
import type { SecretPlace } from "../../core/model/config.ts";
import { err, ok, type Result } from "../../std/result.ts";

/** Bytes. Tokens and keys have a hundred or two; a file that is longer is another file. */
const SIZE_MAX = 4_096;
/** Read or write for the group, anything for the world. */
const OTHERS = 0o077;

/** Without the white space around it; the error is a sentence that says what to do. */
export function readSecret(
  place: SecretPlace,
  environment: Environment = process.env,
): Result<string, string> {
  const read = readPlace(place, environment);
  if (!read.ok) return read;
  const where = secretPlaceText(place);
  const secret = read.value.trim();
  if (secret === "") return err(`${where}: expected a secret, found nothing in it`);
  if (Buffer.byteLength(secret) > SIZE_MAX) return err(tooLong(where));
  if (/\p{Cc}/u.test(secret)) return err(`${where}: expected one line of text`);
  return ok(secret);
}

/** As it is written in a configuration. */
export const secretPlaceText = (place: SecretPlace): string =>
  `${place.kind}:${place.kind === "file" ? place.path : place.name}`;

type Environment = Readonly<Record<string, string | undefined>>;

function readPlace(place: SecretPlace, environment: Environment): Result<string, string> {
  switch (place.kind) {
    case "env":
      return fromVariable(place.name, environment);
    case "file":
      return fromFile(place.path, { text: secretPlaceText(place), isGuarded: false });
    case "credential":
      return fromCredential(place.name, environment);
  }
}

/** The directory is the service's own, whatever the files in it say of their group. */
function fromCredential(name: string, environment: Environment): Result<string, string> {
  const directory = environment["CREDENTIALS_DIRECTORY"];
  const text = `credential:${name}`;
  if (directory !== undefined) return fromFile(join(directory, name), { text, isGuarded: true });
  return err(`${text}: there are no credentials here; systemd hands them over (LoadCredential=)`);
}

function fromVariable(name: string, environment: Environment): Result<string, string> {
  const value = environment[name];
  if (value !== undefined) return ok(value);
  return err(`env:${name}: there is no such variable; set ${name} where the program is started`);
}

interface Called {
  /** As the configuration calls it. */
  readonly text: string;
  /** Somebody else sees to it that nobody reads it. */
  readonly isGuarded: boolean;
}

function fromFile(path: string, called: Called): Result<string, string> {
  let file: number | null = null;
  try {
    file = openSync(path, "r");
    return readOpened(file, path, called);
  } catch (failure) {
    const code = failure instanceof Error && "code" in failure ? String(failure.code) : "unknown";
    return err(`${called.text}: cannot be read (${code}); the file must exist and belong to you`);
  } finally {
    if (file !== null) closeSync(file);
  }
}

/** Looked at through the open file: what is judged is what is read. */
function readOpened(
  file: number,
  path: string,
  { text, isGuarded }: Called,
): Result<string, string> {
  const { mode, size } = fstatSync(file);
  // Windows keeps its permissions elsewhere and shows every file as open to all.
  if (process.platform !== "win32" && !isGuarded && (mode & OTHERS) !== 0) {
    return err(`${text}: other users of this machine can read it; run: chmod 600 "${path}"`);
  }
  if (size > SIZE_MAX) return err(tooLong(text));
  const bytes = Buffer.alloc(SIZE_MAX + 1);
  return ok(bytes.toString("utf8", 0, readSync(file, bytes)));
}

const tooLong = (where: string): string =>
  `${where}: longer than ${SIZE_MAX} bytes; expected a token or a key and nothing else`;
