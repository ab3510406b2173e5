/**
 * The browser that the tests of pages look through: found, or installed where that is ours to do.
 *
 *   CHROMIUM=/path/to/chromium     the one to take
 *   else chromium, chromium-browser or google-chrome in the path, or Chrome on a Mac
 *   else, as root where there is apt-get: installed now, which takes a minute
 *   else a line that says what to install, and exit code 1
 */
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";
import { install, mayInstall } from "./apt.mjs";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const MAC = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";

/** Its path; null where there is none. */
export function findChromium(environment = process.env) {
  const named = environment["CHROMIUM"];
  if (named !== undefined && named !== "") return existsSync(named) ? named : null;
  const folders = (environment["PATH"] ?? "").split(delimiter);
  const places = folders.flatMap((folder) => NAMES.map((name) => join(folder, name)));
  return [...places, MAC].find((place) => existsSync(place)) ?? null;
}

function main() {
  if (findChromium() !== null) return 0;
  const isNamed = (process.env["CHROMIUM"] ?? "") !== "";
  if (!isNamed && mayInstall()) {
    console.error("chromium: installing it with apt-get; this takes a minute");
    if (install("chromium") && findChromium() !== null) return 0;
  }
  console.error(
    "chromium: the tests look at pages in a browser, and there is none; install Chromium or Chrome (Debian: apt-get install chromium) or name one with CHROMIUM=/path/to/it",
  );
  return 1;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) process.exitCode = main();
