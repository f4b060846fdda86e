// The code of docs/subscriptions.md, with the real packages, against a running server.
//   BASE_URL  where the server listens
//   ALICE     an administrator's token
//   SHORT     another one of hers, that ends soon
//   DOCUMENT  the page
import assert from 'node:assert/strict';
import { afterEach, before, beforeEach, describe, it } from 'node:test';
import { gql } from '@apollo/client';
import WebSocket from 'ws';
import { codeOf } from './page.mjs';
import { TcpProxy } from './tcp-proxy.mjs';
import { until } from './until.mjs';

globalThis.WebSocket = WebSocket; // which a browser has
const { BASE_URL: base, ALICE: token, SHORT: short, DOCUMENT: page } = process.env;
const url = `${base}/graphql`;
const FUTURE = '999999999999.1';
const realFetch = globalThis.fetch;
let ofPage;

before(async () => {
  ofPage = await codeOf(page, 'page');
});

async function ask(query, variables) {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query, variables }) });
  const { data, errors } = await answer.json();
  assert.equal(errors, undefined, JSON.stringify(errors));
  return data;
}

const create = async (title) => (await ask(
  'mutation($title: String!) { made: createRequest(input: { title: $title, requestType: CREATIVE }) { id } }', { title },
)).made.id;
const rename = (id, title) => ask(
  'mutation($id: ID!, $title: String!) { updateRequest(id: $id, input: { title: $title }) { id } }', { id, title },
);
const remove = (id) => ask('mutation($id: ID!) { deleteRequest(id: $id) { id } }', { id });

let proxy;
let live;
let ending;
let messages;
let ends;

beforeEach(async () => {
  proxy = await TcpProxy.to(base);
  messages = [];
  ending = new AbortController();
  ends = [];
});
afterEach(async () => {
  globalThis.fetch = realFetch;
  ending.abort();
  await Promise.all(ends);
  await live?.dispose();
  live = undefined;
  proxy.close();
});

function connect(tokens = () => token) {
  live = ofPage.connection.connect({ url: proxy.address('ws'), token: tokens });
  live.on('message', ({ type, payload }) => type === 'next' && messages.push(Object.values(payload.data)[0]));
  return live;
}

/** What was told of a row, as it came over the wire. */
const toldOf = (id) => messages.filter((message) => message.id === id);
const place = ({ cursor }) => cursor.split('.').map(BigInt);
const isBehind = ([xid, seq], [xidBefore, seqBefore]) => xid > xidBefore || (xid === xidBefore && seq > seqBefore);

function assertOnceAndInOrder(changes, operations) {
  assert.deepEqual(changes.map(({ operation }) => operation), operations);
  changes.slice(1).forEach((change, i) => assert.ok(isBehind(place(change), place(changes[i])), JSON.stringify(changes)));
}

/** One entry for each time the board is read from now on: what `noting` says at that moment. */
function countReads(noting = () => undefined) {
  const reads = [];
  globalThis.fetch = (address, options) => {
    const asked = new URL(address).searchParams.get('query') ?? options.body;
    if (asked.includes('query Board')) reads.push(noting());
    return realFetch(address, options);
  };
  return reads;
}

/** A board of each client: how it is followed, and what a person sees of it. */
const clients = {
  'Apollo Client': () => {
    const { apolloClient, followBoard, apply, QUERY } = ofPage.apollo;
    const apollo = apolloClient({ url, token: async () => token, live: connect() });
    const nodes = () => apollo.readQuery({ query: QUERY })?.requests.nodes;
    return {
      follow: (options) => followBoard(apollo, live, options),
      isRead: () => nodes() !== undefined,
      row: (id) => nodes()?.find((node) => node.id === id),
      apply: (change) => apply(apollo.cache, change),
      subscribe: (query, heard) => apollo.subscribe({ query }).subscribe(({ data }) => heard(data)),
      document: gql,
    };
  },
  urql: () => {
    const { urqlClient, followBoard, apply } = ofPage.urql;
    const urql = urqlClient({ url, token: async () => token, live: connect() });
    const rows = new Map();
    let changes = 0;
    return {
      follow: (options) => followBoard(urql, live, { rows, changed: () => { changes += 1; }, ...options }),
      isRead: () => changes > 0,
      row: (id) => rows.get(id),
      apply: (change) => apply(rows, change),
      subscribe: (query, heard) => urql.subscription(query, {}).subscribe(({ data }) => heard(data)),
      document: (text) => text,
    };
  },
};

