/**
 * The phrases themselves, as tables: when they lose force, what they mean, how they are worded.
 *
 * Four tables, by where a phrase has to stand to count. `cues.ts` explains the columns. A phrase
 * that becomes a nuisance is moved to a narrower table before it is deleted.
 */

/** Only look like cues: read first and passed over. */
export const IDIOMS = `
never   | -                | long story short, in short, short term, long term, short squeeze
never   | -                | long gamma, short gamma, no limit, limit risk, no news, no doubt
never   | -                | happy monday, happy tuesday, happy wednesday, happy thursday, happy friday
never   | -                | good monday, close above, close below, close over, close under, close to
never   | -                | close eye, if you, if filled, as i said, like i said, will not
never   | -                | last one of, last trade of, last alert of, one last
`;

/** Count in the alert's own sentence, in front of contract and side. */
export const BEFORE = `
present | a recap          | earlier, previous, previously, flashback, best trade, review, reviewing
present | a recap          | results, last
present | a plan           | plan, planning, gameplan, looking, might, may, thinking, considering
present | a plan           | getting ready, next long, next short, next buy, next sell, next trade
present | a plan           | next entry, will, would, could, should, want, wanna, eyeing, interested
present | a plan           | potential, potentially, possible, possibly, maybe, setup for, setups
present | a plan           | levels, ideally, i'd, prefer
alarm   | a plan           | watching, wait, waiting, hoping, i like, i love
present | a status report  | still, holding, in profit, our stop, from our, ticks from
alarm   | a status report  | hold, currently, working, runner, riding
never   | an update        | cancel, cancels, close, closing, closed, exit, exiting, exited, trim
never   | an update        | trimmed, trimming, cover, covering, covered, scaling out, scale out
never   | an update        | scaled out, sold half, flatten, stopped, out of, move stop, moving stop
never   | an update        | move stops, move the stop, move my stop, raise stop, raising stop
never   | an update        | raise the stop, raise stops, trail stop, trailing stop, stop to, reminder
never   | an update        | execute, update, updated, amended, revised, edit, edited, correction
never   | an update        | disregard, scratch, stc, btc
never   | unsure: it may add to a position    | add, adding, added, adds, average, averaging, averaged
never   | unsure: it may add to a position    | scale in, scaling in, scaled in, doubling
never   | unsure: a position taken before?    | i'm long, i'm short, im long, im short, been long
never   | unsure: a position taken before?    | been short, we're long, we're short
never   | a quote          | said, says, wrote, writes, posted, posts, tweeted, quoted, quote, quoting
never   | a quote          | called, via, other room, another room, other server, another server
never   | a quote          | another channel, other channel, according, someone, somebody
never   | advice against it | never, don't, dont, do not, avoid, skip, skipping, instead of
alarm   | advice against it | not, no
alarm   | a caption        | chart, marked, fills, fill, filled
alarm   | conditional      | break, breaks, retest, retests, holds, triggers, reclaims, loses
alarm   | an example       | fake, dummy, mock
alarm   | a question       | wondering, asking, question
`;

