/** Why a size was cut, in the words of `explain.ts`. */
import { unreachable } from "../../std/assert.ts";
import type { Cut } from "../model/cut.ts";
import { instrumentOf } from "../model/instruments.ts";
import { money } from "../model/units.ts";
import { ratioText, showMoney } from "../model/wording.ts";
import { explainRefusal, withoutAdvice } from "./explain.ts";
import { isOfFirm, ofScope } from "./explain-day.ts";
import { capText, roomText } from "./explain-firm.ts";

export function explainCut(cut: Cut): string {
  switch (cut.why) {
    case "ratio":
      return `ratio ${ratioText(cut.ratio)}`;
    case "probation":
      return `live trade date ${cut.date} of ${cut.of}`;
    case "half-open":
      return `one trade of proof for the breaker "${cut.breaker}"`;
    case "half-size":
      return `half size from ${cut.share / 10}% of the daily loss of ${showMoney(cut.limit)}${ofScope(cut.scope)}`;
    case "score":
      return `${cut.share / 10}% of the size at a risk score of ${cut.total}`;
    case "firm-cap":
      return capText(cut);
    case "room": {
      if (isOfFirm(cut.scope)) return roomText(cut);
      const left = money(cut.limit - cut.lost - cut.open);
      return `${showMoney(left)} left of the daily loss${ofScope(cut.scope)}, ${showMoney(cut.each)} a contract`;
    }
    case "micro": {
      const { instrument, micro, ratio, refusal } = cut;
      const found = withoutAdvice(explainRefusal(refusal, instrumentOf(instrument)));
      return `${micro} for ${instrument}, ${ratio} to one: ${found}`;
    }
    case "loss-per-trade": {
      const whose = cut.part === undefined ? "the limit per trade" : `the limit of ${cut.part}`;
      const beside = cut.open === 0 ? "" : ` with ${showMoney(cut.open)} open`;
      return `${whose} is ${showMoney(cut.limit)}${beside}, ${showMoney(cut.each)} a contract`;
    }
    case "position-size":
      return `${cut.limit} contracts of ${cut.family} at most, ${cut.held} held`;
    case "exposure":
      return `${cut.limit} contracts of ${cut.family}${ofScope(cut.scope)} at most, ${cut.held} held`;
    default:
      return unreachable(cut);
  }
}
