package telegram

import (
	"context"
	"errors"

	tg "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"newsdesk/bot/chat"
)

// register has Telegram list the commands, by kind of chat and language.
func (b *Bot) register(ctx context.Context) error {
	for _, menu := range b.menus {
		for _, part := range []struct {
			scope    models.BotCommandScope
			commands []chat.MenuCommand
		}{
			{&models.BotCommandScopeDefault{}, menu.Group}, {&models.BotCommandScopeAllGroupChats{}, menu.Group},
			{&models.BotCommandScopeAllPrivateChats{}, menu.Private},
		} {
			if err := b.list(ctx, menu.Language, part.scope, part.commands); err != nil {
				return err
			}
		}
	}
	return b.registerAdmins(ctx)
}

func (b *Bot) list(ctx context.Context, language string, scope models.BotCommandScope, commands []chat.MenuCommand) error {
	params := &tg.SetMyCommandsParams{Commands: listed(commands), Scope: scope, LanguageCode: language}
	_, err := b.api.SetMyCommands(ctx, params)
	return err
}

func (b *Bot) registerAdmins(ctx context.Context) error {
	if b.admins == nil {
		return nil
	}
	admins, err := b.admins(ctx)
	if err != nil {
		return err
	}
	for _, person := range admins {
		if err := b.registerAdmin(ctx, person); err != nil {
			return err
		}
	}
	return nil
}

// registerAdmin has Telegram list the commands for admins in a person's private
// chat. A chat that there is no more is no reason not to begin.
func (b *Bot) registerAdmin(ctx context.Context, person int64) error {
	for _, menu := range b.menus {
		err := b.list(ctx, menu.Language, &models.BotCommandScopeChat{ChatID: person}, menu.Admin)
		if errors.Is(err, tg.ErrorBadRequest) || errors.Is(err, tg.ErrorForbidden) {
			b.log.WarnContext(ctx, "an admin's commands are not listed", "person", person, "err", mask(err.Error(), b.token))
			return nil
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// maxDescription is the longest description of a command, in characters.
const maxDescription = 256

func listed(commands []chat.MenuCommand) []models.BotCommand {
	var out []models.BotCommand
	for _, c := range commands {
		out = append(out, models.BotCommand{Command: c.Name, Description: cutRunes(c.Does, maxDescription)})
	}
	return out
}

// promoted lists the commands for admins to whom has just become one. It is a
// courtesy: the next start does so too.
func (b *Bot) promoted(ctx context.Context, m chat.Message, out chat.Outcome) {
	if !out.Promoted {
		return
	}
	if err := b.registerAdmin(ctx, m.From.ID); err != nil && ctx.Err() == nil {
		b.log.WarnContext(ctx, "an admin's commands are not listed", "err", mask(err.Error(), b.token))
	}
}
