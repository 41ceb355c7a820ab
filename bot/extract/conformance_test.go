package extract

import (
	"testing"

	"newsdesk/bot"
	"newsdesk/bot/bottest"
)

func TestConformance(t *testing.T) {
	bottest.TestGenerator(t, func(t *testing.T) bot.Generator { return builtin(t) })
}
