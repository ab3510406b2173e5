/**
 * Phrases that turn the words of an alert into something else: a recap, a plan, a question.
 *
 * A cue counts only in a certain place, for "Yesterday was good." above an alert changes nothing:
 *
 * ```text
 * before    in the alert's own sentence, in front of contract and side
 * sentence  anywhere in the alert's own sentence
 * message   anywhere at all
 * ```
 *
 * Some lose their force before the alert begins: at "..., today" and "..., now" the author has come
 * to the present, and after talk about the market a 🚨 starts something new. Idioms that only look
 * like a cue have no reason; they are read first and passed over.
 */
export interface Cue {
  readonly words: readonly string[];
  /** Null: an idiom without meaning for us. */
  readonly reason: string | null;
  readonly until: Until;
}

/** What ends the force of a cue: nothing, a word of the present, or that or an alarm sign. */
export type Until = "never" | "present" | "alarm";

/** Cues by their first word, the longest first. */
export type CueIndex = ReadonlyMap<string, readonly Cue[]>;

interface CueList {
  readonly reason: string | null;
  readonly until: Until;
  /** Separated by `|`. */
  readonly cues: string;
}

const idioms = (cues: string): CueList => ({ reason: null, until: "never", cues });
const always = (reason: string, cues: string): CueList => ({ reason, until: "never", cues });
const present = (reason: string, cues: string): CueList => ({ reason, until: "present", cues });
const talk = (reason: string, cues: string): CueList => ({ reason, until: "alarm", cues });

const IDIOMS: readonly CueList[] = [
  idioms("long story short|in short|short term|long term|short squeeze|long gamma|short gamma"),
  idioms("happy monday|happy tuesday|happy wednesday|happy thursday|happy friday|good monday"),
  idioms("close above|close below|close over|close under|close to|close eye|no limit|limit risk"),
  idioms("if you|if filled|as i said|like i said|no news|no doubt"),
  idioms("last one of|last trade of|last alert of|one last|will not|won't"),
];

const BEFORE: readonly CueList[] = [
  present(
    "a recap",
    "earlier|previous|previously|flashback|best trade|review|reviewing|results|last",
  ),
  present("a plan", "plan|planning|gameplan|looking|might|may|thinking|considering|getting ready"),
  present(
    "a plan",
    "next long|next short|next buy|next sell|next trade|next entry|will|would|could",
  ),
  present("a plan", "want|wanna|eyeing|interested|potential|potentially|possible|possibly|maybe"),
  present("a plan", "should|setup for|setups|levels|ideally|i'd|prefer"),
  talk("a plan", "watching|wait|waiting|hoping|i like|i love"),
  present("a status report", "still|holding|in profit|our stop|from our|ticks from"),
  talk("a status report", "hold|currently|working|runner|riding"),
  always(
    "an update",
    "cancel|cancels|close|closing|closed|exit|exiting|exited|trim|trimmed|trimming",
  ),
  always("an update", "cover|covering|covered|scaling out|scale out|scaled out|sold half|flatten"),
  always("an update", "stopped|out of|move stop|moving stop|move stops|move the stop|move my stop"),
  always(
    "an update",
    "raise stop|raising stop|raise the stop|raise stops|trail stop|trailing stop",
  ),
  always(
    "an update",
    "stop to|update|updated|amended|revised|edit|edited|correction|disregard|scratch|stc|btc",
  ),
  always("unsure: it may add to a position", "add|adding|added|adds|average|averaging|averaged"),
  always("unsure: it may add to a position", "scale in|scaling in|scaled in|doubling"),
  always("unsure: a position taken before?", "i'm long|i'm short|im long|im short|been long"),
  always("unsure: a position taken before?", "we're long|we're short|been short"),
  always("a quote", "said|says|wrote|writes|posted|posts|tweeted|quoted|quote|quoting|called|via"),
  always("a quote", "other room|another room|according"),
  always("advice against it", "never|don't|dont|do not|avoid|skip|skipping|instead of"),
  talk("advice against it", "not|no"),
  talk("a caption", "chart|marked|fills|fill|filled"),
  talk("conditional", "break|breaks|retest|retests|holds|triggers|reclaims|loses"),
  talk("an example", "fake|dummy|mock"),
  talk("a question", "wondering|asking|question"),
];

