package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"io"
	"strings"

	"newsdesk/corpus"
	"newsdesk/corpus/multihop"
	"newsdesk/retrieval"
	"newsdesk/retrieval/chunk"
	"newsdesk/retrieval/eval"
)

// evalSet is a labelled set that has been held against its corpus.
type evalSet struct {
	corpus    string // the file
	articles  int
	questions []multihop.Question

	// What the articles' passages come to.
	passages, words, wordsMax int
	// key is the hash of the corpus's file and of all its passages as they are
	// embedded: it changes with whatever reads and cuts articles.
	key string
	// notes say what the figures will lack.
	notes []string
}

func (s *evalSet) wordsMean() float64 { return float64(s.words) / float64(max(s.passages, 1)) }

// mostListed is the number of faults of one kind that are listed one by one.
const mostListed = 20

// readSet reads both files and checks them; nothing is indexed before that.
func (c *evalSource) readSet(ctx context.Context, s *streams) (*evalSet, error) {
	set := &evalSet{corpus: c.Corpus}
	var err error
	if set.questions, err = readQuestions(c.Questions); err != nil {
		return nil, err
	}
	if faults := eval.CheckQuestions(c.Questions, set.questions); len(faults) > 0 {
		return nil, faultsError(faults)
	}
	check := eval.NewCheck(c.Corpus, c.Questions, set.questions)
	if err := set.readCorpus(ctx, check); err != nil {
		return nil, err
	}
	if faults := check.Duplicates(); len(faults) > 0 {
		return nil, faultsError(faults)
	}
	return set, set.placeFacts(ctx, check, s)
}

// faultsError lists faults, as many as a person will read.
func faultsError(faults []*eval.Fault) error {
	var lines []string
	for _, f := range faults[:min(len(faults), mostListed)] {
		lines = append(lines, f.Error())
	}
	if more := len(faults) - mostListed; more > 0 {
		lines = append(lines, fmt.Sprintf("%s: %d more like these", faults[0].File, more))
	}
	return fmt.Errorf("%s", strings.Join(lines, "\n"))
}

func readQuestions(path string) ([]multihop.Question, error) {
	file, err := openFile(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	var all []multihop.Question
	for q, err := range multihop.Questions(path, file) {
		if err != nil {
			return nil, err
		}
		all = append(all, q)
	}
	return all, nil
}

// eachArticle reads the corpus, an article at a time; in is told all bytes of
// the file.
func (s *evalSet) eachArticle(ctx context.Context, in io.Writer, do func(corpus.Article)) error {
	file, err := openFile(s.corpus)
	if err != nil {
		return err
	}
	defer file.Close()
	r := io.TeeReader(file, in)
	for a, err := range multihop.Articles(s.corpus, r) {
		if err != nil {
			return err
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		do(a)
	}
	return nil
}

// readCorpus checks and counts the articles.
func (s *evalSet) readCorpus(ctx context.Context, check *eval.Check) error {
	sum := sha256.New()
	passages := sha256.New()
	err := s.eachArticle(ctx, sum, func(a corpus.Article) {
		check.Article(a)
		s.count(a, passages)
	})
	s.articles = check.Articles()
	sum.Write(passages.Sum(nil))
	s.key = hex.EncodeToString(sum.Sum(nil))
	return err
}

// count takes an article's passages into the counts and into the hash.
func (s *evalSet) count(a corpus.Article, into hash.Hash) {
	for _, p := range chunk.Passages(a) {
		words := len(strings.Fields(p.Text))
		s.passages++
		s.words += words
		s.wordsMax = max(s.wordsMax, words)
		fmt.Fprintf(into, "%q %q %s %q\n", p.URL, p.Outlet, p.Published, retrieval.Embeddable(p))
	}
}

// placeFacts says which facts no article holds. They stay in the figures, as
// facts that are never found; but a set of which no fact is there is another
// corpus's.
func (s *evalSet) placeFacts(ctx context.Context, check *eval.Check, to *streams) error {
	if check.Wanting() == 0 {
		return nil
	}
	if err := s.eachArticle(ctx, io.Discard, check.Elsewhere); err != nil {
		return err
	}
	faults := check.Missing()
	if len(faults) == 0 {
		return nil
	}
	for _, f := range faults[:min(len(faults), mostListed)] {
		fmt.Fprintln(to.Err, f)
	}
	if more := len(faults) - mostListed; more > 0 {
		fmt.Fprintf(to.Err, "%s: %d more like these\n", faults[0].File, more)
	}
	note := fmt.Sprintf("%s of %d are in no article of %s and count as not found", count(len(faults), "gold fact", "gold facts"), check.Facts(), s.corpus)
	if len(faults) == check.Facts() {
		return fmt.Errorf("%s: %s: the questions are of another corpus", faults[0].File, note)
	}
	s.notes = append(s.notes, note)
	return nil
}
