/** What a passage is about, in words a death can be ordered by. */
import type { Fact } from "../../src/core/model/fact.ts";
import { readName, type TradeId, tradeOfTag } from "../../src/core/model/ids.ts";
import type { VenueReport, VenueRequest } from "../../src/core/model/venue.ts";
import type { VenueEvent } from "../../src/core/paper/event.ts";
import { eventsOf } from "./autopsy.ts";
import type { Role } from "./orders.ts";

export interface Labels {
  ofFact(fact: Fact): readonly string[];
  ofRequest(request: VenueRequest): readonly string[];
  /** Of one entry of the paper book. */
  ofEntry(entry: string): readonly string[];
  ofReport(report: VenueReport): readonly string[];
}

export function labelsFor(roles: ReadonlyMap<TradeId, Role>): Labels {
  const ownerOf = (trade: TradeId | null): string => (trade && roles.get(trade)) ?? "house";
  const named = (id: string, verb: string): string => {
    const name = readName(id);
    return name === null
      ? `house:${verb}`
      : `${ownerOf(name.trade)}:${verb}/${name.role}${name.tranche + 1}`;
  };
  const ofRequest = (request: VenueRequest): readonly string[] => [named(request.id, request.kind)];
  const ofEvent = (event: VenueEvent): readonly string[] => {
    if (event.kind === "request") return ofRequest(event.request);
    return [event.kind === "price" ? `price/${event.quote.instrument}` : event.kind];
  };
  return {
    ofRequest,
    ofEntry: (entry) => eventsOf(entry).flatMap(ofEvent),
    ofFact(fact) {
      const owner = factOwner(fact, roles, ownerOf);
      if (fact.kind !== "LegChangeAsked") return [`${owner}:${fact.kind}`];
      return [`${owner}:${fact.kind}`, `${owner}:${fact.leg}${fact.tranche + 1}/${fact.why}`];
    },
    ofReport(report) {
      if (report.kind === "answer") return [named(report.id, "answer")];
      if (report.kind === "snapshot") return ["snapshot"];
      if (report.kind === "link" || report.kind === "barred" || report.kind === "clock")
        return [report.kind];
      const { tag, parent, role } = report.kind === "fill" ? report.fill : report.order;
      return [`${ownerOf(tradeOfTag(parent ?? tag))}:${report.kind}/${role}`];
    },
  };
}

/** A scripted message is named after the trade it causes. */
function factOwner(
  fact: Fact,
  roles: ReadonlyMap<TradeId, Role>,
  ownerOf: (trade: TradeId | null) => string,
): string {
  if ("trade" in fact) return ownerOf(fact.trade);
  if (!("message" in fact)) return "house";
  return [...roles.values()].find((role) => role === fact.message.id) ?? "house";
}
