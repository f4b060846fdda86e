// Subscribers with npm's graphql-ws behind a load balancer, for as long as replicas are restarted behind it. Each goes on
// where its cursor stands, until it has heard of the row whose title is the last word.
//   WS_URL      the load balancer
//   TOKENS      people's tokens, comma-separated
//   LISTENERS   how many subscribers
//   LAST_WORD   a title
//   LISTENING   a file that is made when all of them are live
//   HEARD       a file for what they have heard
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { test } from 'node:test';
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';

const { WS_URL, LAST_WORD, LISTENING, HEARD } = process.env;
const LISTENERS = Number(process.env.LISTENERS);
const TOKENS = process.env.TOKENS.split(',');
const LIVE = 'subscription($after: String) {'
  + ' requestChanged(after: $after) { cursor operation id node { id title version } } }';

// the same change is told to all of them, so it is kept once
const changes = [];
const numbers = new Map();
function number({ cursor, operation, id, node }) {
  const change = { cursor, operation, id, node: node && { id: node.id, version: node.version } };
  const key = JSON.stringify(change);
  if (!numbers.has(key)) numbers.set(key, changes.push(change) - 1);
  return numbers.get(key);
}

function listen(i) {
  const heard = [];
  const codes = [];
  let start;
  let cursor;
  let acknowledged = false;
  const client = createClient({
    url: WS_URL,
    webSocketImpl: WebSocket,
    connectionParams: { authorization: `Bearer ${TOKENS[i % TOKENS.length]}` },
    retryAttempts: Infinity,
    retryWait: () => new Promise((go) => { setTimeout(go, 100 * Math.random()); }),
    shouldRetry: () => true,
    on: {
      connected: () => { acknowledged = true; },
      // a handshake that the replica refused because it is leaving was no socket yet
      closed: ({ code, reason }) => {
        if (acknowledged) codes.push({ code, reason });
        acknowledged = false;
      },
    },
  });
  let live;
  const isLive = new Promise((done) => { live = done; });
  const isOver = new Promise((done, failed) => {
    client.subscribe({ query: LIVE, variables: { get after() { return cursor; } } }, {
      next: ({ data, errors }) => {
        if (errors) failed(new Error(JSON.stringify(errors)));
        const change = data.requestChanged;
        cursor = change.cursor;
        start ??= cursor;
        if (change.operation === 'LIVE') return live();
        heard.push(number(change));
        if (change.node?.title === LAST_WORD) done();
      },
      error: (failure) => failed(new Error(JSON.stringify(failure))),
      complete: () => failed(new Error('The stream was completed')),
    });
  });
  const ended = isOver.then(() => {
    const report = { start, heard, codes: [...codes] };
    client.dispose();
    return report;
  });
  return { isLive: Promise.race([isLive, isOver]), ended };
}

test('the subscribers go on wherever they are sent', async () => {
  const listeners = Array.from({ length: LISTENERS }, (_, i) => listen(i));
  const ended = Promise.all(listeners.map((one) => one.ended));
  await Promise.race([Promise.all(listeners.map((one) => one.isLive)), ended]);
  await writeFile(LISTENING, '');
  const all = await ended;
  assert.equal(all.length, LISTENERS);
  await writeFile(HEARD, JSON.stringify({ changes, listeners: all }));
});
