package locale

// Who may use the bot.

// DoorClosed tells a stranger how to be let in.
func DoorClosed() Message { return with("access.door_closed") }

// GroupClosed tells a group that it is not open.
func GroupClosed() Message { return with("access.group_closed") }

// GroupOpened tells a group that it is open, and how to ask.
func GroupOpened() Message { return with("access.group_opened") }

// GroupClosedAgain tells a group that it is open no more.
func GroupClosedAgain() Message { return with("access.group_closed_again") }

// GroupStaysOpen answers an admin who closes a group of a bot that is open to all.
func GroupStaysOpen() Message { return with("access.stays_open") }

// AllowInGroup answers /allow in a private chat.
func AllowInGroup() Message { return with("access.allow_in_group") }

// AllowNeedsAdmin answers /allow of somebody who is no admin of the bot.
func AllowNeedsAdmin() Message { return with("access.allow_needs_admin") }

// BadCode answers a code that opens nothing.
func BadCode() Message { return with("access.bad_code") }

// PairedMember welcomes a new member.
func PairedMember() Message { return with("access.paired_member") }

// PairedAdmin welcomes a new admin.
func PairedAdmin() Message { return with("access.paired_admin") }

// AdminsOnly answers a command that is for admins of the bot.
func AdminsOnly() Message { return with("access.admins_only") }

// GroupAdminsOnly answers who wants to change what a group's admins change.
func GroupAdminsOnly() Message { return with("access.group_admins_only") }

// MayNotPost tells whoever added the bot that it lacks the right to post in that
// chat.
func MayNotPost(chat string) Message { return with("access.may_not_post", strange("Chat", chat)) }

// MayNotEdit tells whoever added the bot that it lacks the right to edit there.
func MayNotEdit(chat string) Message { return with("access.may_not_edit", strange("Chat", chat)) }
