// The page: the list of chats, the chat that is open, and what a person does.

import { el, icon, plain } from './text.js';
import { act, isGroup, lastCalls, listen, menuOf, person, world } from './world.js';
import { dayOf, draw, drawDraft, face, isService, nameOf, summary, timeOf } from './message.js';

const $ = (id) => document.getElementById(id);
const box = $('box');
const log = $('log');
const scroll = $('scroll');

let open = ''; // the key of the open place
let writer = 0; // who writes in groups
let about = null; // { kind: 'reply' | 'edit', message, quote }
let fresh = 0; // messages that came while the newest were not in sight
const opened = new Map(); // open quotes, by place and message
const typed = new Map(); // what was typed and not sent, by place
const pressed = new Map(); // buttons that wait for an answer, by query
const early = new Map(); // answers that came before it was known what they answer

const here = () => world.places.get(open);
const author = (p = here()) => (p.chat.type === 'private' ? p.chat.id : writer);

function isOwn(m, p) {
  return p.chat.type === 'private' ? m.from?.id === p.chat.id : m.from?.id === writer;
}

// ---- the list of chats

function titleOf(p) {
  if (p.chat.type === 'private') return world.bot.first_name;
  return p.thread ? p.topic : p.chat.is_forum ? 'General' : p.chat.title;
}

function newest(p) {
  return [...p.messages.values()].filter((m) => !m.forum_topic_created).at(-1);
}

function preview(p) {
  if (p.drafts.length) return el('span', { class: 'busy', text: p.drafts[0].text || 'Thinking…' });
  if (p.doing) return el('span', { class: 'busy', text: 'typing…' });
  const m = newest(p);
  if (!m) return el('span', { text: p.chat.type === 'private' ? 'Nothing asked yet' : 'No messages yet' });
  const by = isGroup(p) && !isService(m) ? `${m.from?.first_name}: ` : isOwn(m, p) ? 'You: ' : '';
  return el('span', { dir: 'auto' }, by && el('b', { text: by }), summary(m));
}

// order puts private chats first, and each group's topics behind it.
function order() {
  const all = [...world.places.values()];
  const rank = (p) => [p.chat.type === 'private' ? 0 : 1, p.chat.type === 'private' ? p.chat.id : -p.chat.id, p.thread];
  return all.sort((a, b) => {
    const [x, y] = [rank(a), rank(b)];
    return x[0] - y[0] || x[1] - y[1] || x[2] - y[2];
  });
}

function drawList() {
  const focused = document.activeElement?.dataset?.key;
  const items = [];
  let group = 0;
  for (const p of order()) {
    if (p.chat.is_forum && p.chat.id !== group) {
      group = p.chat.id;
      const picture = el('span', { class: 'face square', 'aria-hidden': 'true' });
      face(picture, p.chat.title, p.chat.id);
      items.push(el('li', { class: 'grouphead' }, picture, el('b', { text: p.chat.title }), el('small', { text: 'group with topics' })));
    }
    items.push(el('li', { class: p.chat.is_forum ? 'topic' : '' }, entry(p)));
  }
  $('chats').replaceChildren(...items);
  if (focused) $('chats').querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus();
}

function entry(p) {
  const picture = el('span', { class: 'face', 'aria-hidden': 'true' });
  if (p.chat.is_forum) picture.append(icon('hash'));
  else if (p.chat.type === 'private') picture.classList.add('bot');
  else face(picture, p.chat.title, p.chat.id);
  const m = newest(p);
  return el('button', {
    class: 'entry', 'data-key': p.key, 'aria-current': p.key === open ? 'true' : undefined, onclick: () => show(p.key),
  }, picture, el('span', { class: 'names' },
    el('span', { class: 'top' }, el('b', { text: titleOf(p) }),
      p.chat.type === 'private' && el('small', { class: 'as', text: `as ${person(p.chat.id)?.first_name}` }),
      m && el('time', { text: timeOf(m.edit_date ?? m.date) })),
    el('span', { class: 'last' }, preview(p), p.unread > 0 && el('span', { class: 'badge', text: p.unread, 'aria-label': `${p.unread} unread` }))));
}

// ---- the open chat

