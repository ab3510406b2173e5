/**
 * The words of an update, by the part they play: every part is one letter, so that a sentence
 * becomes a short code and the ways to say a thing become a table of shapes (`update-shapes.ts`).
 *
 * ```text
 * Took half off at 6333, moving my stop to BE    ──►    k Q O @ P , M S > B
 * ```
 *
 * A word that is on none of these lists makes us unsure of the whole sentence: nobody can list all
 * the ways to talk about stops and exits that are not meant. Growing the vocabulary is editing here.
 */

import { type Entry, entryOf, type Phrase, STRANGE_PART } from "./dictionary.ts";
import { OPENING_MARK } from "./marks.ts";

/** Parts of more than one word; read before single words, the longest first. */
const PHRASES = `
S | stop loss, stop losses
n | from here, from now on
E | everyone still in, everybody still in, those still in, anyone still in
G | in profit, in the green, in the red
Y | the last one, last one
B | break even, break - even, brake even
b | entry price, our entry, my entry, your entry, cost basis, average entry, avg entry, the entry
j | should read, should be, was meant to be
H | in the bag, in the books, in the money, taken out, got hit, has been hit, is hit, been hit
z | risk free, risk - free
g | never mind
C | no longer valid, not valid anymore, no longer active
A | limit order, limit orders, buy order, sell order
w | letting it ride, let it ride
K | scale out, scaling out, scaled out
a | 100 %
V | that is, there is, there goes
. | no harm, no harm done, no foul, no fill, no fills, no worries, no problem, no big deal
. | no damage, no stress, no loss, not filled, didn't fill, did not fill, never filled, never got filled
. | nothing else to do, if you haven't already, if you haven't yet, if you haven't, if you have not
. | if not already, if you're still in, if you are still in, if still in, if you want, if you like
. | the table, on to the next one, on to the next, onto the next, moving on, at market, nice move
. | good move, great move, great entry, nice entry, good entry, nice exit, good exit, great exit
. | at the market, of the position, wrong number, wrong price, wrong numbers, wrong stop
. | wrong symbol, bad price, bad numbers, took the l, took an l, to lock in profit, to lock in profits
. | to lock in gains, to lock in some, my bad, paying myself, pay yourself, pay yourselves, pay myself, paid myself
. | lock it in, locking it in, let's go, lets go, here we go, into strength, into weakness
. | the trade off, sl zone, let's move on, take the win, taking the win, nothing wrong with that
? | so close, too close, very close, close to, close enough, close one, close call, that close
? | half time, half day, half price, lighten up, off the bat, out there, no stop, free trade
? | its gains, its losses, their gains, their losses, early gains, early losses
? | right at, be patient, buy stop, sell stop, stop limit, stop order
`;

/** Single words. */
const WORDS = `
S | stop stops sl stoploss stp stps stoplosses
M | move moves moved moving raise raised raising lower lowered lowering bring bringing brought
M | adjust adjusted adjusting tighten tightened tightening change changed changing set setting put
M | putting slide sliding slid bump bumped bumping drag dragging shift shifted shifting new amend amended revised sliding go goes going
U | update updated updating
m | trail trailing trailed
B | be breakeven
b | entry cost even entries
f | flat flt
> | to
@ | at @ : = near around into
n | now here currently anymore
i | is are has have being
h | got gets get getting
v | was were
u | up down higher tighter further
F | from
j | reads
y | some bit little few
q | partial partials
K | trim trims trimmed trimming peel peeled peeling scale scaled scaling reduce reduced reducing
K | lightened lightening
k | take takes took taking taken sell sells selling sold book booked booking bank banked banking
k | lock locked locking grab grabbed
X | close closed closing exit exited exiting exits flatten flattened flattening cover covered
X | covering dump dumped dumping bail bailed bailing cut cutting liquidate liquidated liquidating
o | out
O | off
r | rest remainder remaining runner runners balance
R | position positions trade trades everything it them contracts piece pieces
s | longs shorts
a | all fully completely entirely totally
L | target tp tgt
H | hit hits tagged reached smashed done filled touched printed complete completed achieved nailed
H | crushed secured met paid triggered banked
C | cancel cancels cancelled canceled cancelling canceling void voided voiding disregard disregarded
C | retract retracted withdraw withdrawn invalidated invalid nullified annulled
c | scratch
e | scratched scratching
p | pull pulled pulling remove removed removing kill killed killing delete deleted yank yanked
g | ignore skip skipping nevermind
A | alert alerts signal call order orders limit setup post message
Y | last one previous first
G | loss losses win wins winner profit gain
d | that this
D | stopped
N | not
V | that's thats there's
E | everyone everybody traders
w | letting let leaving leave left holding hold keep keeping riding ride
l | looking watching waiting will targeting aiming expecting hoping next want
, | and then but plus
`;

/** Change nothing wherever they stand. */
const HARMLESS = `
  the a an my our your its their i we you me us i'm im we're i've we've of on for with in by
  as well just too also again already so please pls plz ok okay alright yes yep yeah right there
  good great nice nicely well beautiful lovely sweet perfect solid clean easy awesome excellent
  amazing fantastic wow boom bang lol haha cheers thanks thank congrats congratulations gg
  job work trading winners gains profits green money points point pts pt
  ticks tick handles handle loss small tiny little safe safely free risk guys team folks all
  crew fam gang friends gents ladies gm hey hello hi good morning afternoon evening everyone
  alert alerts update updates trade futures quick quickly fast ahead full final
  another second pretty super very really much more patience patient enjoy play start
  typo sorry oops apologies correction correcting corrected edit edited note heads
  up manage managed management yourselves yourself protect protected protecting myself
  size strength weakness move pop bounce push spike squeeze flush zone level spot lod hod high
  highs low lows long short boys people y'all
  portion part chunk quickly immediately asap swing scalp gamma lotto
  contract lot lots tranche fine cool luck lucky damn let's lets fill price nvm
`;

/** Not understood: the sentence may say anything. */
export const STRANGE = STRANGE_PART;
/** Understood, and of no weight. */
export const WEIGHTLESS = ".";

type Row = readonly [part: string, words: string];

const rowsOf = (table: string): readonly Row[] =>
  table
    .split("\n")
    .filter((row) => row !== "")
    .map((row) => [row.charAt(0), row.slice(4)]);

const wordsOf = (list: string): readonly string[] => list.trim().split(/\s+/);

const PARTS: ReadonlyMap<string, string> = new Map([
  ...wordsOf(HARMLESS).map((word) => [word, WEIGHTLESS] as const),
  ...rowsOf(WORDS).flatMap(([part, list]) => wordsOf(list).map((word) => [word, part] as const)),
]);

/** The single words that have a part to play. */
export const UPDATE_WORDS: readonly string[] = [...PARTS].flatMap(([word, part]) =>
  part !== WEIGHTLESS && part !== STRANGE && /^[a-z][a-z']+$/.test(word) ? [word] : [],
);

/** The part of a word; a strange one is said to be so. */
export const partOf = (word: string): string => PARTS.get(word) ?? STRANGE;

for (const [word, part] of PARTS) entryOf(word).part = part;

for (const [part, list] of rowsOf(PHRASES)) {
  for (const phrase of list.split(", ")) {
    const words = phrase.split(" ").map(entryOf);
    const first = words[0] as Entry;
    first.marks |= OPENING_MARK;
    first.phrases = [...first.phrases, { words, part }].toSorted(byLength);
  }
}

/** The longest first. */
function byLength(one: Phrase, other: Phrase): number {
  return other.words.length - one.words.length;
}
