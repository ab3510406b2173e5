import { EventEmitter } from "node:events";
import { expect, test } from "vitest";
import { stopSignals } from "../../../../src/shell/host/signals.ts";

test("Ctrl-C, kill and the end of the session are heard until nobody listens", () => {
  const source = new EventEmitter();
  const heard: string[] = [];
  const stop = stopSignals(source).listen((name) => void heard.push(name));
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP", "SIGUSR1"]) source.emit(name, name);
  stop();
  source.emit("SIGINT", "SIGINT");
  expect(heard).toEqual(["SIGINT", "SIGTERM", "SIGHUP"]);
  expect(source.eventNames()).toEqual([]);
});

test("a hang-up asks for the configuration where the system has one, not where a window closes", () => {
  const source = new EventEmitter();
  expect(stopSignals(source, "linux").reload).toBe("SIGHUP");
  expect(stopSignals(source, "win32").reload).toBeUndefined();
});
