package main

import (
	"context"
	"fmt"

	"newsdesk/bot/access"
	"newsdesk/bot/telegram"
)

// inviteCmd prints a one-time code.
type inviteCmd struct {
	Admin bool `help:"The person becomes an admin, who can open groups."`
}

func (c *inviteCmd) Run(inv *invocation) error { return inv.within("invite", c) }

func (c *inviteCmd) runIn(ctx context.Context, a *app, s *streams) error {
	role := access.Member
	if c.Admin {
		role = access.Admin
	}
	code, err := a.access.Invite(ctx, role)
	if err != nil {
		return err
	}
	fmt.Fprintln(s.Out, code)
	bot, err := telegram.Username(ctx, a.db)
	if err != nil {
		return err
	}
	fmt.Fprintf(s.Err, "Good for one person, for %d hours. Send it to the bot in a private chat", int(access.Lifetime.Hours()))
	if bot != "" {
		fmt.Fprintf(s.Err, ", or open https://t.me/%s?start=%s", bot, code)
	}
	fmt.Fprintln(s.Err, ".")
	return nil
}
