// Messages as elements. Text becomes text nodes and nothing else; what it looks
// like comes from the entities and blocks that the server has parsed.

export function el(tag, attributes = {}, ...children) {
  const e = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === 'class') e.className = value;
    else if (name.startsWith('on')) e.addEventListener(name.slice(2), value);
    else if (name === 'text') e.textContent = value;
    else e.setAttribute(name, value === true ? '' : value);
  }
  e.append(...children.filter((c) => c !== null && c !== undefined && c !== false));
  return e;
}

export function icon(name) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  const use = document.createElementNS('http://www.w3.org/2000/svg', 'use');
  use.setAttribute('href', `#i-${name}`);
  svg.setAttribute('aria-hidden', 'true');
  svg.append(use);
  return svg;
}

// safe returns an address that a link may lead to, or undefined.
export function safe(address) {
  try {
    const url = new URL(address);
    return ['http:', 'https:'].includes(url.protocol) ? url.href : undefined;
  } catch {
    return undefined;
  }
}

function link(address, ...children) {
  const href = safe(address);
  if (!href) return el('span', { class: 'deadlink', title: address }, ...children);
  return el('a', { href, title: address, target: '_blank', rel: 'noopener noreferrer' }, ...children);
}

const tags = {
  bold: 'b', italic: 'i', underline: 'u', strikethrough: 's', code: 'code', pre: 'pre',
  marked: 'mark', subscript: 'sub', superscript: 'sup',
};

// spoiler is text that shows itself when asked to.
function spoiler(children) {
  const s = el('span', { class: 'spoiler', role: 'button', tabindex: '0', 'aria-label': 'Hidden text. Press to show.' }, ...children);
  const show = () => { s.classList.add('shown'); s.removeAttribute('role'); s.removeAttribute('aria-label'); };
  s.addEventListener('click', show);
  s.addEventListener('keydown', (e) => { if (e.key === 'Enter' || e.key === ' ') { e.preventDefault(); show(); } });
  return s;
}

// quotation is a blockquote; an expandable one shows three lines until it is
// opened. What is open stays open when the message is drawn again.
function quotation(children, expandable, opened, key) {
  const body = el('div', { class: 'quoted' }, ...children);
  const quote = el('blockquote', { class: expandable ? 'expandable' : '', dir: 'auto' }, body);
  if (!expandable) return quote;
  const button = el('button', { type: 'button', class: 'unfold' });
  const set = (open) => {
    quote.classList.toggle('open', open);
    button.setAttribute('aria-expanded', open);
    button.textContent = open ? 'Show less' : 'Show all';
    if (open) opened.add(key); else opened.delete(key);
  };
  button.addEventListener('click', () => set(!quote.classList.contains('open')));
  set(opened.has(key));
  quote.append(button);
  return quote;
}

// entities returns text with its entities as nodes. acts say what happens when a
// command or mention is pressed; opened holds which quotes are open.
export function entities(text, list, acts, opened = new Set()) {
  const sorted = [...(list ?? [])].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return build(text, sorted, 0, text.length, acts, opened);
}

const blocks = new Set(['blockquote', 'expandable_blockquote', 'pre']);

function build(text, list, from, to, acts, opened) {
  const out = [];
  let at = from;
  const plain = (end) => {
    let run = text.slice(at, end);
    // The line break beside a block is the block's own.
    if (out.length && out.at(-1).dataset?.block && run.startsWith('\n')) run = run.slice(1);
    if (run) out.push(document.createTextNode(run));
    at = end;
  };
  for (let i = 0; i < list.length; i++) {
    const e = list[i];
    const end = Math.min(e.offset + e.length, to);
    if (e.offset < at || e.offset >= to) continue;
    const inner = [];
    while (i + 1 < list.length && list[i + 1].offset < end) inner.push(list[++i]);
    let until = e.offset;
    if (blocks.has(e.type) && text[until - 1] === '\n' && until > at) until--;
    plain(until);
    at = e.offset;
    const node = dress(e, build(text, inner, e.offset, end, acts, opened), text.slice(e.offset, end), acts, opened);
    if (blocks.has(e.type)) node.dataset.block = '1';
    out.push(node);
    at = end;
  }
  plain(to);
  return out;
}