function show(key) {
  const before = here();
  if (before) typed.set(open, about?.kind === 'edit' ? '' : box.value);
  open = key;
  const p = here();
  p.unread = 0;
  history.replaceState(null, '', `#${key}`);
  setAbout(null);
  offer([]);
  box.value = typed.get(key) ?? '';
  $('app').dataset.view = 'chat';
  grow();
  drawHead();
  drawAll();
  drawList();
  if (matchMedia('(hover: hover)').matches || before) box.focus({ preventScroll: true });
}

function drawHead() {
  const p = here();
  if (!p) return;
  const picture = $('face');
  picture.className = p.chat.type === 'private' ? 'face bot' : 'face';
  picture.replaceChildren();
  if (p.chat.is_forum) picture.append(icon('hash'));
  else if (p.chat.type !== 'private') face(picture, p.chat.title, p.chat.id);
  $('title').textContent = titleOf(p);
  document.title = `${titleOf(p)} · newsdesk`;
  const who = p.chat.type === 'private' ? `bot · you are ${person(p.chat.id)?.first_name}` : `${p.chat.title} · ${world.cast.length + 1} members`;
  const busy = p.drafts.length > 0 || p.doing;
  $('subtitle').textContent = busy ? `${world.bot.first_name} is ${p.drafts.length ? 'working' : 'typing'}…` : who;
  $('subtitle').classList.toggle('busy', Boolean(busy));
  const group = isGroup(p);
  $('writer').hidden = !group;
  const me = person(author(p));
  if (group && me) {
    face($('writer'), me.first_name, me.id);
    $('writer').setAttribute('aria-label', `You write as ${me.first_name}. Press to change.`);
    $('writer').title = `You write as ${me.first_name}`;
  }
  box.placeholder = group ? `Message as ${me?.first_name}` : 'Message';
}

function element(id) {
  return log.querySelector(`[data-id="${id}"]`);
}

function openedIn(m) {
  const key = `${open}/${m.message_id}`;
  if (!opened.has(key)) opened.set(key, new Set());
  return opened.get(key);
}

function drawOne(m) {
  const p = here();
  return draw(m, p, { own: isOwn(m, p), acts, opened: openedIn(m) });
}

function drawAll() {
  const p = here();
  log.setAttribute('aria-live', 'off');
  log.replaceChildren();
  const all = [...p.messages.values()].sort((a, b) => a.message_id - b.message_id);
  let last = '';
  for (const m of all) {
    const date = dayOf(m.date);
    if (date !== last) log.append(el('div', { class: 'service day' }, el('span', { text: date })));
    last = date;
    log.append(drawOne(m));
  }
  if (!all.some((m) => !isService(m))) log.append(welcome(p));
  join();
  drawDrafts();
  fresh = 0;
  toEnd();
  requestAnimationFrame(() => { toEnd(); log.setAttribute('aria-live', 'polite'); });
}

// join makes messages of one person that follow each other look like one piece.
function join() {
  let before = null;
  for (const e of log.children) {
    const same = before && e.classList.contains('message') && before.classList.contains('message') && e.dataset.from === before.dataset.from;
    e.classList.toggle('follows', Boolean(same));
    before?.classList.toggle('tail', !same);
    before = e;
  }
  before?.classList.add('tail');
}

function welcome(p) {
  const group = isGroup(p);
  const mention = group ? `@${world.bot.username} ` : '';
  const picture = el('span', { class: 'face big bot', 'aria-hidden': 'true' });
  const words = group ? `${world.bot.first_name} is in this group. It sees commands, mentions of @${world.bot.username} and replies to it, and nothing else.`
    : world.says[0] || world.says[1] || 'Ask about the news. Every sentence of an answer is tied to a quote of an article.';
  return el('div', { class: 'welcome' }, picture, el('h3', { text: world.bot.first_name }), el('p', { text: words }),
    !group && el('button', { type: 'button', class: 'primary', text: 'Start', onclick: () => send('/start') }),
    world.suggestions?.length > 0 && el('div', { class: 'suggestions' }, el('small', { text: 'Or ask right away' }),
      ...world.suggestions.map((s) => el('button', { type: 'button', text: s, dir: 'auto', onclick: () => send(mention + s) }))));
}

