package main

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"newsdesk/corpus/fetch"
	"newsdesk/corpus/poll"
)

// poller returns what reads outlets and keeps their register.
func (a *app) poller(ctx context.Context) (*poll.Poller, error) {
	a.building.Lock()
	defer a.building.Unlock()
	if a.outlets != nil {
		return a.outlets, nil
	}
	client, err := newFetcher(a)
	if err != nil {
		return nil, err
	}
	polling := a.settings.polling()
	polling.Visited, polling.Yield = a.visited, a.priority.yield
	p, err := poll.New(ctx, a.log, a.db, a.corpus, client.Get, polling)
	if err != nil {
		return nil, err
	}
	a.outlets, a.fetcher = p, client
	return p, nil
}

func newFetcher(a *app) (*fetch.Client, error) {
	s := fetch.Settings{Agent: agent(version(), a.settings.OutletContact), Pace: a.settings.OutletPace, Own: a.settings.OwnHosts}
	if address := a.settings.OutletProxy; address != "" {
		proxy, err := url.Parse(address)
		if err != nil || proxy.Scheme != "http" || proxy.Hostname() == "" {
			// Not shown: there may be a password in it.
			return nil, errors.New("the setting outlet-proxy is not an address such as http://proxy.example:3128")
		}
		s.Proxy = proxy
	}
	client, err := fetch.New(a.log, s)
	if err != nil {
		return nil, fmt.Errorf("the settings for reading outlets (outlet-contact, own-hosts): %w", err)
	}
	return client, nil
}

// agent is how newsdesk names itself to outlets: its version, and where they find
// out more.
func agent(version, contact string) string {
	version = strings.Trim(version, "()")
	if contact == "" {
		return "newsdesk/" + version
	}
	return "newsdesk/" + version + " (+" + contact + ")"
}

func (s settings) polling() poll.Settings {
	return poll.Settings{AtOnce: s.OutletsAtOnce, Recheck: days(s.RecheckDays), KeepFor: days(s.KeepDays), KeepArticles: s.KeepArticles}
}

func days(n int) time.Duration { return time.Duration(n) * 24 * time.Hour }
