/**
 * A Debian package that tests look through, installed where that is ours to do: as root, where there
 * is apt-get.
 */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

const APT = "/usr/bin/apt-get";

export const mayInstall = () => process.getuid?.() === 0 && existsSync(APT);

/** False when it did not work; apt has said why. */
export function install(/** @type {string} */ name) {
  /** @type {import("node:child_process").SpawnSyncOptions} */
  const options = {
    stdio: ["ignore", "ignore", "inherit"],
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
  };
  const words = [["update"], ["install", "-y", "--no-install-recommends", name]];
  return words.every((one) => spawnSync(APT, one, options).status === 0);
}
