import fc from "fast-check";
import { expect, test } from "vitest";
import { millis } from "../../../../src/core/model/units.ts";
import { userSubscriptions } from "../../../../src/shell/topstepx/hub-events.ts";
import { HubLink } from "../../../../src/shell/topstepx/hub-link.ts";
import { scriptedHubs } from "../../../kit/scripted-hubs.ts";

const moment = fc.oneof(
  fc.record({ kind: fc.constant("pass" as const), time: fc.integer({ min: 0, max: 40_000 }) }),
  fc.record({
    kind: fc.constantFrom(
      ...(["drop", "refuse", "echo", "quote", "logout", "restart", "want", "lose-token"] as const),
    ),
    line: fc.nat(3),
  }),
  fc.record({
    kind: fc.constant("mood" as const),
    accepts: fc.boolean(),
    grant: fc.constantFrom(...([null, "no", "silence"] as const)),
  }),
);

test("whatever happens on its lines, a link holds one at most, tells in turn, and comes back", () => {
  fc.assert(
    fc.property(fc.array(moment, { maxLength: 40 }), fc.boolean(), (moments, isWatched) => {
      const hubs = scriptedHubs();
      const told: string[] = [];
      let token: string | null = "t";
      const soon = (task: () => void): void => void hubs.clock.schedule(hubs.clock.now(), task);
      const link = new HubLink({
        ...{ hub: "user", transport: hubs.transport, seed: 1 },
        watchdog: isWatched
          ? { silenceMax: millis(15_000), proof: "quote", isDue: () => true }
          : null,
        tokens: {
          token: () => token,
          login(done) {
            token = "t";
            soon(done);
          },
          tokenRefused() {
            token = null;
          },
        },
        owner: {
          up: () => told.push("up"),
          down: () => told.push("down"),
          event: () => {},
          contested: () => {},
        },
      });
      /** Nothing that is said on a line given up reaches anybody. */
      const open = () => hubs.lines.filter((line) => !line.isClosed() && !line.isDown());
      const holds = (): void => {
        expect(open().length).toBeLessThanOrEqual(1);
        for (const [index, one] of told.entries()) {
          expect(one).toBe(index % 2 === 0 ? "up" : "down");
        }
        expect(link.health().connected).toBe(told.at(-1) === "up");
      };
      link.want(userSubscriptions([1]));
      link.open();
      for (const one of moments) {
        if (one.kind === "pass") hubs.pass(one.time);
        else if (one.kind === "mood") {
          hubs.mood.accepts = one.accepts;
          hubs.mood.grant = () => one.grant;
        } else {
          const line = hubs.lines.at(-1 - one.line);
          if (one.kind === "drop") line?.down("dropped");
          if (one.kind === "refuse") line?.down("Unexpected server response: 403");
          if (one.kind === "echo") line?.tell("GatewayUserOrder", {});
          if (one.kind === "quote") line?.tell("quote", {});
          if (one.kind === "logout") line?.tell("GatewayLogout");
          if (one.kind === "restart") link.restart("its counters disagree");
          if (one.kind === "want") link.want(userSubscriptions([1, one.line]));
          if (one.kind === "lose-token") token = null;
        }
        holds();
      }
      hubs.mood.accepts = true;
      hubs.mood.grant = () => null;
      // The longest wait there is, a time-out before it, and a quarrel's pause.
      for (let second = 0; second < 200 && !link.health().connected; second += 1) hubs.pass(1_000);
      expect(link.health().connected).toBe(true);
      holds();
      link.close();
      hubs.pass(1);
      expect([open().length, hubs.clock.pending()]).toEqual([0, 0]);
    }),
    { numRuns: 500 },
  );
});
