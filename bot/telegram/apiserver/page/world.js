// What the page knows of the world: chats, their messages by topic, drafts, and
// what has not been read. It is told by the server and tells its listener.

export const world = {
  born: '',
  bot: { id: 0, first_name: '', username: '' },
  cast: [],
  says: ['', ''],
  suggestions: [],
  places: new Map(), // by key, in the order of the list
};

export function keyOf(chat, thread) {
  return `${chat}/${thread}`;
}

function place(chat, thread) {
  const key = keyOf(chat.id, thread);
  if (!world.places.has(key)) {
    world.places.set(key, { key, chat, thread, topic: '', messages: new Map(), drafts: [], doing: null, unread: 0 });
  }
  const p = world.places.get(key);
  p.chat = chat;
  return p;
}

export function isGroup(p) {
  return p.chat.type === 'group' || p.chat.type === 'supergroup';
}

export function person(id) {
  return world.cast.find((u) => u.id === id);
}

// find returns the place that holds a message.
function find(chat, id) {
  for (const p of world.places.values()) if (p.chat.id === chat && p.messages.has(id)) return p;
  return undefined;
}

// listen keeps the page up to date. changed is called with the places that have
// changed, and what in them; answered with each answer to a press.
export function listen({ ready, changed, answered, lost }) {
  const source = new EventSource('events');
  source.addEventListener('hello', (event) => {
    const hello = JSON.parse(event.data);
    if (world.born && world.born !== hello.born) {
      location.reload(); // another server: nothing of the old one holds
      return;
    }
    Object.assign(world, hello);
    ready();
  });
  source.addEventListener('view', (event) => {
    const view = JSON.parse(event.data);
    const changes = [];
    for (const c of view.chats) changes.push(...take(c));
    changed(changes);
    for (const a of view.answers ?? []) answered(a);
  });
  source.addEventListener('error', () => lost(source.readyState !== EventSource.OPEN));
  source.addEventListener('open', () => lost(false));
}

function take(c) {
  const touched = new Map();
  const touch = (p) => {
    if (!touched.has(p.key)) touched.set(p.key, { place: p, messages: [], gone: [] });
    return touched.get(p.key);
  };
  if (c.chat.type === 'private' && !person(c.chat.id)) return [];
  touch(place(c.chat, 0));
  for (const [thread, name] of Object.entries(c.topics ?? {})) {
    const p = place(c.chat, Number(thread));
    p.topic = name;
    touch(p);
  }
  for (const m of c.changed ?? []) {
    const p = place(c.chat, m.message_thread_id ?? 0);
    p.messages.set(m.message_id, m);
    touch(p).messages.push(m);
  }
  for (const id of c.deleted ?? []) {
    const p = find(c.chat.id, id);
    if (!p) continue;
    p.messages.delete(id);
    touch(p).gone.push(id);
  }
  for (const p of world.places.values()) {
    if (p.chat.id !== c.chat.id) continue;
    p.drafts = (c.drafts ?? []).filter((d) => (d.message_thread_id ?? 0) === p.thread);
    p.doing = c.doing && (c.doing.message_thread_id ?? 0) === p.thread ? c.doing : null;
    touch(p);
  }
  return [...touched.values()];
}

// act has somebody do something; it returns the answer, or throws what the
// server said.
export async function act(name, args) {
  const response = await fetch(`act/${name}`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(args) });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error.replace(/^apiserver: (not possible in this world: )?/, ''));
  return answer;
}

export async function menuOf(chat, user) {
  return (await fetch(`menu?chat=${chat}&user=${user}`)).json();
}

export async function lastCalls() {
  return (await fetch('calls')).json();
}
