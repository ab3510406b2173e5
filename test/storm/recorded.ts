/**
 * Seeds that broke something once, and what it was. They are played in every test run.
 *
 * The same seed is another storm once the program acts otherwise, so each of these has a unit test or
 * a scenario as well; what they are worth is that they cost nothing and have found something before.
 */
export const RECORDED: ReadonlyMap<number, string> = new Map([
  [885035179, "a market order was executed 56 s after it was given up, beside five contracts"],
  [444355506, "a trade that two fills of one close put on again was taken out of the cash twice"],
  [
    2444612983,
    "a close by hand met a leg, and what was sold too much was dropped and never bought back",
  ],
  [
    2314453403,
    "stop and target of a bracket that nobody links filled both; bought back a look late",
  ],
  [
    1000000014,
    "two accounts by turns, deaf: each list came just after a cancel was asked for again",
  ],
  [1000000697, "the same with other faults"],
  [1000000993, "an entry filled beside the stop that had filled, and waited a turn for its own"],
  [
    2260295377,
    "two trades of either side were reversed at once, and the venue held nothing to close",
  ],
  [822, "our close met the stop and a second close bought it back, and nobody heard of either"],
  [
    1878338210,
    "a size that was not answered was asked for again as it had been before, to and fro, for ever",
  ],
  [
    2314451509,
    "the part of a tranche whose target was gone was never closed, and its stop was small meanwhile",
  ],
  [
    2150208390,
    "a list older than the end of a trade agreed, and its cash was taken over after a start",
  ],
  [
    1748569479,
    "halves of a trade that made up for each other were taken for an opponent, by the storm itself",
  ],
]);

/** The same at the wire. */
export const RECORDED_WIRE: ReadonlyMap<number, string> = new Map([
  [
    2755134002,
    "a new run took over cash from before a fill of seconds ago, and missed it ever after",
  ],
  [484, "the same with a figure twice as old as any answer of that stand-in may be"],
  [2755134049, "two accounts were looked at first while a third had half an entry and no stop yet"],
  [
    5000255,
    "entries of three accounts used up the minute of a login that had looked at nothing all the while",
  ],
  [9000038, "a refusal ordered for a change that never left met another one minutes later"],
  [
    2450053794,
    "a fill of which only its trade was missing waited thirty seconds behind looks at accounts in trouble",
  ],
  [353, "calls for stops of three accounts left none to find a fill that nobody had told of"],
]);