function drawDrafts() {
  const p = here();
  const all = $('drafts');
  const shown = new Map([...all.children].map((e) => [e.dataset.draft, e]));
  for (const d of p.drafts) {
    const had = shown.get(String(d.draft_id));
    shown.delete(String(d.draft_id));
    if (had && had.dataset.shown === d.shown) continue;
    const e = drawDraft(d, acts);
    e.dataset.shown = d.shown;
    const focused = had?.contains(document.activeElement);
    if (had) had.replaceWith(e); else all.append(e);
    if (focused) e.querySelector('button')?.focus();
  }
  for (const e of shown.values()) {
    if (e.contains(document.activeElement)) box.focus();
    e.remove();
  }
}

const atEnd = () => scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 80;

function toEnd() {
  scroll.scrollTop = scroll.scrollHeight;
  fresh = 0;
  drawDown();
}

function drawDown() {
  $('down').hidden = atEnd();
  $('fresh').hidden = fresh === 0;
  $('fresh').textContent = fresh;
}

function update({ place: p, messages, gone }) {
  const visible = p.key === open && !document.hidden;
  if (p.key !== open) {
    p.unread += messages.filter((m) => !m.edit_date && !isOwn(m, p) && !isService(m)).length;
    return;
  }
  const stay = atEnd();
  let mine = false;
  for (const m of messages) {
    const old = element(m.message_id);
    const e = drawOne(m);
    if (old) {
      const focus = focusIn(old);
      old.replaceWith(e);
      focus?.(e);
      continue;
    }
    log.querySelector('.welcome')?.remove();
    log.append(e);
    if (visible) e.classList.add('new');
    mine ||= isOwn(m, p);
    if (!stay && !isOwn(m, p)) fresh++;
  }
  for (const id of gone) element(id)?.remove();
  join();
  drawDrafts();
  drawHead();
  if (stay || mine) toEnd(); else drawDown();
}

// focusIn remembers which part of an element has the focus, to give it to the one
// that takes its place.
function focusIn(e) {
  if (!e.contains(document.activeElement)) return null;
  const area = document.activeElement.closest('.keyboard, .bubble')?.className.split(' ')[0];
  const parts = (of) => [...of.querySelectorAll(area === 'keyboard' ? '.keyboard .key' : '.bubble :is(a, button)')];
  const index = parts(e).indexOf(document.activeElement);
  return (now) => (index >= 0 ? parts(now)[Math.min(index, parts(now).length - 1)] ?? now : now).focus({ preventScroll: true });
}

// ---- what a person does

// answered shows what the bot says to a press, where the button was pressed.
function answered(a) {
  if (!pressed.has(a.query)) {
    early.set(a.query, a);
    return;
  }
  pressed.get(a.query).classList.remove('waits');
  pressed.delete(a.query);
  early.clear();
  if (a.answer.show_alert) {
    $('alerttext').textContent = a.answer.text;
    $('alert').showModal();
  } else if (a.answer.text) toast(a.answer.text);
}

function complain(error) {
  toast(error.message[0].toUpperCase() + error.message.slice(1));
}

let toastTimer;
function toast(text) {
  $('toast').textContent = text;
  $('toast').classList.add('shown');
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => $('toast').classList.remove('shown'), 4000);
}

async function send(text, more = {}) {
  const p = here();
  const post = { from: author(p), chat: p.chat.id, thread: p.thread, text, ...more };
  if (about?.kind === 'reply') {
    post.reply_to = about.message.message_id;
    if (about.quote) post.quote = about.quote;
  }
  try {
    if (about?.kind === 'edit') await act('edit', { user: author(p), chat: p.chat.id, message_id: about.message.message_id, text });
    else await act('send', post);
    setAbout(null);
    return true;
  } catch (error) {
    complain(error);
    return false;
  }
}

