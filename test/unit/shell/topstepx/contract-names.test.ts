import { describe, expect, test } from "vitest";
import { contractsFrom } from "../../../../src/core/model/expiry.ts";
import { INSTRUMENTS, isRoot } from "../../../../src/core/model/instruments.ts";
import { tradeDate } from "../../../../src/core/model/trade-date.ts";
import {
  contractOfCode,
  contractOfId,
  symbolIdOf,
} from "../../../../src/shell/topstepx/contract-names.ts";

describe("the venue's names of contracts", () => {
  test.each([
    ["MESZ26", "CON.F.US.MES.Z26"],
    ["ESZ26", "CON.F.US.EP.Z26"],
    ["NQH27", "CON.F.US.ENQ.H27"],
    ["6EU26", "CON.F.US.EU6.U26"],
    ["ZTZ26", "CON.F.US.TUA.Z26"],
    ["MCLF27", "CON.F.US.MCLE.F27"],
  ])("%s is %s", (code, id) => {
    expect(contractOfCode(code)).toMatchObject({ code, id });
    expect(contractOfId(id)).toMatchObject({ code, id });
  });

  test("are told one from the other for every contract of ours", () => {
    const roots = Object.keys(INSTRUMENTS).filter(isRoot);
    for (const root of roots) {
      for (const { code } of contractsFrom(root, tradeDate("2026-11-23"), 4)) {
        const known = contractOfCode(code);
        expect(known?.instrument.root).toBe(root);
        expect(contractOfId(known?.id ?? "")).toEqual(known);
      }
    }
    expect(new Set(roots.map(symbolIdOf)).size).toBe(roots.length);
  });

  test.each([
    ...["MESZ6", "MES", "XXZ26", "MESF26", "mesz26", "", "MESZ26 "],
    ...["CON.F.US.MES.Z26.1", "CON.F.US.XX.Z26", "CON.F.EU.MES.Z26", "CON.F.US.MES.F26"],
  ])("are not made of %j", (name) => {
    expect([contractOfCode(name), contractOfId(name)]).toEqual([null, null]);
  });
});
