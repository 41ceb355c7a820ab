'use strict';
// The page of "newsdesk try" in a browser, by keyboard where a keyboard can.
// PAGE is its address. MODE says with which bot: "scene" that of scene.cjs, for
// which API is the address of the Bot API with the token; "bot" the real one;
// "slow" the real one with a model that does not end. SHOTS gets pictures.
// Prints "ok NAME" or "not ok NAME: WHY", as the tours do.

const path = require('node:path');
const assert = require('node:assert/strict');
const axe = require('axe-core');
const { chromium } = require('playwright-core');
const { Scene } = require('./scene.cjs');

const { MODE, PAGE, API, SHOTS, CHROMIUM } = process.env;
const wide = { width: 1280, height: 860 };
const narrow = { width: 400, height: 800 };

let failed = 0;
const complaints = [];

async function check(name, what) {
  try {
    await what();
    assert.deepEqual(complaints.splice(0), []);
    console.log(`ok ${name}`);
  } catch (error) {
    failed++;
    console.log(`not ok ${name}: ${error.stack}`);
  }
}

async function open(browser, viewport, hash = '', colorScheme = 'light') {
  const context = await browser.newContext({ viewport, colorScheme });
  const page = await context.newPage();
  page.setDefaultTimeout(30000);
  page.on('console', (m) => { if (['error', 'warning'].includes(m.type())) complaints.push(m.text()); });
  page.on('pageerror', (e) => complaints.push(e.message));
  await page.goto(PAGE + hash);
  await page.waitForSelector('body[data-ready]');
  return page;
}

// pictures takes the open chat in both sizes and both lights.
async function pictures(browser, name, hash) {
  if (!SHOTS) return;
  for (const [size, viewport] of [['1280', wide], ['400', narrow]]) {
    for (const scheme of ['light', 'dark']) {
      const page = await open(browser, viewport, hash, scheme);
      await page.waitForTimeout(250); // the last animation
      await page.screenshot({ path: path.join(SHOTS, `${name}-${size}-${scheme}.png`) });
      await page.context().close();
    }
  }
}

async function write(page, text) {
  await page.focus('#box');
  await page.keyboard.type(text);
  await page.keyboard.press('Enter');
}

// nothingIsMute holds that all that can be pressed has a name, and that nothing
// lies beyond the edge.
async function nothingIsMute(page) {
  const mute = await page.evaluate(() => [...document.querySelectorAll('button, a, textarea, [role="button"]')]
    .filter((e) => e.offsetParent && !(e.getAttribute('aria-label') || e.textContent.trim())).map((e) => e.outerHTML.slice(0, 120)));
  assert.deepEqual(mute, []);
  const beyond = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(beyond <= 0, `${beyond} pixels beyond the edge`);
}

// accessible holds what axe-core knows of accessibility against the page, in both
// sizes and both lights.
async function accessible(browser, hash) {
  for (const viewport of [wide, narrow]) {
    for (const scheme of ['light', 'dark']) {
      const page = await open(browser, viewport, hash, scheme);
      await page.waitForTimeout(250); // the last animation
      await page.evaluate(axe.source);
      const found = await page.evaluate(() => globalThis.axe.run());
      assert.deepEqual(found.violations.map((v) => `${viewport.width} ${scheme} ${v.id}: ${v.nodes.map((n) => n.html).join(' ')}`), []);
      await page.context().close();
    }
  }
}

