package cite

// fault is what keeps a sentence from being said: a reason and the part.
type fault struct{ reason, detail string }

func (f fault) found() bool { return f.reason != "" }

// facts returns the first fact of the sentence that no passage of the set
// holds.
func (c *checking) facts(set []*evidence) fault {
	for _, check := range []func([]*evidence) fault{c.outlets, c.quotations, c.numbers, c.dates, c.names} {
		if f := check(set); f.found() {
			return f
		}
	}
	return fault{}
}
