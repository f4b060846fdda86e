// The rules of graphql-transport-ws (PROTOCOL.md of graphql-ws), one test each, against a running server.
//   WS_URL  the server's websocket
//   TOKENS  a server that signs tokens: /?name=…&role=…&seconds=…
import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import WebSocket from 'ws';

const { WS_URL, TOKENS } = process.env;
const WHO = '{ viewer { firstName } }';
const LIVE = 'subscription { requestChanged { operation id } }';
const CREATE = 'mutation { createRequest(input: {title: "T", requestType: CREATIVE}) { id } }';
const token = async (name = 'tina', role = 'user', seconds = 600) =>
  (await fetch(`${TOKENS}/?name=${name}&role=${role}&seconds=${seconds}`)).text();

const opened = [];
afterEach(() => opened.splice(0).forEach((one) => one.socket.terminate()));

async function open(protocols = ['graphql-transport-ws']) {
  const socket = new WebSocket(WS_URL, protocols);
  const messages = [];
  const waiting = [];
  socket.on('message', (data) => (waiting.length ? waiting.shift()(JSON.parse(data)) : messages.push(JSON.parse(data))));
  const closed = new Promise((done) => socket.on('close', (code, reason) => done({ code, reason: reason.toString() })));
  const client = {
    socket,
    closed,
    send: (message) => socket.send(typeof message === 'string' ? message : JSON.stringify(message)),
    next: () => (messages.length ? Promise.resolve(messages.shift()) : new Promise((take) => waiting.push(take))),
    subscribe: (id, query, more) => client.send({ id, type: 'subscribe', payload: { query, ...more } }),
    waiting: messages,
  };
  opened.push(client);
  await new Promise((done, failed) => socket.on('open', done).on('error', failed));
  return client;
}

async function signedIn() {
  const client = await open();
  client.send({ type: 'connection_init', payload: { authorization: `Bearer ${await token()}` } });
  assert.equal((await client.next()).type, 'connection_ack');
  return client;
}

/** What comes before the answer to a ping: all that the server has to say now. */
async function said(client) {
  client.send({ type: 'ping' });
  const all = [];
  for (let one = await client.next(); one.type !== 'pong'; one = await client.next()) all.push(one);
  return all;
}

describe('Communication', () => {
  test('the subprotocol is graphql-transport-ws', async () => {
    assert.equal((await open()).socket.protocol, 'graphql-transport-ws');
  });
  test('it is chosen among several', async () => {
    assert.equal((await open(['graphql-ws', 'graphql-transport-ws'])).socket.protocol, 'graphql-transport-ws');
  });
  test('the legacy subprotocol alone is closed with 4406', async () => {
    const code = await new Promise((done) => {
      const socket = new WebSocket(WS_URL, { headers: {} });
      socket.on('close', done).on('error', () => {});
    });
    assert.equal(code, 4406);
  });
  test('a client that ends with 1000 is answered with 1000', async () => {
    const client = await signedIn();
    client.socket.close(1000, 'Normal Closure');
    assert.equal((await client.closed).code, 1000);
  });
  test('operations of different ids interleave', async () => {
    const client = await signedIn();
    client.subscribe('live', LIVE);
    assert.equal((await client.next()).payload.data.requestChanged.operation, 'LIVE');
    client.subscribe('who', WHO);
    assert.deepEqual([await client.next(), await client.next()].map(({ id, type }) => [id, type]),
      [['who', 'next'], ['who', 'complete']]);
  });
});

