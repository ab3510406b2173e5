/** What must never be written down here: places, keys, and pictures for words. */
import { expect, test } from "vitest";
import { filesIn, linesMatching, linesOf, read } from "../kit/tree.ts";

const files = filesIn();
const texts = files.filter((path) => !/\.(png|ico|db|gz|tgz|woff2|ttf)$/.test(path));

test("there is something to read", () => {
  expect(texts.length).toBeGreaterThan(40);
});

test("no path of anybody's machine", () => {
  const machine = /(^|[\s"'`(=:])(\/(home|Users|root|work|mnt)\/[\w.]|[A-Z]:\\\\?Users\\)/;
  const beside = /\.\.\/shared\b|\bshared\/(design|reference)\//;
  expect(linesMatching(texts, machine)).toEqual([]);
  expect(linesMatching(texts, beside)).toEqual([]);
});

test("no registry, and no key to one", () => {
  const registry =
    /\b(registry|npm|artifactory|nexus|verdaccio)\.[a-z0-9-]+\.[a-z]{2,}\b|\b_authToken\b/;
  expect(linesMatching(texts, registry)).toEqual([]);
});

test("the lock says what to install and its hash, not where it was fetched", () => {
  const lock = JSON.parse(read("package-lock.json")) as { packages: Record<string, object> };
  const packages = Object.entries(lock.packages).filter(([path]) => path !== "");
  expect(packages.length).toBeGreaterThan(100);
  expect(packages.filter(([, entry]) => "resolved" in entry)).toEqual([]);
  expect(packages.filter(([, entry]) => !("integrity" in entry))).toEqual([]);
});

test("nothing that looks like a secret", () => {
  const secrets = [
    /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
    /\bAKIA[0-9A-Z]{16}\b/,
    /\b(ghp|gho|ghs|npm)_[A-Za-z0-9]{36}\b|\bgithub_pat_\w{30,}/,
    /\bxox[abprs]-[\w-]{10,}/,
    /\b[MNO][\w-]{23,27}\.[\w-]{6}\.[\w-]{27,}/, // a Discord bot
    /\bdiscord(app)?\.com\/api\/webhooks\/\d{6,}\/[\w-]{20,}/,
    /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\./, // a JSON web token
    /\b\d{8,10}:AA[\w-]{30,}/, // a Telegram bot
    /\bAGE-SECRET-KEY-1[0-9A-Z]{50,}/,
    /\bgl(pat|rt)-[\w-]{20,}|\bsk-[A-Za-z0-9]{32,}|\bAIza[\w-]{35}\b/,
    /\bwhsec_[A-Za-z0-9+/]{40,}={0,2}/, // of a signed webhook
    /(api_?key|token|secret|password)["']?\s*[:=]\s*["']?[A-Za-z0-9+/]{32,}={0,2}["']?\s*,?$/i,
  ];
  const prose = texts.filter((path) => path !== "package-lock.json");
  expect(secrets.flatMap((secret) => linesMatching(prose, secret))).toEqual([]);
});

/** Alerts, in fences too, come with the pictures their authors use; our own words do not. */
test("no emoji in what we write", () => {
  const picture = /\p{Emoji_Presentation}|\u{FE0F}/u;
  expect(
    files
      .filter((path) => path.endsWith(".md"))
      .flatMap((path) => linesOf(withoutFences(read(path))).map((line) => `${path}: ${line}`))
      .filter((line) => picture.test(line)),
  ).toEqual([]);
});

test("every text ends with one newline and no line with a space", () => {
  const ours = texts.filter((path) => !/\.(txt|md|csv|jsonl|json|html)$/.test(path));
  expect(ours.filter((path) => !/[^\n]\n$/.test(read(path)))).toEqual([]);
  expect(ours.filter((path) => linesOf(read(path)).some((line) => /[ \t]$/.test(line)))).toEqual(
    [],
  );
});

const withoutFences = (text: string): string => text.replace(/^```[\s\S]*?^```/gm, "");
