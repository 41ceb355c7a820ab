// A message as a bubble.

import { el, entities, icon, plain, rich, safe } from './text.js';
import { isGroup, world } from './world.js';

const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const day = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'long' });

export function timeOf(seconds) {
  return clock.format(new Date(seconds * 1000));
}

export function dayOf(seconds) {
  const date = new Date(seconds * 1000);
  return date.toDateString() === new Date().toDateString() ? 'Today' : day.format(date);
}

// face dresses an element as the round picture of somebody.
export function face(e, name, id) {
  e.textContent = [...name.matchAll(/\p{L}|\p{N}/gu)].map((m) => m[0])[0] ?? '?';
  e.dataset.tint = Math.abs(id) % 6;
}

export function nameOf(m) {
  if (m.sender_chat) return m.sender_chat.title;
  return [m.from?.first_name, m.from?.last_name].filter(Boolean).join(' ');
}

export function isService(m) {
  return Boolean(m.new_chat_members || m.left_chat_member || m.forum_topic_created || m.migrate_to_chat_id || m.migrate_from_chat_id);
}

export function serviceText(m) {
  if (m.new_chat_members) return `${nameOf(m)} added ${m.new_chat_members.map((u) => u.first_name).join(', ')}`;
  if (m.left_chat_member) return `${m.left_chat_member.first_name} left`;
  if (m.forum_topic_created) return `The topic “${m.forum_topic_created.name}” was opened`;
  return 'The group became a supergroup';
}

// summary is one line that stands for a message.
export function summary(m) {
  if (isService(m)) return serviceText(m);
  const text = plain(m).replace(/\s+/g, ' ').trim();
  const kind = fileKind(m);
  return kind ? `${kind}${text ? `: ${text}` : ''}` : text;
}

function fileKind(m) {
  if (m.photo) return 'Photo';
  if (m.voice) return 'Voice message';
  if (m.audio) return 'Music';
  if (m.video) return 'Video';
  if (m.document) return 'File';
  return '';
}

function file(m) {
  if (m.photo || m.video) return el('div', { class: 'photo', role: 'img', 'aria-label': fileKind(m) }, icon('photo'));
  if (m.voice || m.audio) {
    const bars = [5, 9, 14, 8, 12, 18, 10, 6, 13, 16, 9, 5, 11, 15, 7, 4].map((h) => el('i', { 'data-h': h }));
    return el('div', { class: 'card' }, icon('mic'), el('span', { class: 'wave', role: 'img', 'aria-label': fileKind(m) }, ...bars), el('small', { text: '0:04' }));
  }
  return el('div', { class: 'card' }, icon('file'), el('span', { text: m.document.file_name }));
}

