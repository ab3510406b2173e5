import { expect, it } from "vitest";
import { foresee } from "../../../src/app/heard.ts";
import { accountId } from "../../../src/core/model/ids.ts";
import { withAccount } from "../../../src/core/state.ts";
import { anAccount, NOW } from "../../kit/builders.ts";
import { houseOf } from "../../kit/house-of.ts";
import { heardAt } from "../../kit/posted.ts";

const ALERT = heardAt("🚨 ES long 6326: A\nStop: 6316\n@everyone", { at: NOW });

it("an alert that would wait is told as such, and has no risk yet", () => {
  const unknown = anAccount({ id: accountId("account-1"), settled: false });
  const { outcome, lines, riskUsd } = foresee(withAccount(houseOf(1), unknown), ALERT);
  expect([outcome, riskUsd]).toEqual(["waits", 0]);
  expect(lines.at(-1)?.text).toContain("waits until the account is compared with the venue");
});

it("one that is taken has its risk", () => {
  const { outcome, riskUsd } = foresee(houseOf(1), ALERT);
  expect(outcome).toBe("traded");
  expect(riskUsd).toBeGreaterThan(0);
});
