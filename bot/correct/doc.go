// Package correct finds what must be corrected of what was said when a cited
// article has a new version, and sees to it that it is.
//
// # Design
//
// [Compare] is the pure core: the version that was cited, the newest one, and our
// sentences with their quotes give the changes. A quote is taken sentence by
// sentence. One that still stands in the new text, wherever and in whatever
// quotation marks, dashes and white space, needs nothing. For any other the place
// is looked for where the new text says most of its words, and both are aligned
// token by token, with numbers, names and dates as one token each, so that a value
// is seen to change where its neighbours stay. bot/cite says whether the place
// still holds our sentence, and if not why. The steps are a file each:
//
//   - reading.go reads a version into sentences and tokens, with corpus/text, in
//     all its languages;
//   - align.go finds the place of a sentence in the other version and aligns both;
//   - fact.go says when two values are the same ("1,200,000" and "1.2 million",
//     "Monday" and "9 March", "12 miles" and "19 kilometres", "Lind" and "Mara Lind");
//   - differ.go gives the values that changed, and says whether two were exchanged;
//   - grave.go knows words of which one in another's place is no matter of style
//     (injured and killed, charged and convicted);
//   - compare.go judges.
//
// A note that tells what the article said before ("Correction: An earlier version
// of this article …") repeats what was wrong, so nothing is found in it.
//
// What a sentence of ours does not say is no matter of ours: where the article
// changed another number of the same quote, and still holds our sentence, the
// quote is only re-worded. Where the old version alone did not hold our sentence
// (it rests on several articles, or is in another language than the article) the
// quote is judged instead.
//
// [Watcher] follows the corpus's log with a cursor of its own (table
// correct_cursor), effect first and cursor after. For each article that was changed
// or withdrawn it asks what was posted with its quotes, compares the versions that
// were cited with the newest, and keeps a row for each post and entry of the log
// (table correct_corrections): so a post is corrected once for a new version,
// however often the work is repeated. The row and the edit, which a function that
// is handed in makes durable, are written in one transaction. Several changes that
// come at once are one correction against the newest version; a change that brings
// nothing beyond the last correction is none; one that takes it back is a
// correction that says so ([Correction.Restored]).
//
// # States
//
// A correction is planned, and done in steps, each of which the messenger answers
// ([Watcher.Outcome]): first the post is edited, then, where the change is
// material, a reply is sent. An answer in a private chat gets the reply alone. In
// the end it is
//
//	sent      the post was edited, or the reply was sent; the reason says what
//	          of both could not be
//	refused   the messenger took neither; the reason says why
//	skipped   there was nothing to be done: the post was deleted by hand, is too
//	          old, the wording changed under an answer, or the article's text was
//	          removed here
//
// No step is tried again by this package once the messenger has answered, and one
// that cannot be made durable is given up after [MaxTries].
//
// # What it cannot do
//
// It compares words. A sentence in which one phrase stands for another ("the former
// treasurer" for "the deputy mayor"), and no figure, name, date or "not" changed, can
// pass as re-worded; and where bot/cite does not know two words for one ("hurt" for
// "injured") a re-wording can pass as a quote that is gone. So what the article says
// now goes with each change. A denial that is added beside a quote that stays is no
// change. In Persian, Arabic and Chinese,
// which have no capitals, a changed name is told as a quote that is gone, where it
// is not one that corpus/text knows.
package correct
