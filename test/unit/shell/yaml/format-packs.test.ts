import { mkdirSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { PLAIN_FORMAT } from "../../../../src/core/model/format.ts";
import { VOCABULARY } from "../../../../src/core/parse/vocabulary.ts";
import { readConfig } from "../../../../src/shell/yaml/config-source.ts";
import { corpusText, packTexts } from "../../../../src/shell/yaml/format-init.ts";
import { readFormat, readFormatPacks } from "../../../../src/shell/yaml/format-packs.ts";
import { formatJsonSchema } from "../../../../src/shell/yaml/json-schema.ts";
import { temporaryFolder } from "../../../kit/temporary-folder.ts";

const complaints = (text: string, file = "room.yaml"): readonly string[] => {
  const read = readFormat(text, file, VOCABULARY);
  return read.ok ? [] : read.error.problems.map((problem) => problem.text);
};

const folderWith = (files: Readonly<Record<string, string>>): string => {
  const folder = temporaryFolder();
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
};

const packsIn = (folder: string) => readFormatPacks(folder, VOCABULARY);

const complaintsAbout = (folder: string): readonly string[] => {
  const read = packsIn(folder);
  return read.ok ? [] : read.error.problems.map(({ text }) => text.replace(folder, "packs"));
};

it("a pack says what the words of a room stand for", () => {
  const text = `
authors: { ids: ["12345678901234567"], names: [Some Trader] }
words: { reload: long, protection: stop, l'arrêt: stop }
symbols: { spoos: ES }
sizes: { full: A, half: B }
sizeUnstated: accepted
prices: { ES: { range: 3000 to 9000 points, stopMax: 40 points } }
`;
  expect(readFormat(text, "somewhere/some-room.yaml", VOCABULARY)).toEqual({
    ok: true,
    value: {
      name: "some-room",
      authors: { ids: ["12345678901234567"], names: ["Some Trader"] },
      words: { reload: "long", protection: "stop", "l'arrêt": "stop" },
      symbols: { spoos: "ES" },
      sizes: { full: "A", half: "B" },
      sizeUnstated: "accepted",
      prices: { ES: { min: 3_000, max: 9_000, stopMax: 40 } },
    },
  });
  expect(readFormat("{}", "room.yaml", VOCABULARY)).toEqual({
    ok: true,
    value: { ...PLAIN_FORMAT, name: "room" },
  });
});

describe("a mistake in a pack", () => {
  it.each([
    ["a key nobody knows", "word: {}", "room.yaml:1:1 word: unknown key; did you mean words?"],
    [
      "a meaning nobody knows",
      "words:\n  reload: longg",
      'room.yaml:2:3 words.reload: the grammar does not know the word "longg"; did you mean long?',
    ],
    [
      "a meaning far from any",
      "words:\n  reload: xylophone",
      'room.yaml:2:3 words.reload: the grammar does not know the word "xylophone"; words stand for words such as long, stop or target',
    ],
    [
      "another sense for a word of everybody's",
      "words:\n  yesterday: long",
      'room.yaml:2:3 words.yesterday: "yesterday" has a meaning in every room already',
    ],
    [
      "a filler made a contract",
      "symbols:\n  the: ES",
      'room.yaml:2:3 symbols.the: "the" has a meaning in every room already',
    ],
    [
      "a side made a size",
      "sizes:\n  long: A",
      'room.yaml:2:3 sizes.long: "long" has a meaning in every room already',
    ],
    [
      "a contract made a word",
      "words:\n  nq: long",
      'room.yaml:2:3 words.nq: "nq" is a contract already',
    ],
    [
      "one word with two meanings",
      "words: { spoos: long }\nsymbols:\n  spoos: ES",
      "room.yaml:3:3 symbols.spoos: words has this word too",
    ],
    [
      "two words as one",
      "words: { go now: long }",
      'room.yaml:1:10 words."go now": an own word is one word in small letters, without digits or signs',
    ],
    [
      "a capital",
      "words: { Reload: long }",
      "room.yaml:1:10 words.Reload: an own word is one word in small letters, without digits or signs",
    ],
    [
      "a contract nobody trades here",
      "symbols: { bitty: BTC }",
      expect.stringMatching(/^room\.yaml:1:19 symbols\.bitty: expected ES, MES, .*found "BTC"$/),
    ],
    [
      "a list of words",
      "words: [long]",
      "room.yaml:1:8 words: expected a block of words, each behind the room's own word, found a list",
    ],
    [
      "prices of a micro",
      "prices: { MES: { range: 1 to 2 points, stopMax: 1 point } }",
      "room.yaml:1:11 prices.MES: unknown key; did you mean ES?",
    ],
    [
      "too many words",
      `words:\n${Array.from({ length: 301 }, (_, n) => `  ${[...String(n)].map((digit) => "qwzxkvjpyu"[Number(digit)]).join("")}zz: long`).join("\n")}`,
      "room.yaml:2:3 words: more than 300 words in one table",
    ],
    ["nothing", "", "room.yaml:1:1: the file holds nothing; {} stands for all defaults"],
  ])("%s is named with its place", (_mistake, text, complaint) => {
    expect(complaints(text)).toEqual([complaint]);
  });

  it("is a name that is none, or the built-in one's", () => {
    expect(complaints("{}", "packs/My Room.yaml")).toEqual([
      "packs/My Room.yaml: a pack is named by small letters, digits and hyphens, a letter first: jmoney.yaml",
    ]);
    expect(complaints("{}", "plain.yaml")).toEqual([
      "plain.yaml: plain is the built-in format; a pack needs a name of its own",
    ]);
  });
});

describe("a directory of packs", () => {
  it("gives all of them by name, and looks at nothing else", () => {
    const folder = folderWith({ "b.yaml": "{}", "a.yaml": "{}", "notes.md": "#", ".c.yaml": "[" });
    expect(packsIn(folder)).toEqual({
      ok: true,
      value: { a: { ...PLAIN_FORMAT, name: "a" }, b: { ...PLAIN_FORMAT, name: "b" } },
    });
  });

  it("gives none of them when one is broken, and names every mistake in its file", () => {
    const folder = folderWith({ "a.yaml": "{}", "b.yaml": "wrds: {}", "c.yaml": "sizes: 1" });
    expect(complaintsAbout(folder)).toEqual([
      "packs/b.yaml:1:1 wrds: unknown key; did you mean words?",
      "packs/c.yaml:1:8 sizes: expected a block of size letters, each behind the room's own word, found 1",
    ]);
  });

  it("lists twenty mistakes of all files together", () => {
    const many = Array.from({ length: 15 }, (_, n) => `unknown${n}: 1`).join("\n");
    const read = packsIn(folderWith({ "a.yaml": many, "b.yaml": many }));
    expect(read.ok ? null : [read.error.problems.length, read.error.omitted]).toEqual([20, 10]);
  });

  it("refuses an ending that would be overlooked, a flood of packs, and a large one", () => {
    expect(complaintsAbout(folderWith({ "a.yml": "{}" }))).toEqual([
      "packs: a.yml: a pack ends in .yaml; rename it",
    ]);
    const flood = Array.from({ length: 51 }, (_, n) => [`p${n}.yaml`, "{}"]);
    expect(complaintsAbout(folderWith(Object.fromEntries(flood)))).toEqual([
      "packs: more than 50 format packs in one directory",
    ]);
    const large = folderWith({ "a.yaml": "{}" });
    truncateSync(join(large, "a.yaml"), 64 * 1024 + 1);
    expect(complaintsAbout(large)).toEqual(["packs/a.yaml: the file is larger than 64 kB"]);
  });

  it("that is missing, or none, is a mistake of the configuration", () => {
    const folder = folderWith({ file: "", "sound.yaml": "{}", "config.yaml": "" });
    mkdirSync(join(folder, "empty"));
    const complaint = (formats: string, more = ""): readonly string[] => {
      const text = `formats: ${formats}\n${more}`;
      const read = readConfig(text, "config.yaml", (name) => packsIn(join(folder, name)));
      return read.ok ? [] : read.error.problems.map((one) => one.text.replace(folder, ""));
    };
    expect(complaint("absent")).toEqual([
      'config.yaml:1:10 formats: there is no directory "absent"',
    ]);
    expect(complaint("file")).toEqual(["/file: the directory cannot be read (ENOTDIR)"]);
    expect(complaint("empty")).toEqual([]);
    expect(complaint("empty", "sources: [{ kind: stdin, format: sound }]")).toEqual([
      'config.yaml:2:34 sources[0].format: there is no format "sound", only plain',
    ]);
  });
});

describe("what comes with the program", () => {
  it("is sound", () => {
    const packs = packTexts();
    expect(packs.map(({ file }) => file)).toEqual([
      "jmoney.yaml",
      "northman.yaml",
      "template.yaml",
    ]);
    for (const { file, text } of packs) expect(complaints(text, file)).toEqual([]);
    expect(corpusText().split("\n").filter(Boolean)).toHaveLength(321);
  });

  it("has a template that says nothing, and whose suggestions can be taken", () => {
    const template = packTexts().find(({ file }) => file === "template.yaml")?.text ?? "";
    expect(readFormat(template, "template.yaml", VOCABULARY)).toMatchObject({
      value: { ...PLAIN_FORMAT, name: "template" },
    });
    const taken = template.replaceAll(/^#(?=[a-z]+:$| {2}\S)/gm, "").replace(/^ {3}.*$/gm, "");
    expect(complaints(taken, "template.yaml")).toEqual([]);
    expect(readFormat(taken, "template.yaml", VOCABULARY)).toMatchObject({
      value: {
        words: { reload: "long" },
        symbols: { spoos: "ES" },
        sizes: { full: "A" },
        authors: { names: ["SomeTrader"] },
        prices: { ES: { max: 9_000 } },
      },
    });
  });

  it("has an up-to-date JSON Schema; if not, run `npx tsx tools/write-schema.ts`", () => {
    const file = new URL("../../../../config/format.schema.json", import.meta.url);
    expect(JSON.parse(readFileSync(file, "utf8"))).toEqual(formatJsonSchema());
    const schema = z.fromJSONSchema(formatJsonSchema() as z.core.JSONSchema.JSONSchema);
    for (const { text } of packTexts()) {
      const { words: _, ...others } = parse(text); // zod reads \p{Ll} without the u that editors add
      expect(schema.safeParse(others).success).toBe(true);
    }
    expect(schema.safeParse({ sizes: { full: "D" } }).success).toBe(false);
  });
});
