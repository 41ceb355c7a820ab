'use strict';
const http = require('node:http');
const { Bot, GrammyError, InlineKeyboard, webhookCallback } = require('grammy');
const { API, TOKEN, assert, check, checkConflict, checkRefusals, control, dropped, end, refused, setUp, until } = require('./desk.cjs');

function read(error) {
  assert.ok(error instanceof GrammyError, String(error));
  return { code: error.error_code, description: error.description, parameters: error.parameters };
}

function newBot(token = TOKEN) {
  return new Bot(token, { client: { apiRoot: API } });
}

async function main() {
  await setUp();
  const bot = newBot();
  const seen = [];
  bot.command('start', (ctx) => ctx.reply('Welcome'));
  bot.on('message:text', async (ctx) => {
    seen.push(ctx.message.text);
    await ctx.reply(`<b>You said</b> ${ctx.message.text} <a href="https://herald.example/1">[1]</a><blockquote expandable>Quoted.</blockquote>`, {
      parse_mode: 'HTML',
      link_preview_options: { is_disabled: true },
      reply_parameters: { message_id: ctx.message.message_id, quote: 'ferry' },
      reply_markup: new InlineKeyboard().text('Quotes', 'q1').url('Herald', 'https://herald.example/1'),
    });
  });
  bot.on('callback_query:data', async (ctx) => {
    await ctx.answerCallbackQuery({ text: `Pressed ${ctx.callbackQuery.data}` });
    await ctx.editMessageText('Folded out', { reply_markup: new InlineKeyboard().text('Fold in', 'q0') });
  });
  bot.on('edited_message', (ctx) => ctx.reply('Edited', { reply_parameters: { message_id: ctx.editedMessage.message_id } }));

  await check('an answer', async () => {
    const m = await bot.api.sendMessage(1001, 'Answer');
    assert.equal(m.message_id, 2);
  });
  await checkRefusals((method, params) => bot.api.raw[method](params), read);
  await checkConflict(() => bot.api.getUpdates({ timeout: 20 }), read);
  await check('refusal: a wrong token', async () => {
    assert.deepEqual(await refused(read, () => newBot('1:wrong').api.getMe()), { code: 401, description: 'Unauthorized', parameters: {} });
  });

  await bot.api.setMyCommands([{ command: 'ask', description: 'Ask the articles' }], { scope: { type: 'all_group_chats' }, language_code: 'de' });
  await check('commands', async () => {
    assert.deepEqual(await bot.api.getMyCommands({ scope: { type: 'all_group_chats' }, language_code: 'de' }), [{ command: 'ask', description: 'Ask the articles' }]);
  });
  const before = await dropped();
  const running = bot.start({ drop_pending_updates: true, allowed_updates: ['message', 'edited_message', 'callback_query'] });
  await until('the bot polls', async () => await dropped() > before);
  await tour();
  await bot.stop();
  await running;
  await webhook();
  await rich(bot);
  end();

  async function tour() {
    const before = (await control('sent', { chat: 1001 })).length;
    const asked = await control('send', { from: 1001, text: 'Who runs the ferry?' });
    const sent = await control('await', { chat: 1001, n: before + 1 });
    const m = sent.at(-1);
    await check('a message was answered', () => {
      assert.equal(m.text, 'You said Who runs the ferry? [1]Quoted.');
      assert.deepEqual(m.entities.map((e) => e.type), ['bold', 'text_link', 'expandable_blockquote']);
      assert.equal(m.quote.text, 'ferry');
      assert.equal(m.reply_markup.inline_keyboard[0].length, 2);
    });
    await check('a press was answered and the message edited', async () => {
      const query = await control('press', { from: 1001, chat: 1001, message_id: m.message_id, data: 'q1' });
      await until('the edit', async () => (await control('sent', { chat: 1001 })).some((s) => s.text === 'Folded out'));
      assert.equal((await control('answered', { query })).text, 'Pressed q1');
    });
    await check('an edit was seen', async () => {
      await control('edit', { user: 1001, chat: 1001, message_id: asked.message_id, text: 'Who owns the ferry?' });
      await until('the reply', async () => (await control('sent', { chat: 1001 })).some((s) => s.text === 'Edited'));
    });
    await check('deleted', async () => {
      assert.equal(await bot.api.deleteMessage(1001, m.message_id), true);
    });
  }

  async function webhook() {
    const hooked = newBot();
    const got = [];
    hooked.on('message', (ctx) => { got.push(ctx.message.text); });
    await hooked.init();
    const server = http.createServer(webhookCallback(hooked, 'http', { secretToken: 'sesame' }));
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    await check('an update came by webhook', async () => {
      await hooked.api.setWebhook(`http://127.0.0.1:${server.address().port}/hook`, { secret_token: 'sesame' });
      await control('send', { from: 1001, text: 'By webhook' });
      await until('the update', () => got.includes('By webhook'));
      const info = await hooked.api.getWebhookInfo();
      assert.ok(info.url.endsWith('/hook'));
      assert.equal(await hooked.api.deleteWebhook(), true);
    });
    server.closeAllConnections();
    server.close();
  }
}

// rich calls what this version of the client has no name for, or has.
async function rich(bot) {
  await check('a rich message and drafts', async () => {
    const html = '<h2>Ferry</h2><p>Nine <a href="https://herald.example/1">[1]</a></p><details><summary>Quotes</summary><p>“Nine.”</p></details>';
    await bot.api.raw.sendMessageDraft({ chat_id: 1001, draft_id: 5, text: 'Searching' });
    assert.equal((await control('drafts', { chat: 1001 }))[0].text, 'Searching');
    const m = await bot.api.raw.sendRichMessage({ chat_id: 1001, rich_message: { html } });
    assert.deepEqual(m.rich_message.blocks.map((b) => b.type), ['heading', 'paragraph', 'details']);
  });
}

main().catch((error) => {
  console.log(`not ok the tour: ${error.stack}`);
  process.exit(1);
});