// first of all, while the short token is good
describe('the socket', () => {
  const endOf = (jwt) => JSON.parse(Buffer.from(jwt.split('.')[1], 'base64url')).exp * 1000;

  it('renews its token while it is open, and outlives the first one', async () => {
    const tokens = [short];
    const changes = ofPage.resumable.resumable(
      connect(() => tokens.shift() ?? token), { query: ofPage.board.CHANGES, signal: ending.signal },
    );
    const renewed = [];
    live.on('pong', (received, payload) => received && payload?.expiresAt && renewed.push(Date.parse(payload.expiresAt)));
    await changes.next();
    await until('the token is renewed', () => renewed.includes(endOf(token)));
    await until('the first token has ended', () => Date.now() > endOf(short));
    const id = await create('After the end of the first token');
    assert.equal((await changes.next()).value.id, id);
    assert.equal(proxy.opened, 1);
  });

  it('takes a fresh token when it was closed because its own ended', async () => {
    const tokens = ['not.a.token'];
    const changes = ofPage.resumable.resumable(
      connect(() => tokens.shift() ?? token), { query: ofPage.board.CHANGES, signal: ending.signal },
    );
    assert.equal((await changes.next()).value.operation, 'LIVE');
    assert.equal(proxy.opened, 2);
  });
});

for (const [name, open] of Object.entries(clients)) {
  describe(name, () => {
    let board;
    const follow = (options) => {
      const end = board.follow({ signal: ending.signal, ...options });
      ends.push(end);
      return end;
    };
    const shows = (id, title) => until(`${title} is shown`, () => board.row(id)?.title === title);

    beforeEach(() => {
      board = open();
    });

    it('shows what was there, what changes, and what is removed no more', async () => {
      const old = await create('There already');
      follow();
      await shows(old, 'There already');
      const fresh = await create('New');
      await shows(fresh, 'New');
      await rename(old, 'Another name');
      await shows(old, 'Another name');
      await remove(fresh);
      await until('it is gone', () => board.row(fresh) === undefined);
      assert.equal(board.row(old).title, 'Another name');
    });

    it('hears what was written while the socket was cut, once and in order, and reads nothing anew', async () => {
      const reads = countReads();
      follow();
      await until('the board is read', board.isRead);
      const id = await create('First');
      await shows(id, 'First');
      await proxy.cut(async () => {
        await rename(id, 'Second');
        await rename(id, 'Third');
      });
      await shows(id, 'Third');
      await rename(id, 'Fourth');
      await shows(id, 'Fourth');
      assertOnceAndInOrder(toldOf(id), ['INSERT', 'UPDATE', 'UPDATE', 'UPDATE']);
      assert.equal(proxy.opened, 2);
      assert.equal(reads.length, 1);
    });

    it('goes on however often the socket is cut', async () => {
      follow();
      await until('the board is read', board.isRead);
      const id = await create('Cut 0');
      for (let i = 1; i <= 5; i++) {
        await proxy.cut(() => rename(id, `Cut ${i}`));
        await shows(id, `Cut ${i}`);
      }
      assertOnceAndInOrder(toldOf(id), ['INSERT', 'UPDATE', 'UPDATE', 'UPDATE', 'UPDATE', 'UPDATE']);
    });

    it('reads anew when the log does not know its cursor, after LIVE', async () => {
      const [removed, renamed] = [await create('To be removed'), await create('To be renamed')];
      const before = new AbortController();
      const end = board.follow({ signal: before.signal });
      await shows(removed, 'To be removed');
      before.abort();
      await end;
      await remove(removed);
      await rename(renamed, 'Renamed unheard');
      const added = await create('Added unheard');
      const reads = countReads(() => messages.at(-1).operation);
      follow({ after: FUTURE });
      await shows(added, 'Added unheard');
      assert.equal(board.row(renamed).title, 'Renamed unheard');
      assert.equal(board.row(removed), undefined);
      assert.deepEqual(reads, ['LIVE']);
      await rename(renamed, 'Renamed again');
      await shows(renamed, 'Renamed again');
    });

    it('does not let an older change overwrite a newer row', async () => {
      follow();
      await until('the board is read', board.isRead);
      const id = await create('Old');
      await rename(id, 'New');
      await shows(id, 'New');
      const node = board.row(id);
      board.apply({ operation: 'UPDATE', id, node: { ...node, version: node.version - 1, title: 'Old' } });
      assert.equal(board.row(id).title, 'New');
      board.apply({ operation: 'UPDATE', id, node: { ...node, version: node.version + 1, title: 'Newest' } });
      assert.equal(board.row(id).title, 'Newest');
    });

    it('has its own subscriptions on the same socket', async () => {
      let heard;
      const subscription = board.subscribe(
        board.document('subscription { requestChanged { cursor operation } }'), (data) => { heard = data; },
      );
      await until('it is live', () => heard?.requestChanged.operation === 'LIVE');
      subscription.unsubscribe();
    });
  });
}

