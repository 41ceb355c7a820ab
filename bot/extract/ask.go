package extract

import "newsdesk/corpus/text"

// kind says what sort of thing a question asks for, and with it what a
// sentence must hold to answer.
type kind int

const (
	// open asks for anything: only the words decide.
	open kind = iota
	// person asks for somebody, or some body, by name.
	person
	// thing asks for the name of something, or for words in quotation marks.
	thing
	// place asks for a name after a word such as "in".
	place
	// moment asks for a date, a year or a day of the week.
	moment
	// amount asks for a number.
	amount
	// reason asks why.
	reason
	// speech asks what somebody said.
	speech
	// report asks for what is told about a topic.
	report
)

// ask is a question as it was read.
type ask struct {
	kind kind
	// unit is the class of unit an amount must have: one of the classes of units,
	// "age", "size" for any but a time, or "" for a bare count.
	unit string
	// focus are the indexes of the terms that say what is asked for: the
	// "houses" of "how many houses", the "diplomat" of "which diplomat".
	focus []int
	// speaker are the indexes of the terms that name who said it.
	speaker []int
	// topic are the indexes of the terms that say what it was said about.
	topic []int
	// future is set when the question is about what is still to come.
	future bool
	// naming is set where the name of what is in focus is asked for.
	naming bool
	// label is set for a thing that is a label, a slogan or a nickname: words that
	// are quoted, or said to be what something is called.
	label bool
	// role is the word for the office whose holder is asked for ("who is the
	// president"), as it stands there; else empty.
	role string
	// body is set where a person that is asked for may be some body as well.
	body bool
	// where is set for a place that may be any, such as a car.
	where bool
	// many is the number of things asked for, 1 if the question does not say.
	many int
	// compare is set when the question sets accounts side by side.
	compare bool
	// outlets are those whose account the question asks for, of the ones at
	// hand; empty for all of them.
	outlets []string
	// terms are the words that have to be found.
	terms []term
}

// term is a word of the question that has to be found.
type term struct {
	text.Word
	// name is the index of the name of the question that it is part of, or -1.
	name int
	// number is set for words made of digits.
	number bool
	// behind is the number of words between it and the question word before it.
	behind int
	// weight is how much it counts; see weigh.
	weight float64
}
