/**
 * What the venue calls our contracts, and what we call its.
 *
 * ```text
 * MESZ26  ◄──►  CON.F.US.MES.Z26          the venue's roots often differ from the exchange's:
 * ESZ26   ◄──►  CON.F.US.EP.Z26           ES is EP, NQ is ENQ, 6E is EU6
 * ```
 *
 * The two names hold the same things, so each can be told from the other without a list. That is
 * what keeps a position readable and closable whose contract is no longer the active one. It says
 * nothing about whether a contract exists or may be traded: that is asked of the venue.
 *
 * Roots as the venue listed them in August 2026; M6E is as the exchange calls it, not seen there.
 */
import { contractCode } from "../../core/model/expiry.ts";
import type { Instrument, Root } from "../../core/model/instrument.ts";
import { INSTRUMENTS, instrumentOf, isRoot } from "../../core/model/instruments.ts";

/** A contract both sides know. */
export interface KnownContract {
  /** `CON.F.US.MES.Z26`. */
  readonly id: string;
  /** `MESZ26`. */
  readonly code: string;
  readonly instrument: Instrument;
}

const VENUE_ROOTS: Readonly<Record<Root, string>> = {
  ES: "EP",
  MES: "MES",
  NQ: "ENQ",
  MNQ: "MNQ",
  YM: "YM",
  MYM: "MYM",
  RTY: "RTY",
  M2K: "M2K",
  CL: "CLE",
  MCL: "MCLE",
  NG: "NGE",
  GC: "GCE",
  MGC: "MGC",
  SI: "SIE",
  SIL: "SIL",
  ZB: "USA",
  ZN: "TYA",
  ZF: "FVA",
  ZT: "TUA",
  "6E": "EU6",
  M6E: "M6E",
};

const ROOTS: ReadonlyMap<string, Root> = new Map(
  Object.keys(INSTRUMENTS)
    .filter(isRoot)
    .map((root) => [VENUE_ROOTS[root], root]),
);

const ID = /^CON\.F\.US\.([A-Z0-9]{1,6})\.([FGHJKMNQUVXZ])(\d\d)$/;
const CODE = /^([A-Z0-9]{2,3})([FGHJKMNQUVXZ])(\d\d)$/;

/** `F.US.EP`: what all contracts of a product have in common there. */
export const symbolIdOf = (root: Root): string => `F.US.${VENUE_ROOTS[root]}`;

/** Null for products we do not know, and for names of another make. */
export function contractOfId(id: string): KnownContract | null {
  const [, venueRoot = "", month = "", year = ""] = ID.exec(id) ?? [];
  const root = ROOTS.get(venueRoot);
  return root === undefined ? null : known(root, month, year);
}

export function contractOfCode(code: string): KnownContract | null {
  const [, root = "", month = "", year = ""] = CODE.exec(code) ?? [];
  return isRoot(root) ? known(root, month, year) : null;
}

/** Null for a month in which the exchange lists none. */
function known(root: Root, month: string, year: string): KnownContract | null {
  const instrument = instrumentOf(root);
  if (!instrument.months.includes(month)) return null;
  const number = "FGHJKMNQUVXZ".indexOf(month) + 1;
  return {
    id: `CON.${symbolIdOf(root)}.${month}${year}`,
    code: contractCode(root, 2000 + Number(year), number),
    instrument,
  };
}
