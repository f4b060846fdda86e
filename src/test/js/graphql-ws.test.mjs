// npm's graphql-ws client against two running replicas of the server.
//   WS_URL, OTHER_WS_URL  their websockets
//   PID                   the first one's process
//   TOKENS                a server that signs tokens: /?name=…&role=…&seconds=…
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';

const { WS_URL, OTHER_WS_URL, PID, TOKENS } = process.env;
const WHO = '{ viewer { firstName role } }';
const LIVE = 'subscription($after: String) { requestChanged(after: $after) { cursor operation id } }';
const CREATE = 'mutation { createRequest(input: {title: "T", requestType: CREATIVE}) { id } }';
const token = async (seconds = 600, role = 'user') =>
  (await fetch(`${TOKENS}/?name=wilma&role=${role}&seconds=${seconds}`)).text();

function connect(options = {}) {
  return createClient({
    url: WS_URL,
    webSocketImpl: WebSocket,
    connectionParams: async () => ({ authorization: `Bearer ${await token()}` }),
    retryWait: async () => {},
    ...options,
  });
}

const once = (client, query) => new Promise((done, failed) => {
  let result;
  client.subscribe({ query }, { next: (value) => { result = value; }, error: failed, complete: () => done(result) });
});
const until = async (holds) => { while (!holds()) await new Promise((go) => setTimeout(go, 20)); };
const create = async (client) => (await once(client, CREATE)).data.createRequest.id;

test('a query and a mutation are answered', async () => {
  const client = connect();
  assert.deepEqual((await once(client, WHO)).data.viewer, { firstName: 'Wilma', role: 'USER' });
  assert.match(await create(client), /^[0-9a-f-]{36}$/);
  await client.dispose();
});

test('what does not validate is an error', async () => {
  const client = connect();
  await assert.rejects(once(client, '{ nothing }'), (errors) => errors[0].extensions.code === 'VALIDATION_FAILED');
  await client.dispose();
});

test('a subscription is iterated, and ended by the client', async () => {
  const client = connect();
  const changes = client.iterate({ query: LIVE });
  assert.equal((await changes.next()).value.data.requestChanged.operation, 'LIVE');
  const id = await create(client);
  assert.equal((await changes.next()).value.data.requestChanged.id, id);
  await changes.return();
  assert.match(await create(client), /-/);
  await client.dispose();
});

test("the client's own keep-alive pings are answered", async () => {
  let pongs;
  const three = new Promise((done) => { pongs = ((n) => () => { n += 1; if (n === 3) done(); })(0); });
  const client = connect({ lazy: false, keepAlive: 50, on: { pong: (received) => received && pongs() } });
  await three;
  await client.dispose();
});

test('a token is renewed by a ping before it ends', async () => {
  let socket;
  let acknowledged;
  let closed = 0;
  const ends = [];
  const client = connect({
    connectionParams: async () => ({ authorization: `Bearer ${await token(4)}` }),
    on: {
      connected: (ws, payload) => { socket = ws; acknowledged = payload.expiresAt; },
      pong: (received, payload) => received && payload?.expiresAt && ends.push(payload.expiresAt),
      closed: () => { closed += 1; },
    },
  });
  const changes = client.iterate({ query: LIVE });
  assert.equal((await changes.next()).value.data.requestChanged.operation, 'LIVE');
  socket.send(JSON.stringify({ type: 'ping', payload: { authorization: `Bearer ${await token(600)}` } }));
  const first = Date.parse(acknowledged);
  while (Date.now() < first + 500) await new Promise((go) => setTimeout(go, 50));
  const id = await create(client);
  assert.equal((await changes.next()).value.data.requestChanged.id, id);
  assert.equal(closed, 0);
  assert.equal(ends.length, 1);
  assert.ok(Date.parse(ends[0]) > first);
  await client.dispose();
});

test('a token that ends is followed by a connection with a fresh one', async () => {
  const codes = [];
  let lives = 0;
  const client = connect({
    connectionParams: async () => ({ authorization: `Bearer ${await token(codes.length ? 600 : 2)}` }),
    on: { closed: ({ code }) => codes.push(code) },
  });
  const changes = client.iterate({ query: LIVE });
  while (lives < 2) lives += (await changes.next()).value.data.requestChanged.operation === 'LIVE' ? 1 : 0;
  assert.deepEqual(codes, [4403]);
  await client.dispose();
});

test('a replica that restarts is followed by another, and nothing is missed', async () => {
  const other = connect({ url: OTHER_WS_URL });
  const codes = [];
  let cursor;
  // graphql-ws sends the same subscribe message again, so the variables have to be a getter
  const variables = { get after() { return cursor; } };
  const client = connect({
    url: () => (codes.length ? OTHER_WS_URL : WS_URL),
    on: { closed: ({ code }) => codes.push(code) },
  });
  const seen = [];
  let live = 0;
  // not client.iterate: the cursor has to move when a change comes, not when somebody gets round to it
  client.subscribe({ query: LIVE, variables }, {
    next: ({ data: { requestChanged: { operation, id, cursor: at } } }) => {
      cursor = at;
      if (operation === 'LIVE') live += 1;
      else seen.push(id);
    },
    error: (failure) => assert.fail(failure),
    complete: () => {},
  });
  await until(() => live === 1);
  const made = [await create(other)];
  await until(() => seen.length === 1);
  process.kill(Number(PID), 'SIGTERM');
  while (!(codes.length)) made.push(await create(other));
  made.push(await create(other));
  await until(() => seen.at(-1) === made.at(-1));
  assert.deepEqual(seen, made);
  assert.deepEqual(codes, [1012]);
  await client.dispose();
  await other.dispose();
});
