package answer

import (
	"context"

	"newsdesk/bot"
	"newsdesk/bot/restate"
	"newsdesk/corpus/text"
)

// whole returns the question that is answered, and whether it is another than
// that which was asked: one that leans on earlier turns is restated, by the model
// where there is one whose text can be used, else by rules.
func (w *work) whole(ctx context.Context) (question string, restated bool) {
	question, leans := restate.Rules(w.asked.Text, w.asked.Turns, w.names())
	if !leans {
		return w.asked.Text, false
	}
	written := w.brief(ctx, "restate", w.generator, bot.Prompt{
		Task: bot.RestateTask, Question: w.asked.Text, Turns: w.asked.Turns, Today: w.asked.Now,
		Language: text.Detect(w.asked.Text),
	})
	if whole, ok := restate.Accept(written, w.asked.Text, w.asked.Turns); ok {
		question = whole
	}
	return question, true
}
