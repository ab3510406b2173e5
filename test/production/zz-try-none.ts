import { killMatrix } from "./kill-matrix.ts";
import * as steps from "./zz-steps-none.ts";
const what = process.argv[2] ?? "34";
const cells = what.startsWith("K") ? [steps.cellOf(Number(what.slice(1)), Number(process.argv[3]), Number(process.argv[4]))]
  : what === "fresh" ? Array.from({ length: 14 }, (_, i) => steps.freshCell(i + 1))
  : what === "random" ? Array.from({ length: Number(process.argv[3] ?? 20) }, (_, i) => steps.randomCell(i, 60 + Math.floor(Math.random() * 500)))
  : steps.matrixOf(Number(what) as 34);
const report = await killMatrix(cells);
for (const v of report.violations) console.log(v);
console.log({ ...report, violations: report.violations.length });
