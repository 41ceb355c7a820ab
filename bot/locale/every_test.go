package locale

import (
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"

	"newsdesk/bot"
	"newsdesk/corpus"
)

var (
	// larks are names of strangers, of both directions; each holds "Lark".
	larks = []string{"The Lark", "صباح Lark", "Čáp & Lark"}
	// larkLinks are the same with links.
	larkLinks = []bot.Span{{Text: larks[0], Link: "https://lark.example/1"}, {Text: larks[1]}, {Text: larks[2], Link: "https://lark.example/3"}}
	// ownNames are the messages whose names are the program's own.
	ownNames = []string{"ValueNamed", "ValueOwnZone", "ZoneKept", "Status"}

	at     = time.Date(2025, 1, 17, 8, 5, 0, 0, time.UTC)
	extent = corpus.Extent{Articles: 5312, Outlets: 23, From: at, To: at.AddDate(0, 1, 2)}
)

// every is each message there is, with arguments of both directions.
var every = map[string]Message{
	"CommandOutlets":       CommandOutlets(),
	"HelpOutlets":          HelpOutlets(),
	"Outlets":              Outlets(),
	"OutletsNone":          OutletsNone(),
	"PrivatelyOnly":        PrivatelyOnly(),
	"OutletNewest":         OutletNewest(at),
	"OutletActive":         OutletActive(),
	"OutletPaused":         OutletPaused(),
	"OutletSilent":         OutletSilent(),
	"OutletProblem":        OutletProblem("The Lark"),
	"OutletAsked":          OutletAsked(at),
	"OutletHome":           OutletHome(),
	"OutletFeed":           OutletFeed("https://Lark.example/feed"),
	"AskAddress":           AskAddress(),
	"OutletFound":          OutletFound("https://Lark.example/feed"),
	"OutletNotFound":       OutletNotFound("https://Lark.example/feed", "The Lark"),
	"OutletAdded":          OutletAdded("The Lark"),
	"OutletKnown":          OutletKnown("The Lark"),
	"OutletBadName":        OutletBadName("The Lark"),
	"AskName":              AskName(),
	"OutletRenamed":        OutletRenamed("The Lark"),
	"AskRemove":            AskRemove("The Lark"),
	"OutletRemoved":        OutletRemoved("The Lark"),
	"OutletGone":           OutletGone(),
	"SearchAgain":          SearchAgain(),
	"ButtonAdd":            ButtonAdd(),
	"ButtonAddThis":        ButtonAddThis("The Lark"),
	"ButtonPause":          ButtonPause(),
	"ButtonResume":         ButtonResume(),
	"ButtonRename":         ButtonRename(),
	"ButtonRemove":         ButtonRemove(),
	"CommandStory":         CommandStory(),
	"HelpStory":            HelpStory(),
	"LatestStories":        LatestStories(),
	"LatestStoriesOf":      LatestStoriesOf("The Lark"),
	"LatestStoriesAbout":   LatestStoriesAbout("The Lark"),
	"CountOutlets":         CountOutlets(5312),
	"CountOrigins":         CountOrigins(5312),
	"StoryCounts":          StoryCounts(3, 2, []Message{OriginAgency("The Lark"), OriginOwn(2), OriginPress()}),
	"OriginAgency":         OriginAgency("The Lark"),
	"OriginOwn":            OriginOwn(2),
	"OriginPress":          OriginPress(),
	"StoryOrigin":          StoryOrigin(OriginPress(), larks),
	"StoryOrigins":         StoryOrigins(),
	"StoryAdds":            StoryAdds(),
	"StoryDiffers":         StoryDiffers(),
	"StoryLater":           StoryLater(),
	"StoryDenied":          StoryDenied(),
	"StoryMore":            StoryMore(5312),
	"StoryGone":            StoryGone(),
	"StoryUsage":           StoryUsage(),
	"ButtonStory":          ButtonStory(5312),
	"Subscriptions":        Subscriptions(),
	"SubscriptionsNone":    SubscriptionsNone(),
	"SubscriptionTimes":    SubscriptionTimes(),
	"SubscriptionDays":     SubscriptionDays(),
	"SubscriptionTopics":   SubscriptionTopics(),
	"SubscriptionLanguage": SubscriptionLanguage(),
	"SubscriptionItems":    SubscriptionItems(),
	"SubscriptionSilent":   SubscriptionSilent(),
	"SubscriptionQuiet":    SubscriptionQuiet(),
	"SubscriptionApproved": SubscriptionApproved(),
	"SubscriptionWindow":   SubscriptionWindow(),
	"SubscriptionEmpty":    SubscriptionEmpty(),
	"SubscriptionRule":     SubscriptionRule(),
	"SubscriptionCalled":   SubscriptionCalled(),
	"ValueEveryDay":        ValueEveryDay(),
	"ValueEverything":      ValueEverything(),
	"ValueChatLanguage":    ValueChatLanguage(),
	"ValueNone":            ValueNone(),
	"QuietPostAfter":       QuietPostAfter(),
	"QuietLeaveToNext":     QuietLeaveToNext(),
	"ValueSayEmpty":        ValueSayEmpty(),
	"ValueStaySilent":      ValueStaySilent(),
	"ChooseTimes":          ChooseTimes(),
	"ChooseDays":           ChooseDays(),
	"ChooseTopics":         ChooseTopics(),
	"ChooseDigestLanguage": ChooseDigestLanguage(),
	"ChooseItems":          ChooseItems(),
	"ChooseSilent":         ChooseSilent(),
	"ChooseQuiet":          ChooseQuiet(),
	"ChooseApproved":       ChooseApproved(),
	"ChooseWindow":         ChooseWindow(),
	"ChooseEmpty":          ChooseEmpty(),
	"ChooseRule":           ChooseRule(),
	"ChooseCalled":         ChooseCalled(),
	"AskDelete":            AskDelete(),
	"BadTimes":             BadTimes(),
	"BadTopic":             BadTopic(),
	"BadTitle":             BadTitle(),
	"PreviewOnly":          PreviewOnly(),
	"ChannelsYours":        ChannelsYours(),
	"ChannelDiscussion":    ChannelDiscussion(),
	"TestPost":             TestPost(),
	"TestSent":             TestSent(),
	"DigestDeleted":        DigestDeleted(),
	"DigestGone":           DigestGone(),
	"ChannelGone":          ChannelGone(),
	"LastStays":            LastStays(),
	"ButtonNewDigest":      ButtonNewDigest(),
	"ButtonNewBreaking":    ButtonNewBreaking(),
	"ButtonPreview":        ButtonPreview(),
	"ButtonTestPost":       ButtonTestPost(),
	"ButtonDelete":         ButtonDelete(),
	"ButtonDigests":        ButtonDigests(),
	"CommandDigest":        CommandDigest(),
	"HelpDigest":           HelpDigest(),
	"SubscriptionsOf":      SubscriptionsOf("The Lark"),
	"SubscriptionName":     SubscriptionName(5312),
	"SubscriptionNext":     SubscriptionNext(at),
	"ValueTimes":           ValueTimes([]int{480, 1110}),
	"ValueDays":            ValueDays([]time.Weekday{time.Monday, time.Sunday}),
	"Weekday":              Weekday(time.Monday),
	"ValueTopics":          ValueTopics(larks),
	"ValueAtMost":          ValueAtMost(5312),
	"ValueQuietMoved":      ValueQuietMoved(1320, 420),
	"ValueQuietSkipped":    ValueQuietSkipped(1320, 420),
	"ValueLate":            ValueLate(3),
	"ValueRule":            ValueRule(3, 5),
	"OriginsFrom":          OriginsFrom(3),
	"PerDay":               PerDay(3),
	"ChannelReady":         ChannelReady("The Lark"),
	"TooManyDigests":       TooManyDigests(20),
	"ForgottenDigests":     ForgottenDigests(5312),
	"GroupClosedAgain":     GroupClosedAgain(),
	"GroupStaysOpen":       GroupStaysOpen(),
	"ForgottenUsage":       ForgottenUsage(5312),
	"NoteSides":            NoteSides(5312),
	"NoteCopies":           NoteCopies(larks),
	"NoteClosest":          NoteClosest("The Lark"),
	"NoteTranslated":       NoteTranslated(),
	"NoteOriginal":         NoteOriginal(),
	"NoteReadSince":        NoteReadSince("The Lark", at),
	"NoteWithin":           NoteWithin(at, at.AddDate(0, 0, 6)),
	"NoteSince":            NoteSince(at),
	"NoteBefore":           NoteBefore(at),
	"NoteNoEvent":          NoteNoEvent("The Lark"),
	"NoteBeforeEvent":      NoteBeforeEvent("The Lark", "The Lark", at),
	"NoteAfterEvent":       NoteAfterEvent("The Lark", "The Lark", at),
	"DoorClosed":           DoorClosed(),
	"GroupClosed":          GroupClosed(),
	"GroupOpened":          GroupOpened(),
	"AllowInGroup":         AllowInGroup(),
	"AllowNeedsAdmin":      AllowNeedsAdmin(),
	"BadCode":              BadCode(),
	"PairedMember":         PairedMember(),
	"PairedAdmin":          PairedAdmin(),
	"AdminsOnly":           AdminsOnly(),
	"GroupAdminsOnly":      GroupAdminsOnly(),
	"MayNotPost":           MayNotPost("The Lark"),
	"MayNotEdit":           MayNotEdit("The Lark"),
	"OutletQuiet":          OutletQuiet("The Lark", at),
	"Status":               Status("The Lark", at),
	"StatusArticles":       StatusArticles(extent),
	"StatusQuestions":      StatusQuestions(5312, 5312),
	"StatusWaiting":        StatusWaiting(5312, 5312),
	"StatusModel":          StatusModel("The Lark"),
	"StatusNoModel":        StatusNoModel(),
	"StatusErrors":         StatusErrors(5312),
	"StatusPaused":         StatusPaused(),
	"Budget":               Budget(5312, 5312),
	"BudgetUnbounded":      BudgetUnbounded(5312),
	"BudgetQuestions":      BudgetQuestions(5312, 5312),
	"BudgetKept":           BudgetKept(5312),
	"BudgetUsage":          BudgetUsage(),
	"PauseOn":              PauseOn(),
	"PauseOff":             PauseOff(),
	"Paused":               Paused(),
	"NotFound":             NotFound(),
	"Searched":             Searched(extent),
	"Extent":               Extent(extent),
	"Articles":             Articles(5312),
	"Nearest":              Nearest(),
	"Premise":              Premise("The Lark"),
	"Restated":             Restated("The Lark"),
	"Unanswered":           Unanswered("The Lark"),
	"HomePage":             HomePage(),
	"AlsoIn":               AlsoIn(larkLinks, 0),
	"CompareNeedsQuestion": CompareNeedsQuestion(),
	"NoteFailed":           NoteFailed(),
	"NoteCut":              NoteCut(),
	"NoteUnchecked":        NoteUnchecked(),
	"NoteDigest":           NoteDigest(),
	"NoteMissing":          NoteMissing(),
	"NoteWidened":          NoteWidened(larks, at, time.Time{}),
	"NoteWidenedOf":        NoteWidenedOf(larks, time.Time{}, at),
	"NoteReadAfter":        NoteReadAfter("The Lark", at, at),
	"NoteUnrestated":       NoteUnrestated("zh"),
	"NoteCounted":          NoteCounted(),
	"NoteNewest":           NoteNewest(5312),
	"SaysCount":            SaysCount(larks),
	"SaysFirst":            SaysFirst("The Lark", at),
	"SaysLast":             SaysLast("The Lark", at),
	"SaysDiffer":           SaysDiffer(larks[:2], []string{"41", "forty-seven"}),
	"SaysLater":            SaysLater(larks[:2], []string{"41", "forty-seven"}),
	"SaysDenied":           SaysDenied("The Lark", larks[1]),
	// The same functions with other arguments.
	"AlsoIn, and more":     AlsoIn(larkLinks, 5312),
	"NoteWidened, of one":  NoteWidened(larks[1:2], at, at.AddDate(0, 0, 6)),
	"NoteWidened, of days": NoteWidened(nil, at, at),
	"NoteSilent, one":      NoteSilent(larks[:1]),
	"NoteLanguage, theirs": NoteLanguage("tlh"),
	"NoteSilent":           NoteSilent(larks),
	"NoteRead":             NoteRead("The Lark", at, at),
	"NoteAsOf":             NoteAsOf(at),
	"NoteLanguage":         NoteLanguage("en"),
	"NoteOutlets":          NoteOutlets(),
	"DigestTitle":          DigestTitle(at, at),
	"DigestEmpty":          DigestEmpty(),
	"DigestUpdate":         DigestUpdate(),
	"DigestAsk":            DigestAsk(),
	"NoteLate":             NoteLate(),
	"NoteUnread":           NoteUnread(larks),
	"Corrected":            Corrected(at, "The Lark", "The Lark 15", "The Lark 12"),
	"CorrectedReversed":    CorrectedReversed(at, "The Lark", "The Lark is closed."),
	"CorrectedGone":        CorrectedGone(at, "The Lark", "The Lark is open."),
	"CorrectedInstead":     CorrectedInstead(at, "The Lark", "The Lark is closed."),
	"Withdrawn":            Withdrawn(at, "The Lark", "The Lark is open"),
	"Updated":              Updated(at, "The Lark", "The Lark has opened."),
	"Restored":             Restored(at, "The Lark"),
	"CorrectionOfPost":     CorrectionOfPost(),
	"CorrectionOfAnswer":   CorrectionOfAnswer(),
	"DigestHalted":         DigestHalted("The Lark"),
	"Draft":                Draft("The Lark", at),
	"DraftChanged":         DraftChanged("The Lark"),
	"DraftPosted":          DraftPosted(),
	"DraftDropped":         DraftDropped(),
	"DraftOver":            DraftOver(),
	"ButtonPost":           ButtonPost(),
	"ButtonDrop":           ButtonDrop(),
	"Latest":               Latest(),
	"LatestOf":             LatestOf("The Lark"),
	"LatestAbout":          LatestAbout("The Lark"),
	"LatestNothing":        LatestNothing("The Lark"),
	"NothingStored":        NothingStored(),
	"Sources":              Sources(5312),
	"MoreSources":          MoreSources(5312),
	"ButtonQuotes":         ButtonQuotes(),
	"ButtonHideQuotes":     ButtonHideQuotes(),
	"ButtonCompare":        ButtonCompare(),
	"ButtonBack":           ButtonBack(),
	"ButtonDone":           ButtonDone(),
	"ButtonMore":           ButtonMore(),
	"ButtonLess":           ButtonLess(),
	"ButtonForget":         ButtonForget(),
	"ButtonKeep":           ButtonKeep(),
	"OldButton":            OldButton(5312),
	"WrongButton":          WrongButton(),
	"ThanksGood":           ThanksGood(),
	"ThanksBad":            ThanksBad(),
	"FeedbackGone":         FeedbackGone(),
	"QuestionsLeft":        QuestionsLeft(5312),
	"QuestionsLeftHere":    QuestionsLeftHere(5312),
	"NoQuestionsLeft":      NoQuestionsLeft(at),
	"NoQuestionsLeftHere":  NoQuestionsLeftHere(at),
	"BudgetLow":            BudgetLow(5312),
	"BudgetSpent":          BudgetSpent(at),
	"Privacy":              Privacy(),
	"PrivacyKept":          PrivacyKept(5312),
	"PrivacyNotKept":       PrivacyNotKept(),
	"PrivacyWhere":         PrivacyWhere(),
	"PrivacyModel":         PrivacyModel("The Lark"),
	"PrivacyNoModel":       PrivacyNoModel(),
	"PrivacyForget":        PrivacyForget(),
	"ForgetAsk":            ForgetAsk(),
	"ForgetAskHere":        ForgetAskHere(),
	"ForgetKept":           ForgetKept(),
	"Forgotten":            Forgotten(),
	"ForgottenNothing":     ForgottenNothing(),
	"ForgottenAnswers":     ForgottenAnswers(5312),
	"ForgottenSettings":    ForgottenSettings(5312),
	"ForgottenFeedback":    ForgottenFeedback(5312),
	"ForgottenMessages":    ForgottenMessages(5312),
	"ForgottenRecords":     ForgottenRecords(5312),
	"ForgetStays":          ForgetStays(),
	"AskNeedsQuestion":     AskNeedsQuestion(),
	"NoQuestion":           NoQuestion(),
	"TextOnly":             TextOnly(),
	"NoVoice":              NoVoice(),
	"NoFiles":              NoFiles(),
	"NoPictures":           NoPictures(),
	"CaptionOnly":          CaptionOnly(),
	"Shortened":            Shortened(5312),
	"Edited":               Edited(),
	"EditedAgain":          EditedAgain(),
	"UnknownReply":         UnknownReply(5312),
	"NewConversation":      NewConversation(),
	"Failed":               Failed(),
	"Searching":            Searching(5312),
	"SearchingSome":        SearchingSome(),
	"Reading":              Reading(5312),
	"ReadingSome":          ReadingSome(),
	"Checking":             Checking(),
	"Waiting":              Waiting(),
	"WaitingFor":           WaitingFor(5312),
	"Stopped":              Stopped(),
	"NothingToStop":        NothingToStop(),
	"Settings":             Settings(),
	"SettingsHere":         SettingsHere(),
	"Setting":              Setting(SettingZone(), SettingZone()),
	"SettingKept":          SettingKept(SettingZone(), SettingZone()),
	"SettingInterface":     SettingInterface(),
	"SettingAnswer":        SettingAnswer(),
	"SettingLength":        SettingLength(),
	"SettingOutlets":       SettingOutlets(),
	"SettingZone":          SettingZone(),
	"SettingRendering":     SettingRendering(),
	"SettingLog":           SettingLog(),
	"ChooseInterface":      ChooseInterface(),
	"ChooseAnswer":         ChooseAnswer(),
	"ChooseLength":         ChooseLength(),
	"ChooseOutlets":        ChooseOutlets(),
	"ChooseZone":           ChooseZone(),
	"ChooseRendering":      ChooseRendering(),
	"ChooseLog":            ChooseLog(),
	"ValuePerson":          ValuePerson(),
	"ValueQuestion":        ValueQuestion(),
	"ValueNamed":           ValueNamed("The Lark"),
	"ValueShort":           ValueShort(),
	"ValueNormal":          ValueNormal(),
	"ValueLong":            ValueLong(),
	"ValueAllOutlets":      ValueAllOutlets(),
	"ValueOnly":            ValueOnly(larks),
	"ValueWithout":         ValueWithout(larks),
	"ValueOwnZone":         ValueOwnZone("The Lark"),
	"ValueClassic":         ValueClassic(),
	"ValueRich":            ValueRich(),
	"ValueYes":             ValueYes(),
	"ValueNo":              ValueNo(),
	"OutletsOnly":          OutletsOnly(),
	"OutletsWithout":       OutletsWithout(),
	"TooManyOutlets":       TooManyOutlets(5312),
	"UnknownOutlet":        UnknownOutlet("The Lark"),
	"UnknownLanguage":      UnknownLanguage("The Lark"),
	"UnknownZone":          UnknownZone("The Lark"),
	"ZoneKept":             ZoneKept("The Lark", at),
	"Start":                Start(),
	"HowToAskPrivate":      HowToAskPrivate(),
	"HowToAskGroup":        HowToAskGroup(),
	"HelpNaming":           HelpNaming(),
	"HelpAdmins":           HelpAdmins(),
	"UnknownCommand":       UnknownCommand(),
	"CommandStart":         CommandStart(),
	"CommandHelp":          CommandHelp(),
	"CommandAsk":           CommandAsk(),
	"CommandLatest":        CommandLatest(),
	"CommandCompare":       CommandCompare(),
	"CommandSources":       CommandSources(),
	"CommandSettings":      CommandSettings(),
	"CommandNew":           CommandNew(),
	"CommandCancel":        CommandCancel(),
	"CommandPrivacy":       CommandPrivacy(),
	"CommandForget":        CommandForget(),
	"CommandStatus":        CommandStatus(),
	"CommandBudget":        CommandBudget(),
	"CommandAllow":         CommandAllow(),
	"CommandPause":         CommandPause(),
	"HelpAsk":              HelpAsk(),
	"HelpLatest":           HelpLatest(),
	"HelpCompare":          HelpCompare(),
	"HelpSources":          HelpSources(),
	"HelpSettings":         HelpSettings(),
	"HelpNew":              HelpNew(),
	"HelpCancel":           HelpCancel(),
	"HelpPrivacy":          HelpPrivacy(),
	"HelpForget":           HelpForget(),
	"HelpHelp":             HelpHelp(),
	"HelpStatus":           HelpStatus(),
	"HelpBudget":           HelpBudget(),
	"HelpAllow":            HelpAllow(),
	"HelpPause":            HelpPause(),
}

