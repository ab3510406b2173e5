/**
 * The container: what is built, what it may do, and that nothing of ours goes along by mistake.
 *
 * The Dockerfile is read by a linter, and by rules of our own that no linter has. Where hadolint is
 * installed it is asked too.
 */
import { execFile } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { validate } from "dockerfile-utils";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { readConfig } from "../../src/shell/yaml/config-source.ts";
import { readDockerfile, restOf, type Stage } from "../kit/dockerfile.ts";
import { findTool, judge, sayLoudly } from "../kit/tool.ts";
import { home, read } from "../kit/tree.ts";

const PATH = "deploy/docker/Dockerfile";
const text = read(PATH);
const { stages } = readDockerfile(text);
const [build, runtime] = stages as [Stage, Stage];
const { engines } = JSON.parse(read("package.json")) as { engines: { node: string } };

describe("the Dockerfile", () => {
  test("passes a linter, which finds what is planted", () => {
    expect(validate(text)).toEqual([]);
    expect(validate("FROM node\nEXPOSE a\n")).toHaveLength(1);
  });

  test("passes hadolint, where there is one", () => {
    const hadolint = findTool("hadolint");
    if (hadolint === null) return sayLoudly("the Dockerfile by hadolint; it is not installed");
    expect(judge(hadolint, [`${home}${PATH}`])).toEqual({ code: 0, said: "" });
  });

  test("has two stages on pinned images of a Node the program runs on", () => {
    expect(stages.map(({ name }) => name)).toEqual(["build", "runtime"]);
    for (const { image } of stages) {
      const [, major, minor] = /^node:(\d+)\.(\d+)\.\d+-bookworm(-slim)?$/.exec(image) ?? [];
      expect([image, engines.node]).toEqual([image, ">=20.19"]);
      expect(Number(major) * 100 + Number(minor)).toBeGreaterThanOrEqual(2_019);
    }
    expect(runtime.image).toBe(`${build.image}-slim`);
  });

  test("installs what the lock says, and runs the install script of one package", () => {
    const run = restOf(build, "RUN").join("\n");
    expect(run).toContain("npm ci --ignore-scripts");
    expect(run).toContain("npm rebuild better-sqlite3");
    expect(run).toContain("npm prune --omit=dev");
    expect(run).not.toMatch(/npm (i|install)\b|curl|wget|sudo/);
  });

  test("runs as a number that is not root, and cannot write its own code", () => {
    expect(restOf(runtime, "USER")).toEqual(["10001:10001"]);
    expect(restOf(runtime, "COPY").filter((one) => !one.includes("--chown=0:0 "))).toEqual([]);
    expect(restOf(runtime, "VOLUME")).toEqual(['["/var/lib/tradestream"]']);
    // After the last line that changes files nobody is root any more.
    const words = runtime.instructions.map(({ word }) => word);
    expect(words.lastIndexOf("RUN")).toBeLessThan(words.indexOf("USER"));
  });

  test("starts the program as process 1, without a shell, and stops it by SIGTERM", () => {
    expect(restOf(runtime, "ENTRYPOINT")).toEqual(['["node", "/app/dist/main.js"]']);
    const [words = "[]"] = restOf(runtime, "CMD");
    expect(JSON.parse(words)).toContain("start");
    expect(restOf(runtime, "STOPSIGNAL")).toEqual(["SIGTERM"]);
    const [check = ""] = restOf(runtime, "HEALTHCHECK");
    expect(check).toMatch(/--start-period=\d+s .*CMD \["node", "\/app\/healthcheck\.mjs"\]$/);
  });

  test("carries no secret in a layer", () => {
    const set = stages.flatMap((one) => [...restOf(one, "ENV"), ...restOf(one, "ARG")]).join(" ");
    expect(set).not.toMatch(/\w*(token|secret|password|key)\w*=/i);
    expect(restOf(runtime, "COPY").join("\n")).not.toMatch(/COPY \. |config\.yaml|\.env/);
  });

  test("is built from what is named, and from nothing else", () => {
    const ignored = read(".dockerignore").split("\n");
    const rules = ignored.filter((line) => line !== "" && !line.startsWith("#"));
    expect(rules[0]).toBe("*");
    expect(rules.slice(1).every((line) => line.startsWith("!"))).toBe(true);
    expect(rules.join(" ")).not.toMatch(/\.env|!data|secrets|\.git|node_modules|tradestream\.yaml/);
  });
});

