package eval

import (
	"encoding/json"
	"testing"
	"time"
)

func TestLatency(t *testing.T) {
	took := func(ms ...int) []Asked {
		var all []Asked
		for _, n := range ms {
			all = append(all, Asked{Took: time.Duration(n) * time.Millisecond})
		}
		return all
	}
	hundred := make([]int, 100)
	for i := range hundred {
		hundred[i] = 100 - i
	}
	for _, c := range []struct {
		asked []Asked
		want  Latency
	}{
		{nil, Latency{}},
		{took(7), Latency{7, 7, 7}},
		{took(9, 1), Latency{1, 9, 9}},
		{took(hundred...), Latency{50, 95, 99}},
		{took(append(hundred, 200)...), Latency{51, 96, 100}},
	} {
		if got := LatencyOf(c.asked); got != c.want {
			t.Errorf("%d times: %+v, want %+v", len(c.asked), got, c.want)
		}
	}
}

// The names are what other programs read.
func TestJSON(t *testing.T) {
	m := Measures{.1, .2, .3, .4, .5, .6}
	const measures = `{"hits@1":0.1,"hits@4":0.2,"hits@10":0.3,"mrr@10":0.4,"map@10":0.5,"evidence@10":0.6}`
	f := Figures{N: 2, Passages: 3, WordsMean: 4.5, WordsMax: 6, All: m, ByType: map[string]Measures{"single_query": m},
		Latency: Latency{1, 2, 3}, IndexSeconds: 7.5, RSSMiB: 8.5, Scope: Scope{1, 0}}
	for _, c := range []struct {
		v    any
		want string
	}{
		{f, `{"n":2,"passages":3,"words_mean":4.5,"words_max":6,"all":` + measures + `,"by_type":{"single_query":` + measures +
			`},"latency_ms":{"p50":1,"p95":2,"p99":3},"index_seconds":7.5,"rss_mib":8.5,"scope":{"only_named_outlets":1,"narrowed_wrongly":0}}`},
		{Comparison{Stages: []Stage{{"dense", m, Latency{1, 2, 3}}}, Notes: []string{"half"}},
			`{"stages":[{"name":"dense","all":` + measures + `,"latency_ms":{"p50":1,"p95":2,"p99":3}}],"notes":["half"]}`},
	} {
		got, err := json.Marshal(c.v)
		if err != nil || string(got) != c.want {
			t.Errorf("%v\n%s\nwant\n%s", err, got, c.want)
		}
	}
}
