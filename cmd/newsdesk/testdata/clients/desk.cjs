'use strict';
// What the tours of all clients share: the people's side over HTTP, and a count
// of what was right and wrong. A tour prints "ok NAME" or "not ok NAME: WHY".

const assert = require('node:assert/strict');
const refusals = require('./refusals.json');

const { API, CONTROL, TOKEN } = process.env;

async function control(act, args = {}) {
  const response = await fetch(`${CONTROL}/${act}`, { method: 'POST', body: JSON.stringify(args) });
  const answer = await response.json();
  assert.equal(response.status, 200, `${act}: ${JSON.stringify(answer)}`);
  return answer;
}

let failed = 0;

async function check(name, what) {
  try {
    await what();
    console.log(`ok ${name}`);
  } catch (error) {
    failed++;
    console.log(`not ok ${name}: ${error.stack}`);
  }
}

// refused calls and returns what was refused, in the words of the Bot API.
async function refused(read, call) {
  let error;
  try {
    await call();
  } catch (thrown) {
    error = thrown;
  }
  assert.ok(error, 'nothing was refused');
  return read(error);
}

// form makes the parameters of a case those of the Bot API: "repeat" and
// "reply_to" are short for what would be long.
function form({ repeat, reply_to, ...params }) {
  if (repeat) params.text = params.text.repeat(repeat);
  if (reply_to) params.reply_parameters = { message_id: reply_to };
  return params;
}

// checkRefusals plays the cases; call calls a method, read reads an error.
async function checkRefusals(call, read) {
  for (const c of refusals.cases) {
    await check(`refusal: ${c.name}`, async () => {
      for (const [act, args] of c.before ?? []) await control(act, args);
      const got = await refused(read, () => call(c.method, form(c.params)));
      assert.equal(got.code, c.code);
      if (c.description.endsWith('…')) assert.ok(got.description.startsWith(c.description.slice(0, -1)), got.description);
      else assert.equal(got.description, c.description);
      assert.equal(got.parameters?.retry_after, c.retry_after);
      assert.equal(got.parameters?.migrate_to_chat_id, c.migrate_to_chat_id);
    });
  }
}

// checkConflict has a poll of the client ended by another one.
async function checkConflict(poll, read) {
  await check('refusal: another poll', async () => {
    await fetch(`${API}/bot${TOKEN}/deleteWebhook?drop_pending_updates=true`);
    let ended = false;
    const first = refused(read, poll);
    first.catch(() => {}).finally(() => { ended = true; });
    while (!ended) {
      await fetch(`${API}/bot${TOKEN}/getUpdates?offset=-1`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    const got = await first;
    assert.equal(got.code, 409);
    assert.equal(got.description, 'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running');
  });
}

async function setUp() {
  for (const [act, args] of refusals.setup) await control(act, args);
}

// until waits for a condition that is asked for again and again.
async function until(name, condition) {
  for (let i = 0; i < 1000; i++) {
    const got = await condition();
    if (got) return got;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`waited in vain: ${name}`);
}

// dropped counts the calls of deleteWebhook: a client that starts to poll drops
// what waits, and what is to be seen must come after that.
async function dropped() {
  return (await control('calls')).filter((c) => c.method === 'deleteWebhook').length;
}

function end() {
  process.exit(failed ? 1 : 0);
}

module.exports = { API, TOKEN, assert, check, checkConflict, checkRefusals, control, dropped, end, refused, setUp, until };