describe("what goes into the image", () => {
  const folder = mkdtempSync(join(tmpdir(), "tradestream-image-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test("is enough to build the program and to run it", () => {
    const named = read(".dockerignore").match(/^!.*$/gm) ?? [];
    for (const one of named) {
      const path = one.slice(1);
      cpSync(join(home, path), join(folder, path), { recursive: true });
    }
    symlinkSync(join(home, "node_modules"), join(folder, "node_modules"));
    expect(judge(process.execPath, [join(folder, "tools/build.mjs")]).said).toContain("is ready");
    const { version } = JSON.parse(read("package.json")) as { version: string };
    const said = judge(process.execPath, [join(folder, "dist/main.js"), "--version"]);
    expect(said).toEqual({ code: 0, said: `${version}\n` });
  });
});

describe("the health check", () => {
  const check = join(home, "deploy/docker/healthcheck.mjs");
  const ask = (port: number, ...words: string[]): Promise<{ code: unknown; said: string }> =>
    new Promise((resolve) => {
      const env = { ...process.env, TRADESTREAM_HEALTH_PORT: String(port) };
      execFile(process.execPath, [check, ...words], { env }, (failure, said) =>
        resolve({ code: failure?.code ?? 0, said }),
      );
    });
  const server = createServer(({ url }, answer) => {
    answer.statusCode = url === "/live" ? 200 : 503;
    answer.end(url === "/live" ? "ok" : "journal: the disk is full");
  });
  const port = (): number => (server.address() as AddressInfo).port;
  beforeAll(async () => {
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
  });
  afterAll(() => server.close());

  test("is content with a program that is alive", async () => {
    expect(await ask(port(), "live")).toEqual({ code: 0, said: "live: 200 ok\n" });
  });

  test("is not content with one that is not ready, and says why", async () => {
    expect(await ask(port())).toEqual({ code: 1, said: "ready: 503 journal: the disk is full\n" });
  });

  test("is not content with nobody there", async () => {
    const { code, said } = await ask(1);
    expect(code).toBe(1);
    expect(said).toMatch(/^ready: no answer on port 1/);
  });
});

test.each(["deploy/docker/config.yaml", "deploy/kubernetes/config.yaml"])(
  "%s is sound, on paper, and lets the health check ask",
  (path) => {
    const config = readConfig(read(path), path);
    expect(config).toMatchObject({ ok: true, value: { mode: "paper", web: { port: 8_788 } } });
    expect(read("deploy/docker/healthcheck.mjs")).toContain('"8788"');
  },
);

describe("the compose file", () => {
  const compose = parse(read("deploy/docker/compose.yaml")) as {
    services: { tradestream: Readonly<Record<string, unknown>> };
    volumes: object;
  };
  const { tradestream } = compose.services;

  test("gives the container one volume to write, and no right at all", () => {
    expect(tradestream).toMatchObject({
      user: "10001:10001",
      read_only: true,
      cap_drop: ["ALL"],
      security_opt: ["no-new-privileges:true"],
    });
    expect(Object.keys(compose.volumes)).toEqual(["data"]);
    expect(tradestream["volumes"]).toEqual([
      "data:/var/lib/tradestream",
      expect.objectContaining({ type: "bind", read_only: true }),
    ]);
    for (const word of ["privileged", "cap_add", "network_mode", "pid", "devices", "environment"]) {
      expect(tradestream).not.toHaveProperty(word);
    }
  });

  test("opens its port to this machine alone", () => {
    for (const port of tradestream["ports"] as string[]) expect(port).toMatch(/^127\.0\.0\.1:/);
  });

  test("waits longer than a clean stop takes", () => {
    expect(Number.parseInt(String(tradestream["stop_grace_period"]), 10)).toBeGreaterThan(60);
  });

  test("hands secrets over as files, and holds none itself", () => {
    expect(tradestream).toHaveProperty("secrets");
    expect(read("deploy/docker/compose.yaml")).not.toMatch(/environment:|_TOKEN|_KEY|PASSWORD/);
  });
});
