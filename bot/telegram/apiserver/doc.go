// Package apiserver is a strict server of the Telegram Bot API: the other end of
// the bot, for tests and for people who want to try it without an account.
//
// # Design
//
// A [Server] is one bot's Telegram. It has two faces over one state, which one
// lock guards:
//
//   - the Bot API, at /bot<token>/<method>, as documented by Telegram: GET and
//     POST, parameters in the query, a form, multipart or JSON;
//   - the people, as Go methods: [Server.AddUser], [Server.AddChat],
//     [Server.Send], [Server.Press], [Server.Block] and so on make what persons
//     and chats do, [Server.Sent] and [Server.Await] say what they got to see, and
//     [Server.Look] what a client shows. [Server.Control] offers the same over
//     HTTP for other processes.
//
// Everything lives in memory and dies with the Server, which thus outlives the
// bot's process in tests that kill it.
//
// # What is checked
//
// Every call is first held against spec.json, a reduction of the published
// specification to what is served (reduce.go makes it, LICENSE-spec.txt is its
// licence): method, names, presence and types of parameters, down into nested
// objects. Only then does the method's own function see it, and refuses it with
// Telegram's code and words where the state forbids it: no such chat, topic or
// message, no right to speak, nothing modified, text too long. Lengths count
// UTF-16 units after HTML was parsed.
//
// The server is stricter than Telegram on purpose, since it is to find mistakes
// that Telegram would hide: unknown parameters and fields are refused; so are, in
// HTML, a bare "&" or ">", unknown references and attributes, links that Telegram
// would silently drop, and tags inside code; in rich messages, what its clients
// were seen to show wrongly; a reply must stay in the topic of its message. (One
// field that telegraf sends with every button is let through.)
//
// It is poorer than Telegram where nobody asked it to be rich: bots send text and
// rich messages only, as HTML or as blocks and not as Markdown, without files and
// formulas; there are no ephemeral messages. Of rates it knows those that
// [Server.SetRates] sets; there are none at first.
//
// # Updates
//
// An update waits until getUpdates is called with a higher offset, or a webhook
// took it, or a day has passed. A poll returns at once when something waits,
// else when something comes or its timeout (50 s at most) has passed; a second
// poll ends the first with 409, as at Telegram. In groups the bot is in privacy
// mode ([Server.SetPrivacy]): it sees commands that may be for it, mentions of
// it, replies to it, and service messages.
//
// # The page
//
// [Server.Page] serves one page that looks and works like a chat, for people who
// try the bot. It is plain HTML, CSS and JavaScript in the folder page, without a
// build step; [Server.Look] streams to it as server-sent events, and what it has
// seen is in each event's id, so that a cut stream is gone on with. Text of
// messages becomes text nodes, its looks come from the entities and blocks that
// this package has parsed, and the content policy forbids everything else. A menu
// is asked for when it is needed; nothing is kept in the browser but the light and
// who writes in groups.
//
// # Faults
//
// [Server.Inject] makes calls fail by rule: too many requests, server errors, a
// connection that is cut before or after the effect, an answer that never comes,
// HTML or a rich message that is not liked. A share of calls is chosen by a seeded generator, so a
// run can be repeated.
//
// Numbers without a source at Telegram are ours: a callback query can be
// answered for five minutes, and the newest 20,000 calls are kept.
package apiserver
