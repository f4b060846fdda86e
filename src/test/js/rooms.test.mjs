// The code of docs/rooms.md against a running server.
//   BASE_URL  where the server listens
//   ALICE     an administrator's token
//   SHORT     another one of hers, that ends soon
//   BOB       somebody else's
//   STRANGER  that of somebody of a client, who may not see the request
//   DOCUMENT  the page
import assert from 'node:assert/strict';
import { afterEach, before, beforeEach, it } from 'node:test';
import WebSocket from 'ws';
import { codeOf } from './page.mjs';
import { TcpProxy } from './tcp-proxy.mjs';
import { until } from './until.mjs';

globalThis.WebSocket = WebSocket; // which a browser has
const { BASE_URL: base, ALICE: alice, BOB: bob, SHORT: short, STRANGER: stranger, DOCUMENT: page } = process.env;
const CREATE = 'mutation { made: createRequest(input: { title: "Room", requestType: CREATIVE }) { id } }';

let ofPage;
let proxy;
let room;
let inside;

before(async () => {
  ofPage = await codeOf(page, 'rooms');
});
beforeEach(async () => {
  inside = [];
  proxy = await TcpProxy.to(base);
  const headers = { authorization: `Bearer ${alice}`, 'content-type': 'application/json' };
  const answer = await fetch(`${base}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query: CREATE }) });
  room = { requestId: (await answer.json()).data.made.id };
});
afterEach(() => {
  inside.forEach((one) => one.leave());
  proxy.close();
});

/** Somebody in the room, with what they see, hear and are told at the end. */
function enter(tokens, open = ofPage.room.enter) {
  const one = { sees: [], heard: [], told: [] };
  Object.assign(one, open({
    url: proxy.address('ws').replace('/graphql', '/rooms'),
    room,
    token: async () => tokens(),
    changed: (people) => { one.sees = [...people.values()]; },
    heard: (from, name, data) => one.heard.push([from, name, data]),
    ended: (why) => one.told.push(why),
  }));
  inside.push(one);
  return one;
}
const seeing = (one, many) => until(`${many} are here`, () => one.sees.length === many);
const states = (one) => one.sees.map(({ state }) => JSON.stringify(state)).sort();

// first of all, while the short token is good
it('stays beyond the end of its first token', async () => {
  const tokens = [short];
  const one = enter(() => tokens.shift() ?? alice);
  await seeing(one, 1);
  const end = JSON.parse(Buffer.from(short.split('.')[1], 'base64url')).exp * 1000;
  await until('the first token has ended', () => Date.now() > end + 1_000);
  const other = enter(() => bob);
  await seeing(one, 2);
  await seeing(other, 2);
  assert.equal(proxy.opened, 2);
});

it('shows who is here, what they show and say, and who goes', async () => {
  const [first, second] = [enter(() => alice), enter(() => bob)];
  await seeing(first, 2);
  await seeing(second, 2);
  assert.deepEqual(first.sees.map(({ profile }) => profile.firstName).sort(), ['Alice', 'Bob']);
  second.show({ playhead: 12 });
  await until('the state is shown', () => states(first).includes('{"playhead":12}'));
  second.tell('jump', { frame: 7 });
  await until('it is heard', () => first.heard.length === 1);
  const [from, ...said] = first.heard[0];
  assert.equal(first.sees.find(({ connection }) => connection === from).profile.firstName, 'Bob');
  assert.deepEqual(said, ['jump', { frame: 7 }]);
  assert.deepEqual(second.heard, []);
  second.leave();
  await seeing(first, 1);
  assert.deepEqual(second.told, []);
});

it('comes back and shows its state again when the socket was cut', async () => {
  const [first, second] = [enter(() => alice), enter(() => bob)];
  await seeing(first, 2);
  second.show({ typing: true });
  await until('the state is shown', () => states(first).includes('{"typing":true}'));
  await proxy.cut(() => until('nobody is seen any more', () => first.sees.length + second.sees.length === 0));
  await until('both are back', () => first.sees.length === 2 && states(first).includes('{"typing":true}'));
  assert.equal(proxy.opened, 4);
});

it('comes again when no token was to be had, or none that is good', async () => {
  const tokens = [() => assert.fail('no token'), () => 'not.a.token'];
  await seeing(enter(() => (tokens.shift() ?? (() => bob))()), 1);
  assert.equal(proxy.opened, 3);
});

it('ends where one may not be', async () => {
  const one = enter(() => stranger);
  await until('it ends', () => one.told.length > 0);
  assert.deepEqual(one.told, ['NOT_FOUND']);
});

it('goes with a player', async () => {
  const video = { paused: false };
  const places = [];
  const watching = (options) => ofPage.player.together(video, { ...options, frame: () => 96, go: (to) => places.push(to) });
  const [viewer, player] = [enter(() => alice), enter(() => bob, watching)];
  await seeing(viewer, 2);
  video.ontimeupdate();
  await until('the playhead is shown', () => states(viewer).includes('{"playhead":96,"playing":true}'));
  viewer.tell('jump', { frame: 240 });
  await until('it goes there', () => places.length === 1);
  assert.deepEqual(places, [240]);
  player.jump();
  await until('it is heard', () => viewer.heard.length === 1);
  assert.deepEqual(viewer.heard[0].slice(1), ['jump', { frame: 96 }]);
});
