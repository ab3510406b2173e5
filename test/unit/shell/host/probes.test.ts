/** The machine under this very test says plausible things of itself. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { hostProbes } from "../../../../src/shell/host/probes.ts";
import { temporaryFolder } from "../../../kit/temporary-folder.ts";

const DEVICES = `Inter-|   Receive                                                |  Transmit
 face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop
    lo: 999999 10 0 0 0 0 0 0 999999 10 0 0 0 0 0 0
  eth0: 1200 3 0 0 0 0 0 0 340 2 0 0 0 0 0 0
 wlan0:100 1 0 0 0 0 0 0 60 1 0 0 0 0 0 0
`;

function probesIn(network?: string) {
  const directory = temporaryFolder();
  const probes = hostProbes({ directory, ...(network !== undefined && { network }) });
  onTestFinished(() => probes.close());
  return probes;
}

const busy = (milliseconds: number): void => {
  const until = performance.now() + milliseconds;
  while (performance.now() < until);
};

describe("a reading of the host", () => {
  it("has the figures of process and machine", async () => {
    const { resident, heapUsed, heapLimit, memoryFree, memoryTotal, disk, cpuSeconds } =
      await probesIn().read();
    expect(heapUsed).toBeGreaterThan(1_000_000);
    expect(heapLimit).toBeGreaterThan(heapUsed);
    expect(resident).toBeGreaterThan(heapUsed);
    expect(memoryTotal).toBeGreaterThan(memoryFree);
    expect(disk?.total).toBeGreaterThan(disk?.free ?? Number.POSITIVE_INFINITY);
    expect(cpuSeconds).toBeGreaterThan(0);
  });

  it("sees a stall of the event loop, once, and the time it took", async () => {
    const probes = probesIn();
    await new Promise((done) => setTimeout(done, 60));
    await probes.read();
    busy(200);
    await new Promise((done) => setTimeout(done, 60));
    const { loopDelay, cpuShare, clockJumped } = await probes.read();
    expect(loopDelay.longest).toBeGreaterThan(90);
    expect(cpuShare).toBeGreaterThan(100);
    expect(Math.abs(clockJumped)).toBeLessThan(100);
    await new Promise((done) => setTimeout(done, 60));
    expect((await probes.read()).loopDelay.longest).toBeLessThan(loopDelay.longest);
  });

  it("counts what went over the lines of the machine, but for the loopback", async () => {
    const file = join(temporaryFolder(), "dev");
    writeFileSync(file, DEVICES);
    expect((await probesIn(file).read()).network).toEqual({ received: 1_300, sent: 400 });
  });

  it("does not guess what the system does not tell", async () => {
    expect((await probesIn("/nowhere/dev").read()).network).toBeNull();
    const gone = hostProbes({ directory: "/nowhere" });
    onTestFinished(() => gone.close());
    expect((await gone.read()).disk).toBeNull();
  });
});
