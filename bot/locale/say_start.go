package locale

// The first words, and help.

// Start says what the bot is.
func Start() Message { return with("start.what") }

// HowToAskPrivate says how to ask in a private chat.
func HowToAskPrivate() Message { return with("start.how_private") }

// HowToAskGroup says how to ask in a group.
func HowToAskGroup() Message { return with("start.how_group") }

// HelpNaming says that a question that names an outlet asks only that one.
func HelpNaming() Message { return with("help.naming") }

// HelpAdmins stands above the commands for admins.
func HelpAdmins() Message { return with("help.admins") }

// UnknownCommand answers a command that is none.
func UnknownCommand() Message { return with("start.unknown_command") }

// The commands as a messenger lists them, each in at most 256 characters, and as
// /help does, with their arguments.

// CommandStart describes /start.
func CommandStart() Message { return with("command.start") }

// CommandHelp describes /help.
func CommandHelp() Message { return with("command.help") }

// CommandAsk describes /ask.
func CommandAsk() Message { return with("command.ask") }

// CommandLatest describes /latest.
func CommandLatest() Message { return with("command.latest") }

// CommandCompare describes /compare.
func CommandCompare() Message { return with("command.compare") }

// CommandSources describes /sources.
func CommandSources() Message { return with("command.sources") }

// CommandSettings describes /settings.
func CommandSettings() Message { return with("command.settings") }

// CommandNew describes /new.
func CommandNew() Message { return with("command.new") }

// CommandCancel describes /cancel.
func CommandCancel() Message { return with("command.cancel") }

// CommandPrivacy describes /privacy.
func CommandPrivacy() Message { return with("command.privacy") }

// CommandForget describes /forget.
func CommandForget() Message { return with("command.forget") }

// CommandDigest describes /digest.
func CommandDigest() Message { return with("command.digest") }

// CommandStory describes /story.
func CommandStory() Message { return with("command.story") }

// CommandOutlets describes /outlets.
func CommandOutlets() Message { return with("command.outlets") }

// CommandStatus describes /status.
func CommandStatus() Message { return with("command.status") }

// CommandBudget describes /budget.
func CommandBudget() Message { return with("command.budget") }

// CommandAllow describes /allow.
func CommandAllow() Message { return with("command.allow") }

// CommandPause describes /pause.
func CommandPause() Message { return with("command.pause") }

// HelpAsk is the line of /ask.
func HelpAsk() Message { return with("help.ask") }

// HelpLatest is the line of /latest.
func HelpLatest() Message { return with("help.latest") }

// HelpCompare is the line of /compare.
func HelpCompare() Message { return with("help.compare") }

// HelpSources is the line of /sources.
func HelpSources() Message { return with("help.sources") }

// HelpSettings is the line of /settings.
func HelpSettings() Message { return with("help.settings") }

// HelpNew is the line of /new.
func HelpNew() Message { return with("help.new") }

// HelpCancel is the line of /cancel.
func HelpCancel() Message { return with("help.cancel") }

// HelpPrivacy is the line of /privacy.
func HelpPrivacy() Message { return with("help.privacy") }

// HelpForget is the line of /forget.
func HelpForget() Message { return with("help.forget") }

// HelpHelp is the line of /help.
func HelpHelp() Message { return with("help.help") }

// HelpDigest is the line of /digest.
func HelpDigest() Message { return with("help.digest") }

// HelpStory is the line of /story.
func HelpStory() Message { return with("help.story") }

// HelpOutlets is the line of /outlets.
func HelpOutlets() Message { return with("help.outlets") }

// HelpStatus is the line of /status.
func HelpStatus() Message { return with("help.status") }

// HelpBudget is the line of /budget.
func HelpBudget() Message { return with("help.budget") }

// HelpAllow is the line of /allow.
func HelpAllow() Message { return with("help.allow") }

// HelpPause is the line of /pause.
func HelpPause() Message { return with("help.pause") }
