package locale

import (
	"time"

	"newsdesk/bot"
)

// Digests that a chat gets, and the channels that the bot is in.

// Subscriptions stands above the digests of a chat.
func Subscriptions() Message { return with("subscription.title") }

// SubscriptionsNone stands there when there are none.
func SubscriptionsNone() Message { return with("subscription.none") }

// SubscriptionTimes are the times of day of a digest.
func SubscriptionTimes() Message { return with("subscription.times") }

// SubscriptionDays are its weekdays.
func SubscriptionDays() Message { return with("subscription.days") }

// SubscriptionTopics is what it is about.
func SubscriptionTopics() Message { return with("subscription.topics") }

// SubscriptionLanguage is its language.
func SubscriptionLanguage() Message { return with("subscription.language") }

// SubscriptionItems is how many stories it tells.
func SubscriptionItems() Message { return with("subscription.items") }

// SubscriptionSilent is whether it comes without a sound.
func SubscriptionSilent() Message { return with("subscription.silent") }

// SubscriptionQuiet are the hours in which nothing is posted.
func SubscriptionQuiet() Message { return with("subscription.quiet") }

// SubscriptionApproved is whether a draft is approved first.
func SubscriptionApproved() Message { return with("subscription.approved") }

// SubscriptionWindow is how late it may be posted.
func SubscriptionWindow() Message { return with("subscription.window") }

// SubscriptionEmpty is what becomes of an empty period.
func SubscriptionEmpty() Message { return with("subscription.empty") }

// SubscriptionRule is what makes a story breaking news.
func SubscriptionRule() Message { return with("subscription.rule") }

// SubscriptionCalled is its title.
func SubscriptionCalled() Message { return with("subscription.called") }

// ValueEveryDay is all weekdays.
func ValueEveryDay() Message { return with("subscription.every_day") }

// ValueEverything is no bounds on topics.
func ValueEverything() Message { return with("subscription.everything") }

// ValueChatLanguage is the language of the chat.
func ValueChatLanguage() Message { return with("subscription.chat_language") }

// ValueNone is no quiet hours, or no title.
func ValueNone() Message { return with("subscription.value_none") }

// QuietPostAfter posts what falls into quiet hours when they end.
func QuietPostAfter() Message { return with("subscription.post_after") }

// QuietLeaveToNext leaves it to the next digest.
func QuietLeaveToNext() Message { return with("subscription.leave_to_next") }

// ValueSayEmpty says that nothing happened.
func ValueSayEmpty() Message { return with("subscription.say_empty") }

// ValueStaySilent posts nothing then.
func ValueStaySilent() Message { return with("subscription.stay_silent") }

// ChooseTimes asks for times of day.
func ChooseTimes() Message { return with("subscription.choose_times") }

// ChooseDays asks for weekdays.
func ChooseDays() Message { return with("subscription.choose_days") }

// ChooseTopics asks for topics.
func ChooseTopics() Message { return with("subscription.choose_topics") }

// ChooseDigestLanguage asks for the language of a digest.
func ChooseDigestLanguage() Message { return with("subscription.choose_language") }

// ChooseItems asks for a number of stories.
func ChooseItems() Message { return with("subscription.choose_items") }

// ChooseSilent asks whether posts make a sound.
func ChooseSilent() Message { return with("subscription.choose_silent") }

// ChooseQuiet asks for quiet hours.
func ChooseQuiet() Message { return with("subscription.choose_quiet") }

// ChooseApproved asks whether drafts are approved first.
func ChooseApproved() Message { return with("subscription.choose_approved") }

// ChooseWindow asks how late a digest may be posted.
func ChooseWindow() Message { return with("subscription.choose_window") }

// ChooseEmpty asks what becomes of an empty period.
func ChooseEmpty() Message { return with("subscription.choose_empty") }

// ChooseRule asks what makes a story breaking news.
func ChooseRule() Message { return with("subscription.choose_rule") }

// ChooseCalled asks for a title.
func ChooseCalled() Message { return with("subscription.choose_called") }

// AskDelete asks whether a digest is to be deleted.
func AskDelete() Message { return with("subscription.ask_delete") }

// BadTimes says that no times could be read.
func BadTimes() Message { return with("subscription.bad_times") }

// BadTopic says that a topic is too long, or that there are too many.
func BadTopic() Message { return with("subscription.bad_topic") }

// BadTitle says that a title is too long.
func BadTitle() Message { return with("subscription.bad_title") }

// PreviewOnly is the note under a preview.
func PreviewOnly() Message { return with("subscription.preview") }

// ChannelsYours says that channels have a button.
func ChannelsYours() Message { return with("subscription.channels") }

// ChannelDiscussion says how a channel's discussion group asks.
func ChannelDiscussion() Message { return with("subscription.discussion") }

// TestPost is the text of a test post.
func TestPost() Message { return with("subscription.test") }

