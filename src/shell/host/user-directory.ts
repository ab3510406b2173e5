/**
 * Where a person's programs keep their data, by the custom of the system.
 *
 * ```text
 * Linux    $XDG_DATA_HOME/tradestream, else ~/.local/share/tradestream
 * macOS    ~/Library/Application Support/TradeStream
 * Windows  %LOCALAPPDATA%\TradeStream       never Roaming, which is carried to other machines
 * ```
 */
import { homedir } from "node:os";
import { posix, win32 } from "node:path";

export interface Person {
  readonly platform: NodeJS.Platform;
  readonly home: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

export const thisPerson = (): Person => ({
  platform: process.platform,
  home: homedir(),
  environment: process.env,
});

export const pathsOf = ({ platform }: Pick<Person, "platform">) =>
  platform === "win32" ? win32 : posix;

export function userDataDirectory({ platform, home, environment }: Person): string {
  const { join, isAbsolute } = pathsOf({ platform });
  const named = (name: string): string | null => {
    const value = environment[name];
    return value !== undefined && isAbsolute(value) ? value : null;
  };
  switch (platform) {
    case "win32":
      return join(named("LOCALAPPDATA") ?? join(home, "AppData", "Local"), "TradeStream");
    case "darwin":
      return join(home, "Library", "Application Support", "TradeStream");
    default:
      return join(named("XDG_DATA_HOME") ?? join(home, ".local", "share"), "tradestream");
  }
}
