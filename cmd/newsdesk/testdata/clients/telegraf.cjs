'use strict';
const { Markup, Telegraf, TelegramError } = require('telegraf');
const { API, TOKEN, assert, check, checkConflict, checkRefusals, control, dropped, end, refused, setUp, until } = require('./desk.cjs');

function read(error) {
  assert.ok(error instanceof TelegramError, String(error));
  return { code: error.response.error_code, description: error.response.description, parameters: error.response.parameters };
}

function newBot(token = TOKEN) {
  return new Telegraf(token, { telegram: { apiRoot: API } });
}

async function main() {
  await setUp();
  const bot = newBot();
  bot.on('text', (ctx) => ctx.replyWithHTML(`<b>You said</b> ${ctx.message.text} <a href="https://herald.example/1">[1]</a>`, {
    link_preview_options: { is_disabled: true },
    reply_parameters: { message_id: ctx.message.message_id, quote: 'ferry' },
    ...Markup.inlineKeyboard([Markup.button.callback('Quotes', 'q1'), Markup.button.url('Herald', 'https://herald.example/1')]),
  }));
  bot.action(/^q/, async (ctx) => {
    await ctx.answerCbQuery(`Pressed ${ctx.match.input}`, { show_alert: true });
    await ctx.editMessageText('Folded out', Markup.inlineKeyboard([Markup.button.callback('Fold in', 'q0')]));
    await ctx.editMessageReplyMarkup(undefined);
  });
  bot.on('edited_message', (ctx) => ctx.reply('Edited'));

  await check('an answer', async () => {
    assert.equal((await bot.telegram.sendMessage(1001, 'Answer')).message_id, 2);
  });
  await checkRefusals((method, params) => bot.telegram.callApi(method, params), read);
  await checkConflict(() => bot.telegram.callApi('getUpdates', { timeout: 20 }), read);
  await check('refusal: a wrong token', async () => {
    const got = await refused(read, () => newBot('1:wrong').telegram.getMe());
    assert.equal(got.code, 401);
    assert.equal(got.description, 'Unauthorized');
  });
  await check('commands', async () => {
    const menu = [{ command: 'ask', description: 'Ask the articles' }];
    await bot.telegram.setMyCommands(menu, { scope: { type: 'all_group_chats' }, language_code: 'de' });
    assert.deepEqual(await bot.telegram.getMyCommands({ scope: { type: 'all_group_chats' }, language_code: 'de' }), menu);
  });

  const earlier = await dropped();
  const running = bot.launch({ dropPendingUpdates: true, allowedUpdates: ['message', 'edited_message', 'callback_query'] });
  await until('the bot polls', async () => await dropped() > earlier);
  const before = (await control('sent', { chat: 1001 })).length;
  const asked = await control('send', { from: 1001, text: 'Who runs the ferry?' });
  const m = (await control('await', { chat: 1001, n: before + 1 })).at(-1);
  await check('a message was answered', () => {
    assert.equal(m.text, 'You said Who runs the ferry? [1]');
    assert.equal(m.entities[1].url, 'https://herald.example/1');
    assert.equal(m.quote.text, 'ferry');
    assert.equal(m.reply_markup.inline_keyboard[0].length, 2);
  });
  await check('a press was answered and the message edited', async () => {
    const query = await control('press', { from: 1001, chat: 1001, message_id: m.message_id, data: 'q1' });
    await until('the edits', async () => (await control('sent', { chat: 1001 })).some((s) => s.text === 'Folded out' && !s.reply_markup));
    assert.deepEqual(await control('answered', { query }), { text: 'Pressed q1', show_alert: true, url: '' });
  });
  await check('an edit was seen', async () => {
    await control('edit', { user: 1001, chat: 1001, message_id: asked.message_id, text: 'Who owns the ferry?' });
    await until('the reply', async () => (await control('sent', { chat: 1001 })).some((s) => s.text === 'Edited'));
  });
  await check('deleted', async () => {
    assert.equal(await bot.telegram.deleteMessage(1001, m.message_id), true);
  });
  await check('the bot stops', async () => {
    bot.stop('the tour is over');
    await running;
  });
  end();
}

main().catch((error) => {
  console.log(`not ok the tour: ${error.stack}`);
  process.exit(1);
});
