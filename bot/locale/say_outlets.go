package locale

import "time"

// The register of outlets, for admins of the bot, and how outlets are.

// Outlets stands above the outlets that are read.
func Outlets() Message { return with("outlets.title") }

// OutletsNone stands there when there are none.
func OutletsNone() Message { return with("outlets.none") }

// PrivatelyOnly answers a command that is for private chats.
func PrivatelyOnly() Message { return with("outlets.private") }

// OutletNewest is a part of a line: the date of the newest article.
func OutletNewest(at time.Time) Message { return with("outlets.newest", day("Day", at)) }

// OutletActive is a part of a line: the outlet is read.
func OutletActive() Message { return with("outlets.active") }

// OutletPaused is a part of a line: its reading is paused.
func OutletPaused() Message { return with("outlets.paused") }

// OutletSilent is a part of a line: nothing of it appeared for much longer than is
// its habit.
func OutletSilent() Message { return with("outlets.silent") }

// OutletProblem is a part of a line: what went wrong last, in words for people.
func OutletProblem(problem string) Message {
	return with("outlets.problem", strange("Problem", problem))
}

// OutletAsked is a line: when its feed was last asked for.
func OutletAsked(at time.Time) Message { return with("outlets.read_at", moment("At", at)) }

// OutletHome is the text of the link to an outlet's home page.
func OutletHome() Message { return with("outlets.home") }

// OutletFeed is a line: the address of its feed, as text.
func OutletFeed(address string) Message { return with("outlets.feed", strange("Address", address)) }

// AskAddress asks for the address of an outlet.
func AskAddress() Message { return with("outlets.ask_address") }

// OutletFound stands above what was found at an address.
func OutletFound(address string) Message { return with("outlets.found", strange("Address", address)) }

// OutletNotFound says that nothing was, and why.
func OutletNotFound(address, problem string) Message {
	return with("outlets.nothing_found", strange("Address", address), strange("Problem", problem))
}

// OutletAdded says that an outlet is read from now on.
func OutletAdded(name string) Message { return with("outlets.added", strange("Outlet", name)) }

// OutletKnown says that it was before.
func OutletKnown(name string) Message { return with("outlets.known", strange("Outlet", name)) }

// OutletBadName says that an outlet cannot be called so.
func OutletBadName(name string) Message { return with("outlets.bad_name", strange("Name", name)) }

// AskName asks for the new name of an outlet.
func AskName() Message { return with("outlets.ask_name") }

// OutletRenamed says what it is called now.
func OutletRenamed(name string) Message { return with("outlets.renamed", strange("Outlet", name)) }

// AskRemove asks whether an outlet is to be read no more.
func AskRemove(name string) Message { return with("outlets.ask_remove", strange("Outlet", name)) }

// OutletRemoved says that it is so.
func OutletRemoved(name string) Message { return with("outlets.removed", strange("Outlet", name)) }

// OutletGone answers a button of an outlet that there is no more.
func OutletGone() Message { return with("press.outlet_gone") }

// SearchAgain answers a button of something found whose message cannot be read any
// more.
func SearchAgain() Message { return with("press.search_again") }

// ButtonAdd begins to add an outlet.
func ButtonAdd() Message { return with("button.add") }

// ButtonAddThis adds what was found.
func ButtonAddThis(name string) Message { return with("button.add_this", strange("Name", name)) }

// ButtonPause pauses what is read or posted, ButtonResume goes on with it.
func ButtonPause() Message { return with("button.pause") }

// ButtonResume goes on with what is paused.
func ButtonResume() Message { return with("button.resume") }

// ButtonRename gives something another name.
func ButtonRename() Message { return with("button.rename") }

// ButtonRemove removes something.
func ButtonRemove() Message { return with("button.remove") }