async function withScene(browser) {
  const scene = new Scene(API);
  await scene.introduce();
  await pictures(browser, '1-start', '#1001/0');
  const page = await open(browser, wide, '#1001/0');
  let question;

  await check('the bot is started by a button', async () => {
    await page.getByRole('button', { name: 'Start' }).press('Enter');
    await scene.message('/start');
    await scene.call('sendMessage', { chat_id: 1001, text: 'Just write your question. /sources shows which outlets I have read.' });
    await page.getByRole('button', { name: '/sources', exact: true }).waitFor();
    await page.waitForSelector('.welcome', { state: 'detached' });
  });
  await check('a draft is shown, and stopped', async () => {
    await write(page, 'How many people were injured on the ferry?');
    await scene.message('injured');
    await scene.draft(1001, 'Searching 23 articles…');
    await page.getByText('Searching 23 articles…').first().waitFor();
    await scene.draft(1001, 'Searching 23 articles… reading 6…');
    await page.locator('#drafts').getByText('reading 6…').waitFor();
    await page.getByRole('button', { name: 'Stop' }).press('Enter');
    await scene.next('stop', (u) => u.stopped_message_generation?.draft_id === 7);
    await page.waitForSelector('.draft', { state: 'detached' });
  });
  await check('an answer takes the place of its draft', async () => {
    await write(page, 'How many people were injured on the ferry, please?');
    question = await scene.message('please');
    await scene.draft(1001, 'Searching 23 articles… reading 6… checking quotes');
    await page.locator('#drafts').getByText('checking quotes').waitFor();
    await pictures(browser, '2-working', '#1001/0');
    await scene.answer(1001, question.message_id);
    const answer = page.locator('article').filter({ hasText: 'two of them seriously' });
    await answer.waitFor();
    await page.waitForSelector('.draft', { state: 'detached' });
    assert.equal(await answer.locator('.replied').textContent(), 'In reply to Ada LindHow many people were injured on the ferry, please?');
    const link = answer.getByRole('link', { name: '[1]' });
    assert.match(await link.getAttribute('href'), /^https:\/\/www\.harbour-herald\.example\//);
    assert.equal(await link.getAttribute('rel'), 'noopener noreferrer');
    assert.equal(await answer.getByRole('link', { name: 'Harbour Herald' }).getAttribute('target'), '_blank');
  });
  await check('quotes fold out by a button', async () => {
    const button = page.getByRole('button', { name: 'Quotes', exact: true });
    await button.press('Enter');
    const press = (await scene.next('press', (u) => u.callback_query?.data === 'q1')).callback_query;
    await scene.fold(press.message, true);
    await scene.call('answerCallbackQuery', { callback_query_id: press.id, text: 'Two quotes' });
    await page.getByText('Two quotes').waitFor();
    const quote = page.locator('blockquote.expandable');
    await quote.waitFor();
    assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Fold quotes');
    await quote.getByRole('button', { name: 'Show all' }).press('Enter');
    assert.equal(await quote.getByRole('button').getAttribute('aria-expanded'), 'true');
    await page.locator('article', { hasText: 'edited' }).first().waitFor();
    await pictures(browser, '3-quotes', '#1001/0');
  });
  await check('an alert is shown and closed', async () => {
    await page.getByRole('button', { name: '👍' }).press('Enter');
    const press = (await scene.next('press', (u) => u.callback_query?.data === 'up')).callback_query;
    await scene.call('answerCallbackQuery', { callback_query_id: press.id, text: 'Thank you', show_alert: true });
    await page.locator('#alert[open]').waitFor();
    await page.keyboard.press('Enter');
    await page.waitForSelector('#alert[open]', { state: 'hidden' });
  });
  await check('a line is quoted by keyboard', async () => {
    await page.focus('#scroll');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('q');
    await page.locator('#popup.lines').waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.keyboard.type('And what did the Valley Dispatch say?');
    await page.keyboard.press('Enter');
    const got = await scene.message('Valley Dispatch say');
    assert.match(got.quote.text, /^\[1\] Harbour Herald/);
    await page.locator('.replied.part').waitFor();
  });
  await check('what was written is edited by keyboard', async () => {
    await page.focus('#box');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('End');
    await page.keyboard.type(' Today?');
    await page.keyboard.press('Enter');
    const got = await scene.next('edit', (u) => u.edited_message);
    assert.match(got.edited_message.text, /Today\?$/);
    await page.getByText('Today?').first().waitFor();
  });
  await check('a command is chosen from the menu', async () => {
    await page.focus('#box');
    await page.keyboard.type('/');
    await page.getByRole('option', { name: '/latest' }).waitFor();
    if (SHOTS) await page.screenshot({ path: path.join(SHOTS, '4-commands-1280-light.png') });
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    assert.equal((await scene.message('/latest')).entities[0].type, 'bot_command');
    await page.keyboard.type('/se');
    await page.waitForFunction(() => [...document.querySelectorAll('[role="option"] b')].map((e) => e.textContent).join() === '/settings');
    await page.keyboard.press('Tab');
    assert.equal(await page.inputValue('#box'), '/settings ');
    await page.keyboard.press('Control+A');
    await page.keyboard.press('Delete');
  });
  await check('text stays text', async () => {
    await scene.call('sendMessage', { chat_id: 1001, text: '<img src=x onerror="document.title=1"><script>document.title=1</script> is only text' });
    await page.getByText('is only text').first().waitFor();
    assert.equal(await page.locator('#log img, #log script').count(), 0);
  });
  await check('outlets are compared in a rich message', async () => {
    await page.getByRole('button', { name: 'Compare outlets' }).press('Enter');
    const press = (await scene.next('press', (u) => u.callback_query?.data === 'c1')).callback_query;
    await scene.call('answerCallbackQuery', { callback_query_id: press.id });
    await scene.rich(1001);
    await page.locator('table td', { hasText: 'Valley Dispatch' }).waitFor();
    await page.locator('summary').press('Enter');
    await page.getByText('Harbour Herald, 3 March 2026', { exact: true }).waitFor();
    await pictures(browser, '5-rich', '#1001/0');
  });
  await check('the group has topics, and two people', async () => {
    for (let i = 0; i < 3; i++) await page.keyboard.press('Alt+ArrowDown');
    await page.getByRole('heading', { name: 'Ferry' }).waitFor();
    await write(page, '@newsdesk_bot how many were injured?');
    const got = await scene.message('how many were');
    assert.equal(got.message_thread_id, 1);
    await scene.answer(got.chat.id, got.message_id, 1);
    await page.locator('#log').getByText('two of them seriously').waitFor();
    await page.getByRole('button', { name: /You write as Ada/ }).press('Enter');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await write(page, 'That is more than I thought.');
    await page.locator('article.own', { hasText: 'more than I thought' }).waitFor();
    assert.equal(await page.locator('article.own').count(), 1);
    await scene.call('sendChatAction', { chat_id: got.chat.id, message_thread_id: 1, action: 'typing' });
    await page.getByText('Newsdesk is typing…').waitFor();
    await pictures(browser, '6-group', '#-1002001/1');
  });
  await check('the calls of the Bot API are listed', async () => {
    await page.getByRole('button', { name: 'Calls of the Bot API' }).press('Enter');
    await page.locator('#calllist summary', { hasText: 'sendChatAction' }).first().waitFor();
    await page.locator('#calllist summary').first().press('Enter');
    if (SHOTS) await page.screenshot({ path: path.join(SHOTS, '7-calls-1280-light.png') });
    await nothingIsMute(page);
  });
  await check('Tab alone goes everywhere', async () => {
    const seen = new Set();
    for (let i = 0; i < 60; i++) {
      await page.keyboard.press('Tab');
      seen.add(await page.evaluate(() => { const e = document.activeElement; return e.id || e.dataset.key || e.className; }));
    }
    for (const wanted of ['keys', 'theme', '1001/0', '-1002001/1', 'inspect', 'more', 'scroll', 'key', 'writer', 'menu', 'box', 'attach', 'go']) {
      assert.ok(seen.has(wanted), `${wanted} is not in ${[...seen]}`);
    }
  });
  await check('axe-core finds nothing', async () => {
    for (const hash of ['', '#1001/0', '#-1002001/1']) await accessible(browser, hash);
  });
  await check('the page says when it is cut off, and catches up', async () => {
    const context = await browser.newContext({ viewport: wide });
    const other = await context.newPage();
    await context.route('**/events', (route) => route.abort());
    await other.goto(`${PAGE}#-1002001/1`);
    await other.waitForSelector('body.lost');
    await context.unroute('**/events');
    await scene.call('sendMessage', { chat_id: -1002001, message_thread_id: 1, text: 'After the break' });
    await other.locator('#log').getByText('After the break').waitFor();
    assert.equal(await other.locator('body.lost').count(), 0);
    await context.close();
  });
  await check('the page comes back to where it was', async () => {
    await page.reload();
    await page.getByText('more than I thought').last().waitFor();
    await page.getByRole('heading', { name: 'Ferry' }).waitFor();
  });
  await check('a narrow page has one thing at a time', async () => {
    const small = await open(browser, narrow);
    assert.equal(await small.locator('#chat').isVisible(), false);
    if (SHOTS) await small.screenshot({ path: path.join(SHOTS, '8-list-400-light.png') });
    await nothingIsMute(small);
    await small.getByRole('button', { name: /as Bo/ }).click();
    assert.equal(await small.locator('#side').isVisible(), false);
    await write(small, 'Hello from Bo');
    assert.equal((await scene.message('Hello from Bo')).from.first_name, 'Bo');
    await nothingIsMute(small);
    await small.getByRole('button', { name: 'Back to the chats' }).press('Enter');
    assert.equal(await small.locator('#side').isVisible(), true);
  });
  await check('a new message is counted in the list', async () => {
    await scene.call('sendMessage', { chat_id: 1002, text: 'Hello, Bo' });
    await page.getByLabel('1 unread').waitFor();
  });
}

async function withBot(browser) {
  const page = await open(browser, wide, '#1001/0');
  const answers = page.locator('article:not(.own):not(.draft)');
  const ask = async (text) => {
    const before = await answers.count();
    await write(page, text);
    await answers.nth(before).waitFor({ timeout: 60000 });
    return answers.nth(before);
  };
  await check('the bot answers a suggested question', async () => {
    await page.getByRole('button', { name: 'How many people were injured on the ferry?' }).press('Enter');
    await answers.first().waitFor({ timeout: 60000 });
    assert.match(await answers.first().textContent(), /injured/);
    assert.match(await answers.first().getByRole('link', { name: '[1]' }).first().getAttribute('href'), /\.example\//);
  });
  await check('quotes fold out and in', async () => {
    await answers.first().getByRole('button', { name: 'Quotes' }).press('Enter');
    await answers.first().locator('blockquote.expandable').waitFor();
    await pictures(browser, '9-real-quotes', '#1001/0');
    await answers.first().getByRole('button', { name: 'Hide quotes' }).press('Enter');
    await answers.first().locator('blockquote').waitFor({ state: 'detached' });
  });
  await check('outlets are compared', async () => {
    const before = await answers.count();
    await answers.first().getByRole('button', { name: 'Compare outlets' }).press('Enter');
    await answers.nth(before).waitFor({ timeout: 60000 });
  });
  await check('the bot answers a follow-up', async () => {
    assert.match(await (await ask('What did Fergus Dunmarrow say about the apprentices?')).textContent(), /Dunmarrow/);
    await ask('And when was that?');
  });
  await check('the bot says what it does not know', async () => {
    assert.match(await (await ask('Who won the chess olympiad in Reykjavik?')).textContent(), /do not answer/);
  });
  await check('the bot answers in the topic, and only when it is called', async () => {
    await page.keyboard.press('Alt+ArrowUp');
    await page.getByRole('heading', { name: 'Ferry' }).waitFor();
    await write(page, 'Nobody asks the bot here');
    const answer = await ask('@newsdesk_bot How many passengers were on the Lady Maren?');
    assert.match(await answer.textContent(), /212/);
    assert.equal(await answers.count(), 1);
  });
  await check('a look is chosen and rich messages come', async () => {
    await page.keyboard.press('Alt+ArrowDown');
    await page.getByText('you are Ada').waitFor();
    const settings = await ask('/settings ');
    await settings.getByRole('button', { name: 'Look of the messages' }).press('Enter');
    await settings.getByRole('button', { name: /rich/i }).press('Enter');
    await settings.getByText('rich').first().waitFor();
    const answer = await ask('How many passengers were on the Lady Maren?');
    await answer.locator('.rich').waitFor();
    assert.match(await answer.textContent(), /212/);
  });
  await pictures(browser, '9-real', '#1001/0');
  await pictures(browser, '9-real-group', '#-1002001/1');
}

// withSlowModel is the real bot with a model server that never ends its answer.
async function withSlowModel(browser) {
  const page = await open(browser, wide, '#1001/0');
  for (const [name, stop] of [
    ['work is ended by the Stop button', () => page.getByRole('button', { name: 'Stop' }).press('Enter')],
    ['work is ended by /cancel', () => write(page, '/cancel ')],
  ]) {
    await check(name, async () => {
      const before = await page.locator('article:not(.own):not(.draft)').count();
      await write(page, 'How many people were injured on the ferry?');
      await page.locator('.draft .text').waitFor({ timeout: 60000 });
      if (name.includes('button')) await pictures(browser, '9-real-working', '#1001/0');
      await stop();
      await page.locator('article:not(.own):not(.draft)').nth(before).getByText('Stopped').waitFor({ timeout: 60000 });
      await page.waitForSelector('.draft', { state: 'detached' });
    });
  }
}

async function main() {
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
  await { scene: withScene, bot: withBot, slow: withSlowModel }[MODE](browser);
  await browser.close();
  process.exit(failed ? 1 : 0);
}

main().catch((error) => {
  console.log(`not ok the page: ${error.stack}`);
  process.exit(1);
});