// TestSent says that a test post is on its way.
func TestSent() Message { return with("press.test_sent") }

// DigestDeleted says that a digest was deleted.
func DigestDeleted() Message { return with("press.digest_deleted") }

// DigestGone answers a button of a digest that is not there.
func DigestGone() Message { return with("press.digest_gone") }

// ChannelGone answers a button of a channel that is not there.
func ChannelGone() Message { return with("press.channel_gone") }

// LastStays says that the last of several cannot be taken out.
func LastStays() Message { return with("press.last_stays") }

// ButtonNewDigest makes a digest.
func ButtonNewDigest() Message { return with("button.new_digest") }

// ButtonNewBreaking makes one of breaking news.
func ButtonNewBreaking() Message { return with("button.new_breaking") }

// ButtonPreview shows what a digest would say now.
func ButtonPreview() Message { return with("button.preview") }

// ButtonTestPost sends a test post.
func ButtonTestPost() Message { return with("button.test_post") }

// ButtonDelete deletes a digest.
func ButtonDelete() Message { return with("button.delete") }

// ButtonDigests shows the digests of a channel.
func ButtonDigests() Message { return with("button.digests") }

// SubscriptionsOf stands above the digests of a channel.
func SubscriptionsOf(chat string) Message {
	return with("subscription.title_of", strange("Chat", chat))
}

// SubscriptionName is what a digest without a title is called.
func SubscriptionName(n int) Message { return with("subscription.name", amount("N", n)) }

// SubscriptionNext says when it comes next.
func SubscriptionNext(at time.Time) Message { return with("subscription.next", moment("At", at)) }

// ValueTimes are times of day, in minutes after midnight.
func ValueTimes(minutes []int) Message {
	return with("subscription.value_times", walls("Times", minutes))
}

// ValueDays are weekdays.
func ValueDays(days []time.Weekday) Message {
	var names []Message
	for _, d := range days {
		names = append(names, Weekday(d))
	}
	return with("subscription.value_days", all("Days", names))
}

// Weekday is the short name of a weekday.
func Weekday(d time.Weekday) Message {
	switch d {
	case time.Monday:
		return with("weekday.monday")
	case time.Tuesday:
		return with("weekday.tuesday")
	case time.Wednesday:
		return with("weekday.wednesday")
	case time.Thursday:
		return with("weekday.thursday")
	case time.Friday:
		return with("weekday.friday")
	case time.Saturday:
		return with("weekday.saturday")
	}
	return with("weekday.sunday")
}

// ValueTopics are topics.
func ValueTopics(topics []string) Message {
	return with("subscription.value_topics", names("Topics", topics))
}

// ValueAtMost is a bound.
func ValueAtMost(n int) Message { return with("subscription.at_most", amount("N", n)) }

// ValueQuietMoved are quiet hours, in minutes after midnight, after which is posted
// what fell into them.
func ValueQuietMoved(from, to int) Message {
	return with("subscription.quiet_moved", wall("From", from), wall("To", to))
}

// ValueQuietSkipped are quiet hours after which it is left to the next digest.
func ValueQuietSkipped(from, to int) Message {
	return with("subscription.quiet_skipped", wall("From", from), wall("To", to))
}

// ValueLate is how many hours late a digest may be posted.
func ValueLate(hours int) Message { return with("subscription.late", amount("N", hours)) }

// ValueRule is what makes a story breaking news.
func ValueRule(origins, perDay int) Message {
	return with("subscription.value_rule", amount("Origins", origins), amount("PerDay", perDay))
}

// OriginsFrom is a button: from how many origins on a story is breaking news.
func OriginsFrom(n int) Message { return with("subscription.origins_from", amount("N", n)) }

// PerDay is a button: how many breaking news a day may have.
func PerDay(n int) Message { return with("subscription.per_day", amount("N", n)) }

// ChannelReady says that the bot is in a channel with the rights that it needs.
func ChannelReady(chat string) Message {
	return with("subscription.channel_ready", strange("Chat", chat))
}

// TooManyDigests says that a chat has n digests at most.
func TooManyDigests(n int) Message { return with("press.too_many_digests", amount("N", n)) }

// ForgottenDigests counts the digests that were deleted.
func ForgottenDigests(n int) Message { return counted("forget.digests", n) }

// wall is what a clock on the wall shows, in minutes after midnight.
func wall(name string, minutes int) map[string]argument {
	return map[string]argument{name: func(t Texts) []bot.Span { return own(t.Wall(minutes)) }}
}

// walls are several of them, listed.
func walls(name string, minutes []int) map[string]argument {
	return map[string]argument{name: func(t Texts) []bot.Span {
		var said [][]bot.Span
		for _, m := range minutes {
			said = append(said, own(t.Wall(m)))
		}
		return t.list(said)
	}}
}
