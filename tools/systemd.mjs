/**
 * The judge of our systemd units: systemd-analyze, found, or installed where that is ours to do.
 *
 * Where there is none and none can be installed (a Mac, a container without root) the tests check
 * the units by their own rules and say loudly what was not asked. That is no failure.
 */
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";
import { install, mayInstall } from "./apt.mjs";

/** Its path; null where there is none. */
export function findSystemdAnalyze(environment = process.env) {
  const folders = (environment["PATH"] ?? "").split(delimiter);
  return (
    folders.map((folder) => join(folder, "systemd-analyze")).find((place) => existsSync(place)) ??
    null
  );
}

function main() {
  if (findSystemdAnalyze() !== null) return;
  if (mayInstall()) {
    console.error("systemd: installing it with apt-get, for systemd-analyze");
    if (install("systemd") && findSystemdAnalyze() !== null) return;
  }
  console.error("systemd: there is no systemd-analyze; units are checked by our own rules only");
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) main();