describe('ConnectionInit', () => {
  test('without it the socket is closed with 4408', async () => {
    assert.deepEqual(await (await open()).closed, { code: 4408, reason: 'Connection initialisation timeout' });
  });
  test('a second one is 4429', async () => {
    const client = await signedIn();
    client.send({ type: 'connection_init' });
    assert.deepEqual(await client.closed, { code: 4429, reason: 'Too many initialisation requests' });
  });
  test('a second one while the first is pending is 4429', async () => {
    const client = await open();
    const init = { type: 'connection_init', payload: { authorization: `Bearer ${await token('new-here')}` } };
    client.send(init);
    client.send(init);
    assert.equal((await client.closed).code, 4429);
  });
  test('a rejected connection is 4403', async () => {
    const client = await open();
    client.send({ type: 'connection_init', payload: { authorization: 'Bearer nonsense' } });
    assert.deepEqual(await client.closed, { code: 4403, reason: 'Forbidden' });
  });
  test('the payload may be missing or null', async () => {
    for (const init of [{ type: 'connection_init' }, { type: 'connection_init', payload: null }]) {
      const client = await open();
      client.send(init);
      assert.equal((await client.next()).type, 'connection_ack');
    }
  });
});

describe('ConnectionAck', () => {
  test('it tells when the token ends', async () => {
    const client = await open();
    client.send({ type: 'connection_init', payload: { authorization: `Bearer ${await token('tina', 'user', 600)}` } });
    const { type, payload } = await client.next();
    assert.equal(type, 'connection_ack');
    const seconds = (Date.parse(payload.expiresAt) - Date.now()) / 1000;
    assert.ok(seconds > 500 && seconds <= 600, payload.expiresAt);
  });
});

describe('Ping and Pong', () => {
  test('a ping is answered with a pong', async () => {
    const client = await signedIn();
    client.send({ type: 'ping' });
    assert.deepEqual(await client.next(), { type: 'pong' });
  });
  test('also before the connection is acknowledged', async () => {
    const client = await open();
    client.send({ type: 'ping' });
    assert.deepEqual(await client.next(), { type: 'pong' });
  });
  test('the payload comes back', async () => {
    const client = await signedIn();
    client.send({ type: 'ping', payload: { iCome: 'back' } });
    assert.deepEqual(await client.next(), { type: 'pong', payload: { iCome: 'back' } });
  });
  test('an unsolicited pong is taken without a word', async () => {
    const client = await signedIn();
    client.send({ type: 'pong' });
    client.send({ type: 'pong', payload: { a: 1 } });
    assert.deepEqual(await said(client), []);
  });
});

describe('Subscribe', () => {
  test('before the acknowledgement it is 4401', async () => {
    const client = await open();
    client.subscribe('1', WHO);
    assert.deepEqual(await client.closed, { code: 4401, reason: 'Unauthorized' });
  });
  test('an id in use is 4409, whatever the operation', async () => {
    const client = await signedIn();
    client.subscribe('dup', LIVE);
    client.subscribe('dup', WHO);
    assert.deepEqual(await client.closed, { code: 4409, reason: 'Subscriber for dup already exists' });
  });
  test('an id is free after its operation', async () => {
    const client = await signedIn();
    for (let i = 0; i < 2; i += 1) {
      client.subscribe('again', WHO);
      assert.equal((await client.next()).type, 'next');
      assert.equal((await client.next()).type, 'complete');
    }
  });
  test('a query is one next and complete', async () => {
    const client = await signedIn();
    client.subscribe('q', WHO);
    assert.deepEqual((await client.next()).payload.data, { viewer: { firstName: 'Tina' } });
    assert.deepEqual(await client.next(), { id: 'q', type: 'complete' });
    assert.deepEqual(await said(client), []);
  });
  test('variables and operationName count', async () => {
    const client = await signedIn();
    client.subscribe('v', 'query A { a: __typename } query B($x: Boolean!) { b: __typename @include(if: $x) }',
      { operationName: 'B', variables: { x: true }, extensions: {} });
    assert.deepEqual((await client.next()).payload.data, { b: 'Query' });
  });
  test('nulls stand for what is missing', async () => {
    const client = await signedIn();
    client.subscribe('n', WHO, { operationName: null, variables: null, extensions: null });
    assert.equal((await client.next()).type, 'next');
  });
});

