package locale

import (
	"time"

	"newsdesk/bot"
)

// The settings of a chat.

// Settings stands above the settings of a private chat.
func Settings() Message { return with("settings.title") }

// SettingsHere stands above those of a group.
func SettingsHere() Message { return with("settings.title_here") }

// Setting is a line or button: the name of a setting and its value.
func Setting(name, value Message) Message {
	return with("settings.line", inner("Name", name), inner("Value", value))
}

// SettingKept answers a choice.
func SettingKept(name, value Message) Message {
	return with("settings.kept", inner("Line", Setting(name, value)))
}

// SettingInterface is the language of the program's texts.
func SettingInterface() Message { return with("settings.interface") }

// SettingAnswer is the language of answers.
func SettingAnswer() Message { return with("settings.answer") }

// SettingLength is the length of answers.
func SettingLength() Message { return with("settings.length") }

// SettingOutlets are the outlets that are used.
func SettingOutlets() Message { return with("settings.outlets") }

// SettingZone is the time zone.
func SettingZone() Message { return with("settings.zone") }

// SettingRendering is what messages are made of.
func SettingRendering() Message { return with("settings.rendering") }

// SettingLog is whether texts may stand in the log.
func SettingLog() Message { return with("settings.log") }

// ChooseInterface asks for a language of the program's texts.
func ChooseInterface() Message { return with("choose.interface") }

// ChooseAnswer asks for a language of answers.
func ChooseAnswer() Message { return with("choose.answer") }

// ChooseLength asks for a length.
func ChooseLength() Message { return with("choose.length") }

// ChooseOutlets asks for outlets.
func ChooseOutlets() Message { return with("choose.outlets") }

// ChooseZone asks for a time zone.
func ChooseZone() Message { return with("choose.zone") }

// ChooseRendering asks for a rendering.
func ChooseRendering() Message { return with("choose.rendering") }

// ChooseLog asks whether texts may stand in the log.
func ChooseLog() Message { return with("choose.log") }

// ValuePerson is "the language of whoever writes".
func ValuePerson() Message { return with("value.person") }

// ValueQuestion is "the question's language".
func ValueQuestion() Message { return with("value.question") }

// ValueNamed is a value that has a name, and is the same in all languages: a
// language in its own words, a time zone.
func ValueNamed(name string) Message { return with("value.named", named("Name", name)) }

// ValueShort is the short length.
func ValueShort() Message { return with("value.short") }

// ValueNormal is the normal length.
func ValueNormal() Message { return with("value.normal") }

// ValueLong is the long length.
func ValueLong() Message { return with("value.long") }

// ValueAllOutlets says that all outlets are used.
func ValueAllOutlets() Message { return with("value.all_outlets") }

// ValueOnly names the outlets that are used.
func ValueOnly(outlets []string) Message { return with("value.only", names("Outlets", outlets)) }

// ValueWithout names the outlets that are left out.
func ValueWithout(outlets []string) Message { return with("value.without", names("Outlets", outlets)) }

// ValueOwnZone is the bot's own time zone.
func ValueOwnZone(zone string) Message { return with("value.own_zone", named("Zone", zone)) }

// ValueClassic is the classic rendering.
func ValueClassic() Message { return with("value.classic") }

// ValueRich is the rich rendering.
func ValueRich() Message { return with("value.rich") }

// ValueYes says that something is on.
func ValueYes() Message { return with("value.yes") }

// ValueNo says that something is off.
func ValueNo() Message { return with("value.no") }

// OutletsOnly leads to choosing outlets that alone are used.
func OutletsOnly() Message { return with("choose.outlets_only") }

// OutletsWithout leads to choosing outlets that are left out.
func OutletsWithout() Message { return with("choose.outlets_without") }

// TooManyOutlets says that at most n can be chosen.
func TooManyOutlets(n int) Message { return counted("choose.too_many_outlets", n) }

// UnknownOutlet says that no outlet has that name.
func UnknownOutlet(name string) Message { return with("choose.unknown_outlet", strange("Name", name)) }

// UnknownLanguage says that no language has that name.
func UnknownLanguage(name string) Message {
	return with("choose.unknown_language", strange("Name", name))
}

// UnknownZone says that no time zone has that name.
func UnknownZone(name string) Message { return with("choose.unknown_zone", strange("Name", name)) }

// ZoneKept answers the choice of a time zone with the time there.
func ZoneKept(zone string, now time.Time) Message {
	return with("choose.zone_kept", named("Zone", zone), clock("Now", now))
}

// named is a name of the program's own that may be of another direction.
func named(name, value string) map[string]argument {
	return map[string]argument{name: func(t Texts) []bot.Span { return merged(t.Isolated(bot.Span{Text: value, Own: true})) }}
}
