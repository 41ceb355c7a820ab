package corpus

import (
	"context"
	"fmt"
	"strings"

	"newsdesk/corpus/store"
)

// renameBatch is how many articles one transaction of [Corpus.Rename] takes, so
// that others get their turn.
const renameBatch = 100

// Rename gives all articles that an outlet holds under the name from the name to,
// and returns how many. What was published stays as it was: each article gets a
// further version with the same text, so that whoever follows the log learns of
// the name and what was cited before stays what it was. Withdrawn articles keep
// their name.
//
// Each batch of articles is one transaction; when it is stopped between two,
// calling it again does the rest. Renaming to the same name does nothing. An empty
// name is a [*FieldError].
func (c *Corpus) Rename(ctx context.Context, from, to string) (int, error) {
	from, to = oneLine(from), oneLine(to)
	if err := checkText([]string{to}); err != nil {
		return 0, &FieldError{Position: 1, Field: "outlet", Reason: err.Error()}
	}
	if to == "" {
		return 0, &FieldError{Position: 1, Field: "outlet", Reason: errEmpty.Error()}
	}
	renamed := 0
	for from != to {
		n, err := c.renameSome(ctx, from, to)
		if err != nil {
			return renamed, fmt.Errorf("corpus: outlet %s: %w", from, err)
		}
		if n == 0 {
			break
		}
		renamed += n
	}
	return renamed, nil
}

func (c *Corpus) renameSome(ctx context.Context, from, to string) (n int, err error) {
	err = c.db.Write(ctx, func(tx store.Tx) error {
		list, err := selectVersions(ctx, tx, `WHERE v.seq = a.newest AND a.state = 'held' AND a.outlet = ? LIMIT ?`, from, renameBatch)
		if err != nil {
			return err
		}
		adder, err := newAdder(ctx, tx, c.now())
		if err != nil {
			return err
		}
		for _, a := range list {
			if err := adder.rename(ctx, a, to); err != nil {
				return err
			}
		}
		n = len(list)
		return nil
	})
	return n, err
}

// rename adds a version that differs in the outlet's name only. An article
// without a URL is looked for on the new name's day from now on.
func (a *adder) rename(ctx context.Context, old Article, to string) error {
	k, err := lookUp(ctx, a.find, old.ID)
	if err != nil {
		return err
	}
	d := draft{Article: old, id: old.ID, hash: digest(old.Title, old.Text)}
	d.Outlet = to
	if err := a.addVersion(ctx, d, Changed, k.num, k.version+1); err != nil {
		return err
	}
	var day string
	if err := a.tx.QueryRow(ctx, `SELECT coalesce(day, '') FROM corpus_articles WHERE num = ?`, k.num).Scan(&day); err != nil {
		return err
	}
	_, date, without := strings.Cut(day, "\n")
	if !without {
		return nil
	}
	_, err = a.tx.Exec(ctx, `UPDATE corpus_articles SET day = ? WHERE num = ?`, to+"\n"+date, k.num)
	return err
}