const acts = {
  command: (text) => send(isGroup(here()) && !text.includes('@') ? `${text}@${world.bot.username}` : text),
  mention: (text) => insert(`${text} `),
  copy: async (text) => {
    try {
      await navigator.clipboard.writeText(text);
      toast('Copied');
    } catch {
      toast('This browser does not let the page copy');
    }
  },
  press: async (m, data, button) => {
    button.classList.add('waits');
    try {
      const query = await act('press', { from: author(), chat: m.chat.id, message_id: m.message_id, data });
      pressed.set(query, button);
      if (early.has(query)) answered(early.get(query));
      setTimeout(() => { button.classList.remove('waits'); pressed.delete(query); }, 15000);
    } catch (error) {
      button.classList.remove('waits');
      complain(error);
    }
  },
  stop: async (d) => {
    try { await act('stop', { user: here().chat.id, draft_id: d.draft_id }); } catch (error) { complain(error); }
  },
  jump: (id) => {
    const e = element(id);
    if (!e) { toast('That message is not in this chat any more'); return; }
    e.scrollIntoView({ block: 'center', behavior: 'smooth' });
    e.classList.remove('flash');
    void e.offsetWidth; // begin the animation anew
    e.classList.add('flash');
    e.focus({ preventScroll: true });
  },
  options: (m, at) => menu(at, options(m)),
};

function options(m) {
  const all = [
    { text: 'Reply', icon: 'reply', run: () => setAbout({ kind: 'reply', message: m }) },
    { text: 'Quote a line…', icon: 'quote', run: () => quoteLine(m) },
    { text: 'Copy text', icon: 'copy', run: () => acts.copy(plain(m)) },
  ];
  if (isOwn(m, here())) all.splice(2, 0, { text: 'Edit', icon: 'edit', run: () => setAbout({ kind: 'edit', message: m }) });
  return all;
}

function quoteLine(m) {
  const lines = [...new Set(plain(m).split('\n').map((l) => l.trim()).filter(Boolean))].slice(0, 40);
  const at = element(m.message_id);
  menu(at.querySelector('.dots') ?? at, lines.map((line) => ({ text: line, run: () => setAbout({ kind: 'reply', message: m, quote: line }) })), 'lines');
}

function setAbout(next) {
  if (about?.kind === 'edit' && next?.kind !== 'edit') box.value = '';
  about = next;
  $('about').hidden = !next;
  if (next) {
    $('aboutwhat').textContent = next.kind === 'edit' ? 'Edit message' : next.quote ? `Quoting ${nameOf(next.message)}` : `Reply to ${nameOf(next.message)}`;
    $('abouttext').textContent = next.quote ?? summary(next.message);
    if (next.kind === 'edit') box.value = plain(next.message);
    $('about').querySelector('use').setAttribute('href', next.kind === 'edit' ? '#i-edit' : next.quote ? '#i-quote' : '#i-reply');
    box.focus();
    box.setSelectionRange(box.value.length, box.value.length);
  }
  $('go').setAttribute('aria-label', next?.kind === 'edit' ? 'Save' : 'Send');
  $('go').querySelector('use').setAttribute('href', next?.kind === 'edit' ? '#i-check' : '#i-send');
  grow();
}

function insert(text) {
  box.setRangeText(text, box.selectionStart, box.selectionEnd, 'end');
  grow();
  box.focus();
}

function grow() {
  box.style.height = 'auto';
  box.style.height = `${Math.min(box.scrollHeight, 180)}px`;
  $('composer').classList.toggle('full', box.value.trim() !== '');
}

$('composer').addEventListener('submit', async (event) => {
  event.preventDefault();
  const text = box.value.trim();
  if (!text) return;
  box.value = '';
  grow();
  if (!await send(text)) {
    box.value = text;
    grow();
  }
});

box.addEventListener('input', () => {
  grow();
  suggest();
});

box.addEventListener('keydown', (event) => {
  if (!$('suggest').hidden && chooses(event.key)) {
    event.preventDefault();
  } else if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    $('composer').requestSubmit();
  } else if (event.key === 'Escape' && about) {
    event.preventDefault();
    setAbout(null);
  } else if (event.key === 'ArrowUp' && !event.altKey && box.value === '' && !about) {
    const own = [...here().messages.values()].filter((m) => isOwn(m, here()) && !isService(m)).at(-1);
    if (!own) return;
    event.preventDefault();
    setAbout({ kind: 'edit', message: own });
  }
});

$('dismiss').addEventListener('click', () => { setAbout(null); box.focus(); });