// once reads the files one time for all tests.
var once = sync.OnceValues(New)

func texts(t testing.TB, tag string) Texts {
	t.Helper()
	l, err := once()
	if err != nil {
		t.Fatal(err)
	}
	return l.For(tag)
}

func TestEveryMessageIsThere(t *testing.T) {
	for _, s := range saidInCode(t) {
		if _, ok := every[s.function]; s.function != "" && !ok {
			t.Errorf("%s is not among the messages that are tested", s.function)
		}
	}
}

// TestEveryMessageIsSaid says all of them in all languages, whole.
func TestEveryMessageIsSaid(t *testing.T) {
	for _, tongue := range tongues {
		in := texts(t, tongue.tag)
		for name, m := range every {
			spans := in.Spans(m)
			whole := ""
			for _, s := range spans {
				whole += s.Text
				if s.Own == strings.Contains(s.Text, "Lark") && !slices.Contains(ownNames, name) {
					t.Errorf("%s %s: own is %v of %q", tongue.tag, name, s.Own, s.Text)
				}
			}
			if whole == "" || strings.ContainsAny(whole, "[{<") || !utf8.ValidString(whole) || strings.ContainsFunc(whole, func(r rune) bool { return r >= slot }) {
				t.Errorf("%s %s: %q", tongue.tag, name, whole)
			}
			if strings.Contains(whole, "..") || strings.Contains(whole, "  ") {
				t.Errorf("%s %s: %q", tongue.tag, name, whole)
			}
			balanced(t, tongue.tag+" "+name, whole)
			if rtl, found := firstLetter(spans); !found || rtl != tongue.rtl {
				t.Errorf("%s %s begins in the wrong direction: %q", tongue.tag, name, whole)
			}
			if got := in.Say(m); got != whole {
				t.Errorf("%s %s: said %q, shown %q", tongue.tag, name, got, whole)
			}
		}
	}
}

