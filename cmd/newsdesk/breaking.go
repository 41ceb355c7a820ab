package main

import (
	"context"
	"slices"
	"time"

	"newsdesk/bot/schedule"
	"newsdesk/corpus/store"
	"newsdesk/retrieval/story"
)

// breakingLimit is how many of the newest stories are looked at for breaking news.
const breakingLimit = 200

// followStories brings the stories up to the end of the log, and asks which of them are
// breaking news.
func (a *app) followStories(ctx context.Context) error {
	stories, err := a.storied(ctx)
	if err != nil {
		return err
	}
	return a.breakNews(ctx, stories, a.now())
}

// breakNews plans a slot for each story that enough independent origins report.
func (a *app) breakNews(ctx context.Context, stories *story.Stories, now time.Time) error {
	subs, err := a.schedule.List(ctx)
	if err != nil {
		return err
	}
	subs = slices.DeleteFunc(subs, func(s schedule.Subscription) bool { return s.Kind != schedule.Breaking })
	if len(subs) == 0 {
		return nil
	}
	latest, err := stories.Latest(ctx, story.Filter{From: now.Add(-breakingReach), Limit: breakingLimit})
	if err != nil {
		return err
	}
	slices.Reverse(latest) // the first to break comes first
	for _, sub := range subs {
		if err := a.breakFor(ctx, sub, latest, now); err != nil {
			return err
		}
	}
	return nil
}

// breakFor asks about each story that has an article since the digest was made.
func (a *app) breakFor(ctx context.Context, sub schedule.Subscription, latest []story.Story, now time.Time) error {
	var enough []story.Story
	for _, s := range latest {
		if s.Last.After(sub.Made) && originsFor(sub, s) >= sub.Breaking.Origins {
			enough = append(enough, s)
		}
	}
	if len(enough) == 0 {
		return nil
	}
	return a.db.Write(ctx, func(tx store.Tx) error {
		for _, s := range enough {
			if _, err := a.schedule.Break(ctx, tx, sub.ID, s.ID, originsFor(sub, s), now); err != nil {
				return err
			}
		}
		return nil
	})
}

// originsFor counts the origins of a story that an outlet prints which is wanted.
func originsFor(sub schedule.Subscription, s story.Story) int {
	n := 0
	for _, o := range s.Origins {
		if slices.ContainsFunc(o.Outlets, func(outlet string) bool {
			return !slices.Contains(sub.Without, outlet) && (len(sub.Only) == 0 || slices.Contains(sub.Only, outlet))
		}) {
			n++
		}
	}
	return n
}
