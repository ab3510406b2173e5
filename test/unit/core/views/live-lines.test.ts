import { expect, it } from "vitest";
import { accountId } from "../../../../src/core/model/ids.ts";
import { contracts } from "../../../../src/core/model/units.ts";
import { narratorOf } from "../../../../src/core/views/narrator.ts";
import { tellHouse } from "../../../../src/core/views/tell-house.ts";
import { tellMessage } from "../../../../src/core/views/tell-message.ts";
import { aPlan, NOW, planned, someRules } from "../../../kit/builders.ts";

const narrator = narratorOf({ ruleSets: {}, accounts: [] }, []);

it("an enabled account is told with the rules it was enabled for", () => {
  const about = { account: accountId("4711"), name: "PRAC-1", rules: "tight" };
  const said = tellHouse(narrator, {
    ...{ ...about, at: NOW, kind: "LiveEnabled", ruleSet: someRules() },
  });
  expect(JSON.stringify(said)).toContain("account PRAC-1 may trade live, by the rules tight");
});

it("a plan that was cut says of how many contracts, and why", () => {
  const plan = aPlan({ cut: { from: contracts(3), date: 2, of: 5 } });
  const said = JSON.stringify(tellMessage(narrator, planned(plan)));
  expect(said).toContain("not 3: live trade date 2 of 5");
});