// balanced holds that each isolate ends, and none is open twice.
func balanced(t testing.TB, name, text string) {
	t.Helper()
	depth := 0
	for _, r := range text {
		switch string(r) {
		case lri, fsi:
			depth++
		case pdi:
			depth--
		}
		if depth < 0 || depth > 1 {
			t.Errorf("%s: isolates in %q", name, text)
			return
		}
	}
	if depth != 0 {
		t.Errorf("%s: an open isolate in %q", name, text)
	}
}

// TestEveryNumberIsSaid: no number lacks its form.
func TestEveryNumberIsSaid(t *testing.T) {
	numbers := []int{-1, 0, 1, 2, 3, 5, 10, 11, 12, 21, 22, 25, 99, 100, 101, 102, 103, 111, 1000, 1_000_000, 2_000_000, 5_312_001}
	for _, tongue := range tongues {
		in := texts(t, tongue.tag)
		for key, s := range saidInCode(t) {
			if !s.counted {
				continue
			}
			for _, n := range numbers {
				if got := in.Say(counted(key, n, others(s.args))); strings.Contains(got, "[") || got == "" {
					t.Errorf("%s %s of %d: %q", tongue.tag, key, n, got)
				}
			}
		}
	}
}

// others are arguments beside the number.
func others(names []string) map[string]argument {
	out := map[string]argument{}
	for _, name := range names {
		if name != "N" {
			maps.Copy(out, strange(name, "The Lark"))
		}
	}
	return out
}

func TestNoMessageSaysNothing(t *testing.T) {
	if got := texts(t, "de").Say(Message{}); got != "" {
		t.Errorf("%q", got)
	}
	if got := texts(t, "fa").Spans(Message{}); len(got) != 0 {
		t.Errorf("%+v", got)
	}
}

func TestUnknownKeyIsNotSilent(t *testing.T) {
	if got := texts(t, "de").Say(with("no.such")); got != "[no.such]" {
		t.Errorf("%q", got)
	}
}

func TestBlock(t *testing.T) {
	b := texts(t, "en").Block(bot.Small, NoteSilent([]string{"A", "B"}))
	want := []bot.Span{
		{Text: "Nothing on this was found in the articles of ", Own: true}, {Text: "A"}, {Text: " and ", Own: true}, {Text: "B"}, {Text: ".", Own: true},
	}
	if b.Kind != bot.Small || len(b.Spans) != len(want) {
		t.Fatalf("%+v", b)
	}
	for i, s := range b.Spans {
		if s != want[i] {
			t.Errorf("span %d is %+v, want %+v", i, s, want[i])
		}
	}
}