// ---- commands, offered while one is typed; the focus stays in the box

let offered = []; // the commands that are shown
let chosen = 0;

// suggest shows the bot's commands that begin as what is typed.
async function suggest() {
  const begun = () => /^\/\w*$/.test(box.value);
  if (!begun()) { offer([]); return; }
  const p = here();
  const all = await menuOf(p.chat.id, author(p));
  if (here() !== p || !begun()) return; // meanwhile something else was typed
  offer(all.filter((c) => c.command.startsWith(box.value.slice(1).toLowerCase())));
  if (!all.length) toast('The bot has no commands here yet');
}

function offer(list) {
  offered = list;
  $('suggest').hidden = !list.length;
  $('suggest').replaceChildren(...list.map((c, i) => el('div', { role: 'option', id: `option${i}`, onclick: () => take(c) },
    el('b', { text: `/${c.command}` }), el('span', { text: c.description, dir: 'auto' }))));
  choose(0);
}

function choose(i) {
  chosen = (i + offered.length) % (offered.length || 1);
  [...$('suggest').children].forEach((e, n) => e.setAttribute('aria-selected', n === chosen));
  if (!offered.length) { box.removeAttribute('aria-activedescendant'); return; }
  box.setAttribute('aria-activedescendant', `option${chosen}`);
  $('suggest').children[chosen].scrollIntoView({ block: 'nearest' });
}

// take sends a command.
function take(c) {
  offer([]);
  box.value = '';
  grow();
  acts.command(`/${c.command}`);
  box.focus();
}

// chooses does what a key does to the commands that are shown; false for nothing.
function chooses(key) {
  switch (key) {
    case 'ArrowDown': choose(chosen + 1); return true;
    case 'ArrowUp': choose(chosen - 1); return true;
    case 'Enter': take(offered[chosen]); return true;
    case 'Escape': offer([]); return true;
    case 'Tab':
      box.value = `/${offered[chosen].command}${isGroup(here()) ? `@${world.bot.username}` : ''} `;
      offer([]);
      return true;
  }
  return false;
}

$('menu').addEventListener('click', () => {
  if (box.value === '') box.value = '/';
  grow();
  box.focus();
  suggest();
});
box.addEventListener('blur', () => setTimeout(() => { if (document.activeElement !== box) offer([]); }, 150));

$('attach').addEventListener('click', () => menu($('attach'), [
  { text: 'Photo', icon: 'photo', run: () => attach('photo') },
  { text: 'Voice message', icon: 'mic', run: () => attach('voice') },
  { text: 'File', icon: 'file', run: () => attach('document') },
]));

async function attach(kind) {
  const caption = kind === 'voice' ? '' : box.value.trim();
  if (await send(caption, { file: kind }) && caption) { box.value = ''; grow(); }
}

$('writer').addEventListener('click', () => menu($('writer'), world.cast.map((u) => ({
  text: `Write as ${u.first_name}`, checked: u.id === writer,
  run: () => { writer = u.id; localStorage.setItem('writer', u.id); drawHead(); drawAll(); box.focus(); },
}))));

$('more').addEventListener('click', () => {
  const p = here();
  const items = [];
  if (p.chat.type === 'private') {
    items.push({ text: 'Block the bot', run: () => act('block', { user: p.chat.id }).then(() => toast('Blocked: what the bot sends is refused'), complain) },
      { text: 'Unblock the bot', run: () => act('unblock', { user: p.chat.id }).then(() => toast('Unblocked'), complain) });
  } else {
    items.push({ text: 'Add the bot', run: () => act('add', { chat: p.chat.id, by: writer, status: 'member' }).catch(complain) },
      { text: 'Make the bot an administrator', run: () => act('standing', { chat: p.chat.id, by: writer, status: 'administrator', can_delete_messages: true }).then(() => toast('The bot is an administrator and sees all messages'), complain) },
      { text: 'Remove the bot', run: () => act('standing', { chat: p.chat.id, by: writer, status: 'kicked' }).then(() => toast('Removed'), complain) });
  }
  menu($('more'), items);
});

// ---- menus

let closeMenu = () => {};