const SENTENCE: readonly CueList[] = [
  present(
    "a recap",
    "yesterday|yesterday's|last week|last week's|last month|last night|last friday",
  ),
  present(
    "a recap",
    "last monday|monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tue",
  ),
  present("a recap", "wed|thu|fri|recap|throwback|trade of|this week's|this morning's|other day"),
  present("a recap", "went long|went short|today's|ago|stats"),
  talk("a recap", "was|were|this morning|this afternoon"),
  present("a plan", "idea|ideas|tomorrow|tomorrow's|game plan|if we get|later|on watch|radar"),
  present("a plan", "watchlist|at the open|on the open|after the open|after cpi|after fomc"),
  present("a recap", "monday's|tuesday's|wednesday's|thursday's|friday's|january|february|march"),
  present("a recap", "april|june|july|august|september|october|november|december"),
  always("a caption", "\u{1F4F8}|\u{1F4F7}"),
  always("a plan", "looks good|looks interesting|looks nice|looks tempting|looks like|would work"),
  always("conditional", "if|unless|once|when|until|in case|otherwise|should we|should it|assuming"),
  always("conditional", "upon|on a break|on a reclaim|on a retest|on a hold|on break|on reclaim"),
  always("conditional", "on retest|as long as|only|confirmation"),
  always("hypothetical", "had i|had we|had you|i had|would have|would've|would be|hypothetical"),
  always("hypothetical", "hypothetically|imagine|suppose|pretend|paper|sim|simulated|backtest"),
  always("hypothetical", "backtested|backtesting|let's say|what if|in theory|theoretical|replay"),
  always("hypothetical", "simulator|practice|should've|could've|could have|should have|if only"),
  always("a status report", "unchanged|no change|stays|remains|still in|still holding|still open"),
  always(
    "a status report",
    "still on|working|running|in play|filled|triggered|risk free|in profit",
  ),
  always("an update", "cancelled|canceled|cancel|void|voided|invalidated"),
  always("an example", "for instance|such as|means"),
  always("a question", "yes or no"),
  always("unsure: not a plain market entry", "limit|lmt|buy stop|sell stop|stop limit|stop entry"),
  always("unsure: not a plain market entry", "at market|market order|mkt|roll|rolling|rolled"),
];

const MESSAGE: readonly CueList[] = [
  always("an example", "example|examples|sample|template|format|placeholder|illustration|demo"),
  always(
    "an example",
    "educational|alert looks like|alerts look like|will look like|look like this",
  ),
  always("an example", "looks like this|signal looks like|for practice|how to read|syntax"),
  always("a test", "test test|test alert|test message|test signal|test post|test only|test please"),
  always("a test", "test notification|test notifications|test ping|this is a test|just a test"),
  always("a test", "only a test|alert test|system test|bot test|testing alerts|testing the bot"),
  always(
    "a test",
    "testing notifications|testing testing|testing bot|testing webhook|just testing",
  ),
  always("a test", "please ignore|ignore this"),
  always("an update", "stop change|stop update|trade update|reminder"),
  always("not live", "not in yet|not yet|no trade yet|nothing active|not an alert|not a signal"),
  always("not live", "not a trade|not live|not taking|will alert|wait for|when triggered"),
  always("not live", "do not trade|don't trade|don't follow|do not follow|don't take this"),
  always("not live", "do not take this|don't copy|do not copy"),
  always("conditional", "only if|only above|only below|only when|only once|only after|only on"),
  always("a quote", "forwarded|rt|retweet"),
  always("a caption", "screenshot|screenshots|my fills|pnl"),
  always("a question", "thoughts|what do you think|opinions|still valid"),
  always("paper trading", "paper trade|paper traded|paper trading|sim account"),
  always("a command", "ignore all|ignore previous|ignore any|previous rules|previous instructions"),
  always("a command", "system prompt|bot command|as admin|drop table|delete from|insert into"),
  always("a command", "placeorder|override|assistant|sudo|developer mode|process env|execute"),
  always("a command", "you must|trading bot|new instructions|api key|script|eval|curl"),
  always("advertising", "win rate|join our|join us|dm me|free trial|giveaway|guaranteed|subscribe"),
  always("advertising", "accuracy|free signals|vip signals"),
];

function indexOf(lists: readonly CueList[]): CueIndex {
  const cues = [...IDIOMS, ...lists].flatMap(({ reason, until, cues: listed }) =>
    listed.split("|").map((cue): Cue => ({ words: cue.split(" "), reason, until })),
  );
  const index = new Map<string, Cue[]>();
  for (const cue of cues.toSorted((a, b) => b.words.length - a.words.length)) {
    const first = String(cue.words[0]);
    index.set(first, [...(index.get(first) ?? []), cue]);
  }
  return index;
}

export const BEFORE_CUES: CueIndex = indexOf(BEFORE);
export const SENTENCE_CUES: CueIndex = indexOf(SENTENCE);
export const MESSAGE_CUES: CueIndex = indexOf(MESSAGE);

/** First words that make a question without any question mark. */
export const QUESTION_OPENERS: ReadonlySet<string> = new Set(
  [
    "is are am did do does should anyone anybody any who what why how where which can could would",
    "has who's what's isn't aren't didn't",
  ]
    .join(" ")
    .split(" "),
);
