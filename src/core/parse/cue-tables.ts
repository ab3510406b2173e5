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
never   | -                | happy monday, happy tuesday, happy wednesday, happy thursday
never   | -                | happy friday, good monday, close above, close below, close over
never   | -                | close under, close to, close eye, if you, if filled, as i said
never   | -                | like i said, will not, last one of, last trade of, last alert of
never   | -                | one last, test of, testing the low, testing the lows, testing the high
never   | -                | testing the highs, testing the level, testing support
never   | -                | testing resistance, testing vwap, testing the overnight
`;

/** Count in the alert's own sentence, in front of contract and side. */
export const BEFORE = `
present | a recap          | earlier, previous, previously, flashback, best trade, review
present | a recap          | reviewing, results, last
present | a plan           | plan, planning, gameplan, looking, might, may, thinking, considering
present | a plan           | getting ready, next long, next short, next buy, next sell, next trade
present | a plan           | next entry, will, would, could, should, want, wanna, eyeing
present | a plan           | interested, potential, potentially, possible, possibly, maybe
present | a plan           | setup for, setups, levels, ideally, i'd, prefer
alarm   | a plan           | watching, wait, waiting, hoping, i like, i love
present | a status report  | still, holding, in profit, our stop, from our, ticks from
alarm   | a status report  | hold, currently, working, runner, riding
never   | an update        | cancel, cancels, close, closing, closed, exit, exiting, exited, trim
never   | an update        | trimmed, trimming, cover, covering, covered, scaling out, scale out
never   | an update        | scaled out, sold half, flatten, stopped, out of, move stop
never   | an update        | moving stop, move stops, move the stop, move my stop, raise stop
never   | an update        | raising stop, raise the stop, raise stops, trail stop, trailing stop
never   | an update        | stop to, reminder, execute, update, updated, amended, revised, edit
never   | an update        | edited, correction, disregard, scratch, stc, btc
never   | unsure: it may add to a position | add, adding, added, adds, average, averaging
never   | unsure: it may add to a position | averaged, scale in, scaling in, scaled in, doubling
never   | unsure: a position taken before? | i'm long, i'm short, im long, im short, been long
never   | unsure: a position taken before? | been short, we're long, we're short
never   | a quote          | said, says, wrote, writes, posted, posts, tweeted, quoted, quote
never   | a quote          | quoting, called, via, other room, another room, other server
never   | a quote          | another server, another channel, other channel, according, someone
never   | a quote          | somebody
never   | advice against it | never, don't, dont, do not, avoid, skip, skipping, instead of
alarm   | advice against it | not, no
alarm   | a caption        | chart, marked, fills, fill, filled
alarm   | conditional      | break, breaks, retest, retests, holds, triggers, reclaims, loses
alarm   | an example       | fake, dummy, mock
never   | a test           | test, testing
alarm   | a question       | wondering, asking, question
`;

/** Count anywhere in the alert's own sentence. */
export const SENTENCE = `
present | a recap          | yesterday, yesterday's, last week, last week's, last month
present | a recap          | last night, monday, tuesday, wednesday, thursday, friday, saturday
present | a recap          | sunday, monday's, tuesday's, wednesday's, thursday's, friday's, mon
present | a recap          | tue, wed, thu, fri, last monday, last friday, other day, ago, january
present | a recap          | february, march, april, june, july, august, september, october
present | a recap          | november, december, recap, throwback, trade of, stats, today's
present | a recap          | this week's, this morning's, went long, went short
alarm   | a recap          | was, were, this morning, this afternoon
present | a plan           | idea, ideas, tomorrow, tomorrow's, game plan, if we get, later
present | a plan           | on watch, radar, watchlist, at the open, on the open, after the open
present | a plan           | after cpi, after fomc
never   | a plan           | looks good, looks interesting, looks nice, looks tempting, looks like
never   | a plan           | would work
never   | a caption        | 📸, 📷, educational
never   | conditional      | if, unless, once, when, until, in case, otherwise, should we
never   | conditional      | should it, assuming, upon, on a break, on a reclaim, on a retest
never   | conditional      | on a hold, on break, on reclaim, on retest, as long as, only
never   | conditional      | confirmation
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
never   | unsure: not a plain market entry | limit, lmt, buy stop, sell stop, stop limit
never   | unsure: not a plain market entry | stop entry, at market, market order, mkt
never   | unsure: a roll instead of a size | roll, rolling, rolled
`;

/** Count anywhere behind contract and side, until the next alert. */
export const BEHIND = `
never   | a recap          | was yesterday's, was monday's, was tuesday's, was wednesday's
never   | a recap          | was thursday's, was friday's, was last, trade that was, what a trade
never   | a recap          | from yesterday, from last, from friday, from this morning
never   | hypothetical     | paper only, sim trade, sim only, on sim, in sim, on paper
never   | unsure: was it taken back? | delete that, delete this, wrong channel, wrong number
never   | unsure: was it taken back? | wrong numbers, wrong price, wrong stop, wrong side, nvm
never   | unsure: was it taken back? | nevermind, never mind, ignore it, ignore that, ignore above
never   | unsure: was it taken back? | ignore last, numbers ignore, meant short, meant long
never   | unsure: was it taken back? | meant to, typo, oops
`;

/** Count anywhere in the message. */
export const MESSAGE = `
never   | an example       | example, examples, sample, template, format, placeholder
never   | an example       | illustration, demo, alert looks like, alerts look like
never   | an example       | will look like, look like this, looks like this, signal looks like
never   | an example       | for practice, how to read, syntax
never   | a test           | test test, test alert, test message, test signal, test post
never   | a test           | test only, test please, test notification, test notifications
never   | a test           | test ping, this is a test, just a test, only a test, alert test
never   | a test           | system test, bot test, testing alerts, testing the bot
never   | a test           | testing notifications, testing testing, testing bot, testing webhook
never   | a test           | just testing
never   | taken back       | not taking, please ignore, ignore this
never   | an update        | stop change, stop update, trade update
never   | not live         | not in yet, not yet in, no trade yet, no entry yet, nothing active
never   | not live         | not an alert, not a signal, not a trade, not live
never   | not live         | will alert, when triggered, wait for the alert, wait for alert
never   | not live         | wait for my alert, wait for it, wait for confirmation, do not trade
never   | not live         | don't trade, don't follow, do not follow, don't take this
never   | not live         | do not take this, don't copy, do not copy
never   | conditional      | only if, only above, only below, only when, only once, only after
never   | conditional      | only on
never   | a quote          | forwarded, rt, retweet
never   | a caption        | screenshot, screenshots, my fills
never   | a profit report  | pnl
never   | a question       | thoughts ?, any thoughts, what do you think, opinions, still valid
never   | paper trading    | paper trade, paper traded, paper trading, sim account
never   | a command        | ignore all, ignore previous, ignore any, previous rules
never   | a command        | previous instructions, new instructions, system prompt, bot command
never   | a command        | your rules, your instructions, the instructions, all instructions
never   | a command        | as admin, drop table, delete from, insert into, placeorder, override
never   | a command        | assistant, sudo, developer mode, process env, trading bot, api key
never   | a command        | eval, curl
never   | advertising      | win rate, join our, join us, dm me, free trial, giveaway, subscribe
never   | advertising      | guaranteed profit, accuracy, free signals, vip signals
`;
