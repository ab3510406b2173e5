/** The files for systemd, launchd and the Task Scheduler, with paths as people really have them. */
import { describe, expect, test } from "vitest";
import type { ServiceWish } from "../../../../src/ports/login-start.ts";
import { plistText, taskText, unitText } from "../../../../src/shell/host/login-files.ts";

const wish: ServiceWish = {
  node: "/opt/node/bin/node",
  script: "/opt/ts/dist/main.js",
  config: "/h/olga/my trades/config.yaml",
  data: '/h/olga/100% $mine "quoted"',
  here: "/h/olga/my trades",
};

describe("the unit", () => {
  test("hands every word over as one, and nothing in it means anything to systemd", () => {
    expect(/^ExecStart=(.*)$/m.exec(unitText(wish))?.[1]).toBe(
      '"/opt/node/bin/node" "/opt/ts/dist/main.js" "start" "--config" "/h/olga/my trades/config.yaml" "--data" "/h/olga/100%% $$mine \\"quoted\\""',
    );
  });

  test("waits for a clean stop, and leaves alone what a person has to mend", () => {
    expect(unitText(wish)).toMatch(/^TimeoutStopSec=90$/m);
    expect(unitText(wish)).toMatch(/^RestartPreventExitStatus=2 3$/m);
    expect(unitText(wish)).toMatch(/^Type=notify$/m);
  });
});

describe("the property list", () => {
  const text = plistText({ ...wish, data: '/h/<&">' }, "/h/olga/Library/Logs/tradestream.log");

  test("is XML, whatever stands in a path", () => {
    expect(text).toContain("<string>/h/&lt;&amp;&quot;&gt;</string>");
    const opened = [...text.matchAll(/<(\w+)(?: [^>]*)?>/g)].map(([, name]) => name);
    const closed = [...text.matchAll(/<\/(\w+)>/g)].map(([, name]) => name);
    expect(opened.sort()).toEqual(closed.sort());
  });

  test("begins again after a fault, and not after a clean end", () => {
    expect(text).toMatch(/<key>SuccessfulExit<\/key>\s*<false\/>/);
    expect(text).toMatch(/<key>ExitTimeOut<\/key>\s*<integer>90<\/integer>/);
  });
});

describe("the task", () => {
  const task = (data: string) =>
    taskText({ ...wish, node: "C:\\node\\node.exe", data }, "DESK\\olga & co");

  test("runs on battery, for ever, once, and as nobody but the user", () => {
    const text = task("C:\\d");
    for (const line of [
      "<DisallowStartIfOnBatteries>false<",
      "<StopIfGoingOnBatteries>false<",
      "<ExecutionTimeLimit>PT0S<",
      "<MultipleInstancesPolicy>IgnoreNew<",
      "<RunLevel>LeastPrivilege<",
      "<UserId>DESK\\olga &amp; co<",
      "<Command>C:\\node\\node.exe<",
    ]) {
      expect(text).toContain(line);
    }
  });

  test.each([
    ["C:\\my data\\", '"C:\\my data\\\\"'],
    ['C:\\a"b', '"C:\\a\\"b"'],
    ['C:\\a\\"b', '"C:\\a\\\\\\"b"'],
  ])("hands %s over as one word", (data, word) => {
    const quoted = word.replaceAll('"', "&quot;");
    expect(task(data)).toContain(`--data&quot; ${quoted}</Arguments>`);
  });
});