describe('Next', () => {
  test('a subscription sends what is published', async () => {
    const client = await signedIn();
    client.subscribe('live', LIVE);
    assert.equal((await client.next()).payload.data.requestChanged.operation, 'LIVE');
    client.subscribe('make', CREATE);
    const got = [await client.next(), await client.next(), await client.next()];
    const made = got.find(({ id, type }) => id === 'make' && type === 'next').payload.data.createRequest.id;
    const told = got.find(({ id }) => id === 'live') ?? await client.next();
    assert.deepEqual(told, { id: 'live', type: 'next', payload: { data: { requestChanged: { operation: 'INSERT', id: made } } } });
  });
});

describe('Error', () => {
  test('validation fails with an error message, and no complete', async () => {
    const client = await signedIn();
    client.subscribe('e', '{ nothing }');
    const { id, type, payload } = await client.next();
    assert.deepEqual([id, type], ['e', 'error']);
    assert.ok(Array.isArray(payload) && payload[0].message && payload[0].extensions.code === 'VALIDATION_FAILED');
    assert.deepEqual(await said(client), []);
  });
  test('the id is free after it', async () => {
    const client = await signedIn();
    client.subscribe('e', '{ nothing }');
    assert.equal((await client.next()).type, 'error');
    client.subscribe('e', WHO);
    assert.equal((await client.next()).type, 'next');
  });
  test('an error of a field is a result', async () => {
    const client = await signedIn();
    client.subscribe('f', '{ request(id: "00000000-0000-4000-8000-000000000000") { id } viewer { id } }');
    const { type, payload } = await client.next();
    assert.equal(type, 'next');
    assert.equal(payload.errors[0].extensions.code, 'NOT_FOUND');
  });
});

describe('Complete', () => {
  test('nothing comes after the client has said it, and no complete back', async () => {
    const client = await signedIn();
    client.subscribe('live', LIVE);
    assert.equal((await client.next()).type, 'next');
    client.send({ id: 'live', type: 'complete' });
    assert.deepEqual(await said(client), []);
    client.subscribe('make', CREATE);
    assert.deepEqual([(await client.next()).id, (await client.next()).id], ['make', 'make']);
    assert.deepEqual(await said(client), []);
  });
  test('an unknown id is ignored', async () => {
    const client = await signedIn();
    client.send({ id: 'unknown', type: 'complete' });
    assert.deepEqual(await said(client), []);
  });
  test('it is ignored after the server has completed or failed', async () => {
    const client = await signedIn();
    for (const query of [WHO, '{ nothing }']) {
      client.subscribe('over', query);
      while (!['complete', 'error'].includes((await client.next()).type));
      client.send({ id: 'over', type: 'complete' });
      assert.deepEqual(await said(client), []);
    }
  });
});

describe('Invalid message', () => {
  const wrong = ['', 'text', '[]', '1', 'null', '{}', '{"type": null}', '{"type": "unknown"}', '{"type": "connection_ack"}',
    '{"type": "next", "id": "1"}', '{"type": "subscribe", "id": "1", "payload": {"query": 1}}', '{"type": "complete", "id": ""}',
    '{"type": "ping", "payload": 0}', '{"type": "connection_init", "payload": ""}'];
  for (const message of wrong) {
    test(`${message || 'nothing'} is 4400`, async () => {
      const client = await signedIn();
      client.send(message);
      assert.equal((await client.closed).code, 4400);
    });
  }
  test('bytes are 4400', async () => {
    const client = await signedIn();
    client.socket.send(Buffer.from('{"type": "ping"}'), { binary: true });
    assert.equal((await client.closed).code, 4400);
  });
  test('too much is 1009', async () => {
    const client = await signedIn();
    client.send(`{"type": "ping", "payload": {"a": "${'x'.repeat(3_000_000)}"}}`);
    assert.equal((await client.closed).code, 1009);
  });
});

describe('Disconnect', () => {
  test('the streams of a socket that is gone are gone', async () => {
    const client = await signedIn();
    client.subscribe('live', LIVE);
    await client.next();
    client.socket.terminate();
    const other = await signedIn();
    other.subscribe('live', LIVE);
    assert.equal((await other.next()).payload.data.requestChanged.operation, 'LIVE');
  });
});