// menu opens a menu beside an element. Arrows go through it, Enter chooses, Esc
// closes.
function menu(at, items, kind = '') {
  closeMenu();
  const popup = $('popup');
  const buttons = items.map((item) => el('button', {
    type: 'button', role: item.checked === undefined ? 'menuitem' : 'menuitemradio', 'aria-checked': item.checked, tabindex: '-1',
    onclick: () => { closeMenu(); item.run(); },
  }, item.icon && icon(item.icon), el('span', { text: item.text, dir: 'auto' }), item.checked && icon('check')));
  popup.className = kind;
  popup.replaceChildren(...buttons);
  popup.hidden = false;
  beside(popup, at.getBoundingClientRect());
  buttons[0]?.focus();
  const moves = { ArrowDown: 1, ArrowUp: -1 };
  const onKey = (event) => {
    const i = buttons.indexOf(document.activeElement);
    if (event.key in moves) buttons[(i + moves[event.key] + buttons.length) % buttons.length].focus();
    else if (event.key === 'Home') buttons[0].focus();
    else if (event.key === 'End') buttons.at(-1).focus();
    else if (event.key === 'Escape') { closeMenu(); (at.tabIndex >= 0 ? at : at.closest('article') ?? box).focus(); }
    else if (event.key === 'Tab') { closeMenu(); box.focus(); }
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const onDown = (event) => { if (!popup.contains(event.target)) closeMenu(); };
  popup.addEventListener('keydown', onKey);
  document.addEventListener('pointerdown', onDown, true);
  at.setAttribute('aria-expanded', 'true');
  closeMenu = () => {
    popup.hidden = true;
    popup.removeEventListener('keydown', onKey);
    document.removeEventListener('pointerdown', onDown, true);
    at.removeAttribute('aria-expanded');
    closeMenu = () => {};
  };
}

function beside(popup, at) {
  const { width, height } = popup.getBoundingClientRect();
  const left = Math.min(Math.max(8, at.left), innerWidth - width - 8);
  const above = at.top - height - 6;
  popup.style.left = `${left}px`;
  popup.style.top = `${above >= 8 && at.top > innerHeight / 2 ? above : Math.max(8, Math.min(at.bottom + 6, innerHeight - height - 8))}px`;
}

// ---- messages by keyboard, and quoting by selection

scroll.addEventListener('keydown', (event) => {
  if (event.target.closest('.keyboard, a, button, summary, .spoiler, .wide') && !['ArrowUp', 'ArrowDown', 'Escape'].includes(event.key)) return;
  const all = [...log.querySelectorAll('article')];
  const now = event.target.closest('article');
  const i = all.indexOf(now);
  const m = now && here().messages.get(Number(now.dataset.id));
  switch (event.key) {
    case 'ArrowUp': (i < 0 ? all.at(-1) : all[Math.max(i - 1, 0)])?.focus(); break;
    case 'ArrowDown': if (i === all.length - 1 || i < 0) box.focus(); else all[i + 1].focus(); break;
    case 'Escape': box.focus(); break;
    case 'Enter': case 'ContextMenu': if (!m) return; acts.options(m, now.querySelector('.dots')); break;
    case 'r': case 'R': if (!m || event.ctrlKey || event.metaKey) return; setAbout({ kind: 'reply', message: m }); break;
    case 'q': case 'Q': if (!m || event.ctrlKey || event.metaKey) return; quoteLine(m); break;
    case 'e': case 'E': if (!m || !isOwn(m, here()) || event.ctrlKey || event.metaKey) return; setAbout({ kind: 'edit', message: m }); break;
    default: return;
  }
  event.preventDefault();
});

log.addEventListener('contextmenu', (event) => {
  const e = event.target.closest('article');
  const m = e && here().messages.get(Number(e.dataset.id));
  if (!m || event.target.closest('a') || !getSelection().isCollapsed) return;
  event.preventDefault();
  acts.options(m, e.querySelector('.dots'));
});

document.addEventListener('selectionchange', () => {
  const selection = getSelection();
  const text = selection.toString().trim();
  const e = selection.anchorNode?.parentElement?.closest('#log article');
  const m = e && here()?.messages.get(Number(e.dataset.id));
  const fits = m && text && e.contains(selection.focusNode) && plain(m).includes(text);
  $('quoteit').hidden = !fits;
  if (!fits) return;
  const at = selection.getRangeAt(0).getBoundingClientRect();
  $('quoteit').style.left = `${Math.min(Math.max(8, at.left), innerWidth - 110)}px`;
  $('quoteit').style.top = `${Math.max(8, at.top - 44)}px`;
  $('quoteit').onpointerdown = (event) => {
    event.preventDefault();
    selection.removeAllRanges();
    setAbout({ kind: 'reply', message: m, quote: text });
  };
});

// Who sees the newest message goes on seeing it when what is below grows.
let stuck = true;
scroll.addEventListener('scroll', () => {
  stuck = atEnd();
  if (stuck) fresh = 0;
  drawDown();
}, { passive: true });
new ResizeObserver(() => { if (stuck) toEnd(); }).observe(scroll);
$('down').addEventListener('click', () => { toEnd(); box.focus(); });
$('back').addEventListener('click', () => {
  $('app').dataset.view = 'list';
  $('chats').querySelector(`[data-key="${CSS.escape(open)}"]`)?.focus();
});
$('keys').addEventListener('click', () => $('help').showModal());

document.addEventListener('keydown', (event) => {
  const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  if (!event.altKey || !step) return;
  event.preventDefault();
  const all = order();
  const at = all.findIndex((p) => p.key === open);
  show(all[(at + step + all.length) % all.length].key);
  box.focus();
});

// ---- light and dark

const themes = ['auto', 'light', 'dark'];

function setTheme(theme) {
  if (theme === 'auto') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  localStorage.setItem('theme', theme);
  const label = { auto: 'Light or dark: as the system', light: 'Light', dark: 'Dark' }[theme];
  $('theme').setAttribute('aria-label', `${label}. Press to change.`);
  $('theme').title = label;
}

$('theme').addEventListener('click', () => {
  const now = localStorage.getItem('theme') ?? 'auto';
  setTheme(themes[(themes.indexOf(now) + 1) % themes.length]);
  toast($('theme').title);
});
setTheme(themes.includes(localStorage.getItem('theme')) ? localStorage.getItem('theme') : 'auto');

// ---- the calls of the Bot API

const unfolded = new Set();

async function drawCalls() {
  if ($('calls').hidden) return;
  const list = await lastCalls();
  const clock = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium', hourCycle: 'h23' });
  $('calllist').replaceChildren(...list.map((c) => {
    const key = `${c.at}${c.method}`;
    const details = el('details', { open: unfolded.has(key), ontoggle: (e) => { if (e.target.open) unfolded.add(key); else unfolded.delete(key); } },
      el('summary', {}, el('b', { text: c.method }), el('span', { class: c.status === 200 ? 'fine' : 'bad', text: c.status || 'cut' }), el('time', { text: clock.format(new Date(c.at)) })),
      c.description && el('p', { class: 'bad', text: c.description }),
      el('pre', { text: JSON.stringify(c.params, null, 2) }));
    return el('li', {}, details);
  }));
}

function inspect(on) {
  $('calls').hidden = !on;
  $('inspect').setAttribute('aria-expanded', on);
  drawCalls();
}
$('inspect').addEventListener('click', () => inspect($('calls').hidden));
$('uninspect').addEventListener('click', () => { inspect(false); $('inspect').focus(); });

// ---- begin

let begun = false;
listen({
  ready: () => {
    const kept = Number(localStorage.getItem('writer'));
    writer = person(kept) ? kept : world.cast[0]?.id ?? 0;
  },
  changed: (changes) => {
    if (!begun) {
      begun = true;
      for (const p of world.places.values()) p.unread = 0;
      const wanted = decodeURIComponent(location.hash.slice(1));
      const wide = matchMedia('(min-width: 701px)').matches;
      if (world.places.has(wanted)) show(wanted);
      else if (wide) show(order()[0].key);
      else { open = order()[0].key; drawHead(); drawAll(); }
      document.body.dataset.ready = '1';
    } else {
      changes.forEach(update);
      drawHead();
    }
    drawList();
    drawCalls();
  },
  answered,
  lost: (lost) => document.body.classList.toggle('lost', lost),
});