/** Count anywhere in the alert's own sentence. */
export const SENTENCE = `
present | a recap          | yesterday, yesterday's, last week, last week's, last month, last night
present | a recap          | monday, tuesday, wednesday, thursday, friday, saturday, sunday
present | a recap          | monday's, tuesday's, wednesday's, thursday's, friday's
present | a recap          | mon, tue, wed, thu, fri, last monday, last friday, other day, ago
present | a recap          | january, february, march, april, june, july, august, september
present | a recap          | october, november, december, recap, throwback, trade of, stats, today's
present | a recap          | this week's, this morning's, went long, went short
alarm   | a recap          | was, were, this morning, this afternoon
present | a plan           | idea, ideas, tomorrow, tomorrow's, game plan, if we get, later, on watch
present | a plan           | radar, watchlist, at the open, on the open, after the open, after cpi
present | a plan           | after fomc
never   | a plan           | looks good, looks interesting, looks nice, looks tempting, looks like
never   | a plan           | would work
never   | a caption        | 📸, 📷, educational
never   | conditional      | if, unless, once, when, until, in case, otherwise, should we, should it
never   | conditional      | assuming, upon, on a break, on a reclaim, on a retest, on a hold
never   | conditional      | on break, on reclaim, on retest, as long as, only, confirmation
never   | hypothetical     | had i, had we, had you, i had, would have, would've, would be
never   | hypothetical     | hypothetical, hypothetically, imagine, suppose, pretend, let's say
never   | hypothetical     | what if, if only, in theory, theoretical, should've, could've
never   | hypothetical     | could have, should have, paper, sim, simulated, simulator, practice
never   | hypothetical     | backtest, backtested, backtesting, replay
never   | a status report  | unchanged, no change, stays, remains, still in, still holding
never   | a status report  | still open, still on, working, running, in play, filled, triggered
never   | a status report  | risk free, in profit
never   | an update        | cancelled, canceled, cancel, void, voided, invalidated
never   | an example       | for instance, such as, means
never   | a question       | yes or no
never   | unsure: not a plain market entry    | limit, lmt, buy stop, sell stop, stop limit, stop entry
never   | unsure: not a plain market entry    | at market, market order, mkt, roll, rolling, rolled
`;

/** Count anywhere behind contract and side, until the next alert. */
export const BEHIND = `
never   | a recap          | was yesterday's, was monday's, was tuesday's, was wednesday's
never   | a recap          | was thursday's, was friday's, was last, trade that was, what a trade
never   | a recap          | from yesterday, from last, from friday, from this morning
never   | hypothetical     | paper only, sim trade, sim only, on sim, in sim, on paper
never   | unsure: was it taken back?          | delete that, delete this, wrong channel, wrong number
never   | unsure: was it taken back?          | wrong numbers, wrong price, wrong stop, wrong side, nvm
never   | unsure: was it taken back?          | nevermind, never mind, ignore it, ignore that, ignore above
never   | unsure: was it taken back?          | ignore last, numbers ignore, meant short, meant long
never   | unsure: was it taken back?          | meant to, typo, oops
`;

/** Count anywhere in the message. */
export const MESSAGE = `
never   | an example       | example, examples, sample, template, format, placeholder, illustration
never   | an example       | demo, alert looks like, alerts look like, will look like, look like this
never   | an example       | looks like this, signal looks like, for practice, how to read, syntax
never   | a test           | test test, test alert, test message, test signal, test post, test only
never   | a test           | test please, test notification, test notifications, test ping
never   | a test           | this is a test, just a test, only a test, alert test, system test
never   | a test           | bot test, testing alerts, testing the bot, testing notifications
never   | a test           | testing testing, testing bot, testing webhook, just testing
never   | a test           | please ignore, ignore this
never   | an update        | stop change, stop update, trade update
never   | not live         | not in yet, not yet in, no trade yet, no entry yet, nothing active
never   | not live         | not an alert, not a signal, not a trade, not live, not taking
never   | not live         | will alert, when triggered, wait for the alert, wait for alert
never   | not live         | wait for my alert, wait for it, wait for confirmation
never   | not live         | do not trade, don't trade, don't follow, do not follow, don't take this
never   | not live         | do not take this, don't copy, do not copy
never   | conditional      | only if, only above, only below, only when, only once, only after
never   | conditional      | only on
never   | a quote          | forwarded, rt, retweet
never   | a caption        | screenshot, screenshots, my fills, pnl
never   | a question       | thoughts ?, any thoughts, what do you think, opinions, still valid
never   | paper trading    | paper trade, paper traded, paper trading, sim account
never   | a command        | ignore all, ignore previous, ignore any, previous rules
never   | a command        | previous instructions, new instructions, system prompt, bot command
never   | a command        | as admin, drop table, delete from, insert into, placeorder, override
never   | a command        | assistant, sudo, developer mode, process env, trading bot, api key
never   | a command        | eval, curl
never   | advertising      | win rate, join our, join us, dm me, free trial, giveaway, subscribe
never   | advertising      | guaranteed profit, accuracy, free signals, vip signals
`;
