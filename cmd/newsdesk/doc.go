// Newsdesk answers questions about the news from stored articles of many
// outlets, in Telegram and in the terminal. Every sentence it says is tied to a
// verbatim quote of a stored article, named by outlet, date and link; code finds
// and checks the quote, not a model.
//
// This is the tour, from the bottom up. Each package's own comment is its
// design; here is how they fit.
//
// # Three trees, one direction
//
// corpus (what has been published) ← retrieval (finding evidence) ← bot (saying
// it) ← cmd (which of it). In each tree the root package says what, its
// sub-packages how, and only this package which. Nothing points back:
// arrows_test.go reads the import lines and holds it.
//
// # corpus: what has been published
//
// corpus/store opens the one SQLite file: one writer, many readers, each package
// with tables of its own, and a Tx where a step must be whole. corpus is an
// append-only log of articles and their versions on top of it. Whoever derives
// something from articles remembers how far along the log it has got and pulls
// the rest; nothing is pushed.
//
// corpus/text knows what everything later needs of language (sentences, numbers,
// dates, names, quotations, with byte offsets) and nothing else. corpus/roundup
// and corpus/multihop read files; corpus/sample are articles of our own.
//
// What outlets put on the web is read by packages that only turn bytes into values
// and end on any bytes: corpus/feed (what is new), corpus/sitemap (what there is),
// corpus/page (one article), corpus/archive (pages that somebody kept). They share
// corpus/charset, corpus/markup (HTML to plain text) and corpus/dated (dates as
// people write them). corpus/fetch brings the bytes, politely and safely.
// corpus/poll is the only one that knows the others: it keeps the register of
// outlets, reads each at its own pace, and adds to the corpus first and marks
// after. corpus/polltest plays outlets that fail as servers fail, and knows what is
// true of them, for tests; corpus/fetch/fetchtest is their network, in memory.
//
// # retrieval: finding evidence
//
// A passage is a stretch of one version of one article, named by the version's
// Seq and two offsets, so that a passage's name means the same bytes for ever
// and no index has to keep texts. retrieval/chunk cuts passages at sentences.
//
// An Embedder makes vectors: retrieval/static inside the binary,
// retrieval/openai at a server, retrieval/remember around either, so that
// nothing is embedded twice. An Index is a Retriever that can be filled:
// retrieval/dense (chromem-go, in memory, rebuilt from SQLite in a second) and
// retrieval/lexical (bleve, on disk). retrieval/indexer brings either up to the
// end of the log: effect first, cursor after, so that a crash repeats work and
// loses none. retrieval/hybrid fuses them by reciprocal rank, and gives filters up,
// saying so, where they let nothing through; retrieval/rerank takes a second look at
// its first hundred, and retrieval/spread on top shows a text that several outlets
// print once, and spreads what is found over articles, outlets and time as the
// question wants it; retrieval/hybrid/hybridtest builds what they stand on, for
// their tests. retrieval/scope reads a question: which outlets, when, whether
// one article is enough. retrieval/story follows the log as an indexer does and puts
// articles that report one event into stories, which split, merge and keep their
// identity; it tells independent origins from copies, and what is new in a later
// article. retrieval/eval scores all of it on labelled data.
//
// # bot: saying it
//
// bot/answer is the one path from a question to an answer: scope, retrieve,
// enough?, prompt, generate, cite. A Generator writes text from numbered
// passages: bot/extract inside the binary, bot/openai at a server. What it wrote
// is worth nothing until bot/cite has found every number, date, name, quotation
// and outlet of a sentence in the passages; what is not there is dropped. No
// evidence is a finding with a shape of its own, not an error and not silence.
// bot/eval scores answers, and the check by itself, on labelled data.
//
// bot/compare lays the articles of one story side by side: what several outlets
// tell alike, and where numbers, names, times, actors or denials differ, each
// side with its quotes.
//
// bot/digest tells the stories of a period: chosen by rules that can be read off the
// result, in a model's words or the articles' own, each sentence checked with the
// passages of its story alone, and of a story that was told only what is new.
//
// bot/chat turns messages into replies, and has pages of buttons for outlets,
// digests and settings; bot/access says who may ask, and in which channels the bot
// is; bot/schedule keeps who gets what when, each time of it as a row that is done
// once, and what a channel was told. bot/correct follows the log, compares each new
// version with what was posted of the old, and has posts edited and answers replied
// to. What is said is typed blocks; each place renders and escapes them in its own
// way. bot/telegram keeps what came in and what goes out in two tables, so that
// kill -9 at any moment loses no question; bot/telegram/apiserver is the other end
// of it, strict, for tests and, with a page that is a chat, for the command try.
//
// # cmd: which of it
//
// One file a command. app.go opens a data folder and builds at first use what a
// command needs; search.go stacks the retrievers; models.go chooses models. One
// process works in a folder at a time: a running serve takes the other commands
// over a socket (socket.go, within.go) and runs the same code for them.
//
// digests.go takes the slots of digests from due to done, drafts.go to the admin who
// approves them, targets.go into feeds and folders; breaking.go and corrections.go do
// what follows from new articles once they are indexed.
//
// eval.go and its neighbours score what serves (retrieval, answers, citations):
// the same stack over a folder of its own in the user's cache (eval_index.go), so
// that a figure is one of the product and not of a copy.
//
// # Goals
//
//   - Nothing unchecked is sent.
//   - What the articles do not hold is said not to be there.
//   - Nothing is lost, through kill -9, a full disk, a refused message, a dead
//     model server.
//   - Article text is data from strangers: never markup, link, instruction or
//     command.
//
// # Doubts
//
// The check of a sentence is made of rules: it knows a wrong number from a right
// one, but a free paraphrase that turns a meaning around without a figure, a
// name or a "not" can pass. The built-in generator quotes rather than tells, and
// refuses a near miss by what the sentences lack, which is a judgement that will
// sometimes be wrong. Chromem in memory holds some hundred thousand passages
// well; beyond a million another Index is needed.
package main