const rightToLeft = /^[^\p{L}]*[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/u;

// said is the text of a message. Where its last line can, it leaves room for the
// time; where it cannot, the time goes below.
function said(m, acts, opened, when) {
  const text = (m.text ?? '') + (m.caption ?? '');
  if (!text) return [];
  const nodes = entities(text, m.entities ?? m.caption_entities, acts, opened);
  if (!nodes.at(-1).dataset?.block && !rightToLeft.test(text)) nodes.push(el('span', { class: 'gap', 'aria-hidden': 'true' }, ...when()));
  return [el('div', { class: 'text', dir: 'auto' }, ...nodes)];
}

// draw returns the element of a message. own says that the person who is shown
// this wrote it; acts say what its parts do; opened holds its open quotes.
export function draw(m, place, { own, acts, opened }) {
  if (isService(m)) return el('div', { class: 'service', 'data-id': m.message_id }, el('span', { text: serviceText(m) }));
  const bubble = el('div', { class: 'bubble' });
  if (isGroup(place) && !own) {
    const name = el('span', { class: 'name', text: nameOf(m) });
    if (m.from?.id === world.bot.id) name.classList.add('bot');
    else name.dataset.tint = Math.abs(m.from?.id ?? 0) % 6;
    bubble.append(name);
  }
  if (m.forward_origin) bubble.append(el('span', { class: 'forward', text: `Forwarded from ${m.forward_origin.sender_user?.first_name ?? m.forward_origin.chat?.title ?? 'somebody'}` }));
  bubble.append(...replied(m, acts));
  if (m.photo || m.video || m.voice || m.audio || m.document) bubble.append(file(m));
  const when = () => [m.edit_date ? 'edited ' : '', timeOf(m.date), own && icon('check')].filter(Boolean);
  if (m.rich_message) bubble.append(rich(m.rich_message));
  bubble.append(...said(m, acts, opened, when));
  bubble.classList.toggle('low', !bubble.querySelector('.gap'));
  bubble.append(el('span', { class: 'when' }, ...when()));
  bubble.append(el('button', { type: 'button', class: 'icon dots', tabindex: '-1', 'aria-label': 'What to do with this message', 'aria-haspopup': 'menu', onclick: (e) => acts.options(m, e.currentTarget) }, icon('more')));
  const picture = isGroup(place) && !own ? el('span', { class: 'face', 'aria-hidden': 'true' }) : null;
  if (picture) face(picture, nameOf(m), m.from?.id ?? 0);
  picture?.classList.toggle('bot', m.from?.id === world.bot.id);
  return el('article', {
    class: `message ${own ? 'own' : ''}`, tabindex: '-1', 'data-id': m.message_id, 'data-from': m.from?.id ?? 0,
    'aria-label': `${own ? 'You' : nameOf(m)}, ${timeOf(m.date)}`,
  }, picture, el('div', { class: 'stack' }, bubble, keyboard(m, acts)));
}

function replied(m, acts) {
  const to = m.reply_to_message;
  if (!to || to.forum_topic_created) return [];
  const text = m.quote?.text ?? summary(to);
  return [el('button', { type: 'button', class: `replied ${m.quote ? 'part' : ''}`, onclick: () => acts.jump(to.message_id) },
    el('span', { class: 'sr', text: 'In reply to ' }), el('b', { text: nameOf(to) }), el('span', { text, dir: 'auto' }))];
}

function keyboard(m, acts) {
  const rows = m.reply_markup?.inline_keyboard;
  if (!rows) return null;
  return el('div', { class: 'keyboard', role: 'group', 'aria-label': 'Buttons' }, ...rows.map((row) => el('div', { class: 'row' }, ...row.map((b) => key(b, m, acts)))));
}

function key(b, m, acts) {
  const href = b.url && safe(b.url);
  if (href) return el('a', { class: 'key', href, title: b.url, target: '_blank', rel: 'noopener noreferrer' }, el('span', { text: b.text }), icon('out'));
  if (b.copy_text) return el('button', { type: 'button', class: 'key', onclick: () => acts.copy(b.copy_text.text) }, el('span', { text: b.text }), icon('copy'));
  return el('button', { type: 'button', class: 'key', disabled: !b.callback_data, onclick: (e) => acts.press(m, b.callback_data, e.currentTarget) }, el('span', { text: b.text }));
}

// drawDraft returns the element of a draft.
export function drawDraft(d, acts) {
  const said = d.rich_message ? rich(d.rich_message)
    : d.text ? el('div', { class: 'text', dir: 'auto' }, ...entities(d.text, d.entities, acts)) : el('div', { class: 'text', text: 'Thinking' });
  return el('article', { class: 'message draft', 'data-draft': d.draft_id, 'aria-label': `${world.bot.first_name} is working` },
    el('div', { class: 'stack' },
      el('div', { class: 'bubble' }, said, el('span', { class: 'working', 'aria-hidden': 'true' }, el('i'), el('i'), el('i'))),
      d.can_stop && el('div', { class: 'keyboard' }, el('div', { class: 'row' }, el('button', { type: 'button', class: 'key stop', onclick: () => acts.stop(d) }, el('span', { text: 'Stop' }))))));
}
