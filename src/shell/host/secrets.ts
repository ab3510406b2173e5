/**
 * Secrets, read from where they are kept: a variable of the environment, a file of their own, or a
 * folder of secrets that systemd, Docker or Kubernetes hands over.
 *
 * ```text
 * env:DISCORD_TOKEN         ─► the file that DISCORD_TOKEN_FILE names, else the variable
 * file:./secrets/token       ─► the file, if nobody but its owner may read it
 * credential:topstepx-key   ─► the file of that name in the first folder of secrets that has it
 * ```
 *
 * In a folder of secrets somebody else sees to it who reads them: the files of Docker and Kubernetes
 * are open to every user of their container, and cannot be changed from inside.
 *
 * What is wrong is said without a single character of the secret: such sentences end up in logs,
 * mails and screenshots.
 */
import { closeSync, existsSync, fstatSync, openSync, readSync } from "node:fs";
import { join, resolve, sep } from "node:path";
import type { SecretPlace } from "../../core/model/config.ts";
import { err, ok, type Result } from "../../std/result.ts";

/** Bytes. Tokens and keys have a hundred or two; a file that is longer is another file. */
const SIZE_MAX = 4_096;
/** Read or write for the group, anything for the world. */
const OTHERS = 0o077;
/** Written by anybody at all. */
const ANYBODY = 0o002;
/** Where Docker, Podman and Kubernetes put them. */
const SECRET_FOLDERS = ["/run/secrets", "/var/run/secrets"];
/** Far more than a configuration has places for. */
const LOADED_MAX = 200;

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
  if (loaded.size < LOADED_MAX) loaded.add(secret);
  return ok(secret);
}

const loaded = new Set<string>();

/** Every secret this process has read: what a log must never hold. It only ever grows. */
export const loadedSecrets = (): ReadonlySet<string> => loaded;

/** As it is written in a configuration. */
export const secretPlaceText = (place: SecretPlace): string =>
  `${place.kind}:${place.kind === "file" ? place.path : place.name}`;

type Environment = Readonly<Record<string, string | undefined>>;

function readPlace(place: SecretPlace, environment: Environment): Result<string, string> {
  switch (place.kind) {
    case "env":
      return fromVariable(place.name, environment);
    case "file":
      return fromFile(place.path, {
        text: secretPlaceText(place),
        isGuarded: isGuarded(place.path, environment),
      });
    case "credential":
      return fromCredential(place.name, environment);
  }
}

/** In the order in which they are looked through. */
const secretFolders = (environment: Environment): readonly string[] =>
  [
    environment["CREDENTIALS_DIRECTORY"],
    environment["TRADESTREAM_SECRETS_DIRECTORY"],
    ...SECRET_FOLDERS,
  ].flatMap((folder) => (folder ? [folder] : []));

const isGuarded = (path: string, environment: Environment): boolean =>
  secretFolders(environment).some((folder) => resolve(path).startsWith(resolve(folder) + sep));

function fromCredential(name: string, environment: Environment): Result<string, string> {
  const text = `credential:${name}`;
  const folders = secretFolders(environment);
  const path = folders.map((folder) => join(folder, name)).find((one) => existsSync(one));
  if (path !== undefined) return fromFile(path, { text, isGuarded: true });
  const where = "systemd hands it over (LoadCredential=), Docker and Kubernetes as a secret";
  return err(`${text}: there is no such file in ${folders.join(", ")}; ${where}`);
}

/** A file goes before a variable, as everywhere. */
function fromVariable(name: string, environment: Environment): Result<string, string> {
  const path = environment[`${name}_FILE`];
  if (path !== undefined && path !== "")
    return fromFile(path, { text: `env:${name}_FILE`, isGuarded: isGuarded(path, environment) });
  const value = environment[name];
  if (value !== undefined) return ok(value);
  return err(
    `env:${name}: there is no such variable; set ${name}, or ${name}_FILE to the path of a file, where the program is started`,
  );
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
  if (process.platform !== "win32" && (mode & (isGuarded ? ANYBODY : OTHERS)) !== 0) {
    const what = isGuarded ? "can change it" : "can read it";
    return err(`${text}: other users of this machine ${what}; run: chmod 600 "${path}"`);
  }
  if (size > SIZE_MAX) return err(tooLong(text));
  const bytes = Buffer.alloc(SIZE_MAX + 1);
  return ok(bytes.toString("utf8", 0, readSync(file, bytes)));
}

const tooLong = (where: string): string =>
  `${where}: longer than ${SIZE_MAX} bytes; expected a token or a key and nothing else`;