function dress(e, children, text, acts, opened) {
  switch (e.type) {
    case 'text_link': return link(e.url, ...children);
    case 'url': return link(text, ...children);
    case 'bot_command': return el('button', { type: 'button', class: 'inline', onclick: () => acts.command(text) }, ...children);
    case 'mention': return el('button', { type: 'button', class: 'inline', onclick: () => acts.mention(text) }, ...children);
    case 'spoiler': return spoiler(children);
    case 'blockquote': return quotation(children, false, opened);
    case 'expandable_blockquote': return quotation(children, true, opened, e.offset);
  }
  return el(tags[e.type] ?? 'span', {}, ...children);
}

// rich returns the blocks of a rich message as nodes.
export function rich(message) {
  return el('div', { class: 'rich', dir: message.is_rtl ? 'rtl' : 'auto' }, ...message.blocks.map(block));
}

function looks(t) {
  if (typeof t === 'string') return [document.createTextNode(t)];
  if (Array.isArray(t)) return t.flatMap(looks);
  if (!t) return [];
  const children = looks(t.text);
  if (t.type === 'url') return [link(t.url, ...children)];
  if (t.type === 'spoiler') return [spoiler(children)];
  return [el(tags[t.type] ?? 'span', {}, ...children)];
}

function block(b) {
  switch (b.type) {
    case 'heading': return el(`h${Math.min(Math.max(b.size, 1), 6)}`, { dir: 'auto' }, ...looks(b.text));
    case 'pre': return el('pre', {}, ...looks(b.text));
    case 'footer': return el('footer', { dir: 'auto' }, ...looks(b.text));
    case 'thinking': return el('p', { class: 'thinking', dir: 'auto' }, ...looks(b.text));
    case 'pullquote': return el('aside', { dir: 'auto' }, ...looks(b.text));
    case 'divider': return el('hr');
    case 'anchor': return el('span');
    case 'blockquote':
      return el('blockquote', { dir: 'auto' }, ...b.blocks.map(block), b.credit && el('cite', {}, ...looks(b.credit)));
    case 'details':
      return el('details', { open: b.is_open }, el('summary', { dir: 'auto' }, ...looks(b.summary)), ...b.blocks.map(block));
    case 'list': return listing(b);
    case 'table': return table(b);
  }
  return el('p', { dir: 'auto' }, ...looks(b.text));
}

function listing(b) {
  const ordered = b.items.some((i) => i.value);
  return el(ordered ? 'ol' : 'ul', {}, ...b.items.map((i) => el('li', { value: i.value, dir: 'auto' }, ...i.blocks.map(block))));
}

function table(b) {
  const rows = b.cells.map((row) => el('tr', {}, ...row.map((c) => el(c.is_header ? 'th' : 'td', {
    colspan: c.colspan, rowspan: c.rowspan, class: `to-${c.align} to-${c.valign}`, dir: 'auto',
  }, ...looks(c.text)))));
  const lines = `${b.is_bordered ? 'bordered ' : ''}${b.is_striped ? 'striped' : ''}`;
  return el('div', { class: 'wide', tabindex: '0', role: 'group', 'aria-label': 'Table' },
    el('table', { class: lines }, b.caption && el('caption', {}, ...looks(b.caption)), el('tbody', {}, ...rows)));
}

// plain returns what a message says, without its form.
export function plain(m) {
  if (m.rich_message) return m.rich_message.blocks.map(plainBlock).join('\n').trim();
  return (m.text ?? '') + (m.caption ?? '');
}

function plainBlock(b) {
  const parts = [b.caption, b.summary, b.text].filter(Boolean).map(plainText);
  for (const row of b.cells ?? []) parts.push(...row.map((c) => plainText(c.text ?? '')));
  if (b.credit) parts.push(plainText(b.credit));
  for (const inner of b.blocks ?? []) parts.push(plainBlock(inner));
  for (const item of b.items ?? []) parts.push(...item.blocks.map(plainBlock));
  return parts.join('\n');
}

function plainText(t) {
  if (typeof t === 'string') return t;
  return Array.isArray(t) ? t.map(plainText).join('') : plainText(t.text ?? '');
}
