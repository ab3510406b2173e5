/**
 * The browser that the tests of pages look through: found, or installed where that is ours to do.
 *
 *   CHROMIUM=/path/to/chromium     the one to take
 *   else chromium, chromium-browser or google-chrome in the path, or Chrome on a Mac
 *   else, as root where there is apt-get: installed now, which takes a minute
 *   else a line that says what to install, and exit code 1
 */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const APT = "/usr/bin/apt-get";
const MAC = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";

/** Its path; null where there is none. */
export function findChromium(environment = process.env) {
  const named = environment["CHROMIUM"];
  if (named !== undefined && named !== "") return existsSync(named) ? named : null;
  const folders = (environment["PATH"] ?? "").split(delimiter);
  const places = folders.flatMap((folder) => NAMES.map((name) => join(folder, name)));
  return [...places, MAC].find((place) => existsSync(place)) ?? null;
}

function install() {
  /** @type {import("node:child_process").SpawnSyncOptions} */
  const options = {
    stdio: ["ignore", "ignore", "inherit"],
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
  };
  for (const words of [["update"], ["install", "-y", "--no-install-recommends", "chromium"]]) {
    const { status } = spawnSync(APT, words, options);
    if (status !== 0) return false;
  }
  return findChromium() !== null;
}

function main() {
  if (findChromium() !== null) return 0;
  const isNamed = (process.env["CHROMIUM"] ?? "") !== "";
  const mayInstall = !isNamed && process.getuid?.() === 0 && existsSync(APT);
  if (mayInstall) {
    console.error("chromium: installing it with apt-get; this takes a minute");
    if (install()) return 0;
  }
  console.error(
    "chromium: the tests look at pages in a browser, and there is none; install Chromium or Chrome (Debian: apt-get install chromium) or name one with CHROMIUM=/path/to/it",
  );
  return 1;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) process.exitCode = main();
