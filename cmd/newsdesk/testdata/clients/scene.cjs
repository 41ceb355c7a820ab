'use strict';
// A bot that shows everything that the page can show, for page.cjs and for eyes:
// it calls the Bot API as any bot does.

const assert = require('node:assert/strict');

const url = (n) => `https://www.harbour-herald.example/news/${n}`;

// Scene is the bot and what it has sent.
class Scene {
  constructor(api) {
    this.api = api; // with the token
    this.offset = 0;
  }

  async call(method, params = {}) {
    const response = await fetch(`${this.api}/${method}`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(params) });
    const answer = await response.json();
    assert.ok(answer.ok, `${method}: ${answer.description}`);
    return answer.result;
  }

  // next waits for an update that fits and drops those before it.
  async next(what, fits) {
    for (let i = 0; i < 20; i++) {
      const updates = await this.call('getUpdates', { offset: this.offset, timeout: 5, limit: 1 });
      if (!updates.length) continue;
      this.offset = updates[0].update_id + 1;
      if (fits(updates[0])) return updates[0];
    }
    throw new Error(`the bot saw no ${what}`);
  }

  message(text) {
    return this.next(`message “${text}”`, (u) => (u.message?.text ?? '').includes(text)).then((u) => u.message);
  }

  async introduce() {
    await this.call('setMyDescription', { description: 'I answer questions about the news from stored articles. Every sentence is tied to a quote.' });
    await this.call('setMyCommands', { commands: [
      { command: 'ask', description: 'Ask the articles' }, { command: 'latest', description: 'The newest articles' },
      { command: 'sources', description: 'Which outlets I have read' }, { command: 'settings', description: 'Language, length, outlets' },
      { command: 'new', description: 'Begin a new conversation' },
    ] });
  }

  draft(chat, text) {
    return this.call('sendMessageDraft', { chat_id: chat, draft_id: 7, text, can_stop: true });
  }

  keyboard(open) {
    return { inline_keyboard: [
      [{ text: 'Harbour Herald', url: url(1) }, { text: 'Valley Dispatch', url: url(2) }],
      [{ text: open ? 'Fold quotes' : 'Quotes', callback_data: open ? 'q0' : 'q1' }, { text: 'Compare outlets', callback_data: 'c1' }],
      [{ text: '👍', callback_data: 'up' }, { text: '👎', callback_data: 'down' }],
    ] };
  }

  html(open) {
    const answer = `Forty-one people were injured when the ferry struck the breakwater, two of them seriously. <a href="${url(1)}">[1]</a> The harbour was closed until noon. <a href="${url(2)}">[2]</a>\n\n`
      + `[1] <b>Harbour Herald</b> · 3 March 2026 · <a href="${url(1)}">Ferry strikes breakwater at Kestrel Bay</a>\n[2] <b>Valley Dispatch</b> · 4 March 2026 · <a href="${url(2)}">Harbour opens again</a>`;
    const quotes = '\n\n<blockquote expandable>[1] “Forty-one people were injured, the harbour master’s office said, two of them seriously. Both were taken to the hospital in Westhaven, where they were said to be out of danger on Tuesday night.”\n\n[2] “No ship left Kestrel Bay before noon, when the harbour master opened the eastern fairway again.”</blockquote>';
    return answer + (open ? quotes : '');
  }

  answer(chat, reply, thread) {
    return this.call('sendMessage', { chat_id: chat, message_thread_id: thread, text: this.html(false), parse_mode: 'HTML', link_preview_options: { is_disabled: true },
      reply_parameters: { message_id: reply }, reply_markup: this.keyboard(false) });
  }

  fold(m, open) {
    return this.call('editMessageText', { chat_id: m.chat.id, message_id: m.message_id, text: this.html(open), parse_mode: 'HTML', reply_markup: this.keyboard(open) });
  }

  rich(chat) {
    return this.call('sendRichMessage', { chat_id: chat, rich_message: { html:
      `<h3>What the outlets say</h3><p>Three outlets report on the ferry; they <b>agree</b> on the day and <mark>differ</mark> on the number. <a href="${url(1)}">[1]</a></p>`
      + '<table bordered striped><tr><th>Outlet</th><th>Injured</th><th>Cause</th></tr><tr><td>Harbour Herald</td><td align="right">41</td><td>rudder</td></tr><tr><td>Valley Dispatch</td><td align="right">39</td><td>not named</td></tr></table>'
      + '<details><summary>Quotes</summary><blockquote><p>“Forty-one people were injured.”</p><cite>Harbour Herald, 3 March 2026</cite></blockquote></details><footer>Searched 23 articles of 5 outlets</footer>' } });
  }
}

module.exports = { Scene };

// Alone, it plays a whole scene into a world that “newsdesk try --api” serves.
if (require.main === module) {
  const scene = new Scene(process.argv[2]);
  const control = (act, args) => fetch(`${process.argv[3]}/${act}`, { method: 'POST', body: JSON.stringify(args) }).then((r) => r.json());
  (async () => {
    await scene.introduce();
    const group = -1002001;
    const asked = await control('send', { from: 1001, text: 'How many people were injured on the ferry?' });
    await scene.fold(await scene.answer(1001, asked.message_id), true);
    const again = await control('send', { from: 1001, text: 'And what did the Valley Dispatch say?', reply_to: 2, quote: 'The harbour was closed until noon.' });
    await scene.call('sendMessage', { chat_id: 1001, text: `The harbour opened again at noon. <a href="${url(2)}">[1]</a>`, parse_mode: 'HTML', reply_parameters: { message_id: again.message_id } });
    await control('send', { from: 1001, text: 'Thank you!' });
    await control('send', { from: 1001, text: 'Searching…' });
    await scene.draft(1001, 'Searching 23 articles… reading 6… checking quotes');
    await control('send', { from: 1002, text: 'Compare the outlets, please' });
    await scene.rich(1002);
    await control('send', { from: 1002, file: 'voice' });
    await control('send', { from: 1002, file: 'photo', text: 'This is the pier' });
    await scene.call('sendMessage', { chat_id: 1002, text: 'پاسخ: چهل و یک نفر زخمی شدند. <a href="https://www.harbour-herald.example/1">[1]</a>', parse_mode: 'HTML' });
    const inGroup = await control('send', { from: 1001, chat: group, thread: 1, text: '@newsdesk_bot how many people were injured?' });
    await scene.answer(group, inGroup.message_id, 1);
    await control('send', { from: 1002, chat: group, thread: 1, text: 'That is more than I thought.' });
    await control('send', { from: 1002, chat: group, thread: 1, text: 'Does anybody have the passenger list?' });
    await control('send', { from: 1001, chat: group, text: 'Morning, all' });
    await scene.call('sendChatAction', { chat_id: group, message_thread_id: 1, action: 'typing' });
  })();
}
