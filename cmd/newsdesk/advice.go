package main

import (
	"errors"

	"newsdesk/bot/telegram"
	"newsdesk/corpus/store"
	"newsdesk/retrieval"
)

// withAdvice writes an error for a person: what happened and what to do.
func withAdvice(err error) string {
	for _, a := range advice {
		if errors.Is(err, a.when) {
			return err.Error() + "\n  → " + a.do
		}
	}
	return err.Error()
}

var advice = []struct {
	when error
	do   string
}{
	{store.ErrNewer, "the data folder was written by a newer newsdesk: use that one, or another folder with --data"},
	{store.ErrFull, "the disk is full: free some space and do it again; nothing was changed"},
	{store.ErrReadOnly, "the data folder cannot be written: check its permissions, or choose another with --data"},
	{store.ErrDamaged, "the file is damaged or not newsdesk’s: put a backup in its place with “newsdesk restore”, or move it away"},
	{retrieval.ErrModel, "name a model that the server has (OPENAI_MODEL, OPENAI_EMBEDDING_MODEL), or none: then one is chosen; “newsdesk check” lists them"},
	{retrieval.ErrDimension, "the server’s embedding model is not the one whose vectors are stored under this name: name the former one, or rename the new one, in OPENAI_EMBEDDING_MODEL"},
	{retrieval.ErrRefused, "check OPENAI_API_KEY and OPENAI_BASE_URL"},
	{telegram.ErrToken, "check " + envTelegramToken + ": @BotFather shows the right one"},
	{errServing, "use that one: other commands work beside it; or choose another folder with --data"},
	{errBusy, "wait for it, or choose another folder with --data"},
}
