// npm's graphql-sse client, in its distinct connections mode, against two running replicas of the server.
//   URL, OTHER_URL  their /graphql
//   PID             the first one's process
//   TOKENS          a server that signs tokens: /?name=…&role=…&seconds=…
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createClient } from 'graphql-sse';

const { URL: url, OTHER_URL: otherUrl, PID, TOKENS } = process.env;
const WHO = '{ viewer { firstName } }';
const LIVE = 'subscription($after: String) { requestChanged(after: $after) { cursor operation id } }';
const CREATE = 'mutation { createRequest(input: {title: "T", requestType: CREATIVE}) { id } }';
const token = async (seconds = 600) => (await fetch(`${TOKENS}/?name=sean&role=user&seconds=${seconds}`)).text();

function connect(options = {}) {
  return createClient({
    url,
    headers: async () => ({ authorization: `Bearer ${await token()}` }),
    retry: async () => {},
    ...options,
  });
}

const once = async (client, query) => (await client.iterate({ query }).next()).value;
const until = async (holds) => { while (!holds()) await new Promise((go) => setTimeout(go, 20)); };
const create = async (client) => (await once(client, CREATE)).data.createRequest.id;

test('a query is one result and complete', async () => {
  const client = connect();
  const results = client.iterate({ query: WHO });
  assert.deepEqual((await results.next()).value.data, { viewer: { firstName: 'Sean' } });
  assert.equal((await results.next()).done, true);
});

test('a subscription streams until the client ends it', async () => {
  const client = connect();
  const changes = client.iterate({ query: LIVE });
  assert.equal((await changes.next()).value.data.requestChanged.operation, 'LIVE');
  const id = await create(client);
  assert.equal((await changes.next()).value.data.requestChanged.id, id);
  await changes.return();
});

test('what does not validate comes as a result within the stream', async () => {
  const results = connect().iterate({ query: '{ nothing }' });
  assert.equal((await results.next()).value.errors[0].extensions.code, 'VALIDATION_FAILED');
  assert.equal((await results.next()).done, true);
});

test('a query may be asked by GET', async () => {
  const answer = await fetch(`${url}?query=${encodeURIComponent(WHO)}`,
    { headers: { accept: 'text/event-stream', authorization: `Bearer ${await token()}` } });
  assert.equal(answer.status, 200);
  assert.match(answer.headers.get('content-type'), /^text\/event-stream/);
  assert.match(await answer.text(), /^event: next\ndata: \{"data":.*\}\n\nevent: complete\ndata:\n\n$/);
});

test('a subscription may be asked by GET, as EventSource does', async () => {
  const answer = await fetch(`${url}?query=${encodeURIComponent(LIVE)}`,
    { headers: { accept: 'text/event-stream', authorization: `Bearer ${await token()}` } });
  let text = '';
  for await (const chunk of answer.body.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    if (text.includes('LIVE')) break;
  }
  assert.match(text, /event: next\ndata: .*LIVE/);
});

test('a refused token is no stream', async () => {
  const client = connect({ headers: { authorization: 'Bearer nonsense' }, retryAttempts: 0 });
  await assert.rejects(once(client, WHO), (failure) => failure.response.status === 401);
});

test('a token that ends is followed by a connection with a fresh one', async () => {
  let connections = 0;
  const client = connect({
    headers: async () => ({ authorization: `Bearer ${await token(connections === 1 ? 2 : 600)}` }),
    on: { connecting: () => { connections += 1; } },
  });
  const changes = client.iterate({ query: LIVE });
  let lives = 0;
  const codes = [];
  while (lives < 2) {
    const { data, errors } = (await changes.next()).value;
    if (data?.requestChanged?.operation === 'LIVE') lives += 1;
    else if (errors) codes.push(errors[0].extensions.code);
  }
  assert.deepEqual(codes, ['UNAUTHENTICATED']);
  assert.equal(connections, 2);
  await changes.return();
});

test('a replica that restarts is followed by another, and nothing is missed', async () => {
  const other = connect({ url: otherUrl });
  let connections = 0;
  let cursor;
  // the same request is sent again, so the variables have a getter
  const client = connect({
    url: () => (connections > 1 ? otherUrl : url),
    on: { connecting: () => { connections += 1; } },
  });
  const variables = { get after() { return cursor; } };
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
  while (!(connections > 1)) made.push(await create(other));
  made.push(await create(other));
  await until(() => seen.at(-1) === made.at(-1));
  assert.deepEqual(seen, made);
  client.dispose();
  other.dispose();
});