describe('resumable', () => {
  const CHANGES = () => ofPage.board.CHANGES;
  const next = async (changes) => (await changes.next()).value;

  it('tells LIVE, then each change, and ends with its signal', async () => {
    const changes = ofPage.resumable.resumable(connect(), { query: CHANGES(), signal: ending.signal });
    assert.equal((await next(changes)).operation, 'LIVE');
    const id = await create('Told');
    const made = await next(changes);
    assert.deepEqual([made.operation, made.id, made.node.title], ['INSERT', id, 'Told']);
    ending.abort();
    assert.deepEqual(await changes.next(), { value: undefined, done: true });
  });

  it('goes on behind a cursor that it is given, without LIVE', async () => {
    const first = ofPage.resumable.resumable(connect(), { query: CHANGES(), signal: ending.signal });
    const { cursor } = await next(first);
    const id = await create('In between');
    const second = ofPage.resumable.resumable(live, { query: CHANGES(), after: cursor, signal: ending.signal });
    const made = await next(second);
    assert.deepEqual([made.operation, made.id], ['INSERT', id]);
  });

  it('throws what trying again does not better', async () => {
    const changes = ofPage.resumable.resumable(connect(), { query: CHANGES(), after: 'no cursor', signal: ending.signal });
    await assert.rejects(changes.next(), ([error]) => error.extensions.code === 'VALIDATION_FAILED');
  });

  it('tries to read again when reading fails', async () => {
    const read = [];
    const refetch = async () => {
      read.push(await ask(read.length < 1 ? '{ nonsense }' : '{ viewer { id } }').catch(() => 'failed'));
      if (read.at(-1) === 'failed') throw new Error('failed');
    };
    const applied = [];
    ends.push(ofPage.resumable.follow(connect(), {
      query: CHANGES(), signal: ending.signal, refetch, apply: (change) => applied.push([read.length, change.id]),
    }));
    await until('LIVE has come', () => messages.length > 0);
    const id = await create('Told while it reads');
    await until('it is applied', () => applied.length > 0);
    assert.deepEqual(applied, [[2, id]]);
  });

  /** What a server says to one subscription after the other; a real one is not so exact in when it fails. */
  function scripted(...scripts) {
    const asked = [];
    return {
      asked,
      subscribe(request, sink) {
        asked.push(request.variables.after);
        scripts.shift().forEach(([kind, payload]) => setImmediate(() => sink[kind](payload)));
        return () => {};
      },
    };
  }
  const told = (operation, cursor) => ['next', { data: { requestChanged: { operation, cursor } } }];
  const failed = (code) => ['error', [{ extensions: { code } }]];

  async function all(client) {
    const heard = [];
    for await (const change of ofPage.resumable.resumable(client, { query: '', variables: {} })) heard.push(change.cursor);
    return heard;
  }

  it('begins anew in the middle of a stream, behind all that came before', async () => {
    const server = scripted(
      [told('LIVE', '1.0'), told('INSERT', '2.1'), failed('RESYNC_REQUIRED'), told('INSERT', '3.0')],
      [told('LIVE', '9.0'), told('INSERT', '9.1'), ['complete']],
    );
    assert.deepEqual(await all(server), ['1.0', '2.1', '9.0', '9.1']);
    assert.deepEqual(server.asked, [undefined, undefined]);
  });

  it('takes RESYNC_REQUIRED within a result for the same', async () => {
    const resync = ['next', { data: null, errors: failed('RESYNC_REQUIRED')[1] }];
    const server = scripted([told('LIVE', '1.0'), resync], [told('LIVE', '9.0'), ['complete']]);
    assert.deepEqual(await all(server), ['1.0', '9.0']);
  });

  for (const code of ['INTERNAL', 'CONFLICT'])
    it(`goes on from the same cursor where the server has failed with ${code}`, async () => {
      const server = scripted(
        [told('LIVE', '1.0'), told('INSERT', '2.1'), failed(code)],
        [told('LIVE', '2.1'), told('INSERT', '3.1'), ['complete']],
      );
      assert.deepEqual(await all(server), ['1.0', '2.1', '3.1']);
      assert.deepEqual(server.asked, [undefined, '2.1']);
    });

  it('does the same over server-sent events', async () => {
    const sse = ofPage.sse.connectBySse({ url: proxy.address('http'), token: () => token });
    const changes = ofPage.resumable.resumable(sse, { query: CHANGES(), signal: ending.signal });
    assert.equal((await next(changes)).operation, 'LIVE');
    const id = await create('Zero');
    assert.equal((await next(changes)).node.title, 'Zero');
    await proxy.cut(async () => {
      await rename(id, 'One');
      await rename(id, 'Two');
    });
    const told = [await next(changes), await next(changes)];
    assertOnceAndInOrder(told, ['UPDATE', 'UPDATE']);
    assert.deepEqual(told.map((change) => [change.id, change.node.title]), [[id, 'Two'], [id, 'Two']]);
    sse.dispose();
  });
});
