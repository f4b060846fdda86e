// The GraphiQL page of a running development server, as a browser shows it.
//   BASE_URL     where the server listens, http://localhost:8080 unless given
//   CHROMIUM     the browser's path, /usr/bin/chromium unless given
//   SCREENSHOTS  a folder for pictures, none are taken without it
import assert from 'node:assert/strict';
import { after, before, beforeEach, afterEach, describe, it } from 'node:test';
import { mkdir } from 'node:fs/promises';
import { chromium } from 'playwright-core';

const BASE = (process.env.BASE_URL ?? 'http://localhost:8080').replace(/\/$/, '');
const SHOTS = process.env.SCREENSHOTS;
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync'];

let browser;
let page;
let complaints;
let strangers;
let identities;

before(async () => {
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: FLAGS });
  if (SHOTS) await mkdir(SHOTS, { recursive: true });
});
after(() => browser?.close());

async function open(options = {}, prepare = async () => {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  page = await context.newPage();
  page.setDefaultTimeout(15_000);
  complaints = [];
  strangers = [];
  identities = [];
  page.on('console', (m) => m.type() === 'error' && complaints.push(`${m.text()} ${m.location().url}`));
  page.on('pageerror', (e) => complaints.push(String(e)));
  page.on('request', (r) => /^(https?|wss?):/.test(r.url()) && !r.url().startsWith(`${BASE}/`) && strangers.push(r.url()));
  page.on('websocket', (socket) => socket.on('framesent', ({ payload }) => {
    const { type, payload: params } = JSON.parse(payload);
    if (type === 'connection_init') identities.push(subject(params.authorization));
  }));
  await prepare(page);
  await page.goto(`${BASE}/graphiql`);
  await page.locator('.graphiql-query-editor .CodeMirror').waitFor();
}

/** The name in a bearer token. */
function subject(authorization) {
  const claims = JSON.parse(Buffer.from(authorization.split('.')[1], 'base64url'));
  return claims.upn ?? claims.sub;
}

const tab = (name) => page.getByRole('tab', { name, exact: true }).click();
const run = () => page.locator('.graphiql-execute-button').click();
const choose = (person) => page.locator(`.person:has(input[value="${person}"])`).click();
const answer = () => page.evaluate(() => document.querySelector('.result-window .CodeMirror').CodeMirror.getValue());
const shot = (name) => SHOTS && page.screenshot({ path: `${SHOTS}/${name}.png` });

async function eventually(what, probe) {
  const end = Date.now() + 15_000;
  let seen;
  while (Date.now() < end) {
    seen = await probe();
    if (seen) return seen;
    await new Promise((go) => setTimeout(go, 100));
  }
  return assert.fail(`Waited in vain for ${what}; the answer is ${await answer()}`);
}

const answers = (pattern) => eventually(pattern, async () => {
  const text = await answer();
  return pattern.test(text) && text;
});

describe('GraphiQL', () => {
  beforeEach(() => open());
  afterEach(() => page.context().close());

  it('opens quietly, asks no other host, and has alice signed in', async () => {
    assert.equal(await page.title(), 'Agency OS GraphiQL');
    assert.equal(await page.locator('.person input:checked').getAttribute('value'), 'alice');
    assert.deepEqual(await page.locator('.person b').allTextContents(), ['alice', 'bob', 'carol', 'dana']);
    assert.deepEqual(await page.locator('.graphiql-tab-button').allTextContents(),
      ['WhoAmI', 'Board', 'OneRequest', 'CreateRequest', 'MoveItOn', 'Review', 'Live']);
    await run();
    await answers(/alice/i);
    assert.equal(await page.locator('#status').isVisible(), false);
    await shot('light');
    assert.deepEqual(complaints, []);
    assert.deepEqual(strangers, []);
  });

  it('runs as another person after the switch, and remembers it over a reload', async () => {
    await choose('dana');
    await run();
    await answers(/dana/i);
    await page.reload();
    assert.equal(await page.locator('.person input:checked').getAttribute('value'), 'dana');
    await run();
    await answers(/dana/i);
  });

  it('reads the schema again after a switch', async () => {
    await eventually('the schema', () => page.evaluate(() => document.querySelectorAll('.graphiql-spin').length === 0));
    const again = page.waitForRequest((r) => r.method() === 'POST' && r.postData().includes('__schema')
      && subject(r.headers().authorization) === 'bob');
    await choose('bob');
    await again;
  });

  it('shows the board', async () => {
    await tab('Board');
    await run();
    const { data, errors } = JSON.parse(await answers(/"data"|"errors"/));
    assert.equal(errors, undefined);
    assert.ok(Array.isArray(data.requests.nodes));
    await shot('board');
  });

  // the first tab, WhoAmI, is open already and runs above
  for (const name of ['Board', 'OneRequest', 'CreateRequest', 'MoveItOn', 'Review']) {
    it(`runs the example ${name} without an error`, async () => {
      await tab(name);
      await run();
      const { data, errors } = JSON.parse(await answers(/"data"|"errors"/));
      assert.equal(errors, undefined);
      for (const value of Object.values(data)) assert.ok(value, `${name} answers something`);
      await shot(`example-${name}`);
    });
  }

  it('receives live events, and again as the person switched to', async () => {
    await tab('Live');
    await run();
    await answers(/"operation": "LIVE"|"operation": "UPDATE"/);
    await shot('live');
    await choose('carol');
    await eventually('a connection as carol', () => identities.includes('carol'));
    await answers(/"operation"/);
    assert.deepEqual(identities, ['alice', 'carol']);
    await run();
    await page.locator('.graphiql-execute-button[aria-label^="Execute"]').waitFor();
    assert.deepEqual(complaints, []);
  });

  it('takes a new token when one is refused', async () => {
    let tokens = 0;
    let refused = false;
    await page.route('**/graphiql/token/bob', (route) => { tokens += 1; return route.continue(); });
    await page.route('**/graphql', (route) => {
      if (refused || subject(route.request().headers().authorization) !== 'bob') return route.continue();
      refused = true;
      return route.fulfill({ status: 401, body: '' });
    });
    await choose('bob');
    await run();
    await answers(/bob/i);
    assert.equal(refused, true);
    assert.equal(tokens, 2);
  });

  it('says what is wrong when sign-in or the server fails', async () => {
    await page.route('**/graphiql/token/bob', (route) => route.fulfill({ status: 502 }));
    await choose('bob');
    await page.getByText('Sign-in as bob failed: the server answered 502').first().waitFor();
    await shot('problem');
    // before the switch, which reads the schema: an answer under way would say that all is well again
    await page.route('**/graphql', (route) => route.abort());
    await choose('alice');
    await run();
    await page.locator('#status', { hasText: 'The server cannot be reached' }).waitFor();
  });

  it('brings the examples back', async () => {
    await page.locator('.graphiql-tab-add').click();
    await page.locator('.graphiql-tab-button').nth(7).waitFor();
    page.once('dialog', (dialog) => dialog.accept());
    await page.locator('#reset').click();
    await eventually('seven tabs', async () => (await page.locator('.graphiql-tab-button').count()) === 7);
  });
});

describe('GraphiQL elsewhere', () => {
  afterEach(() => page.context().close());

  it('fits a narrow dark screen', async () => {
    await open({ viewport: { width: 390, height: 844 }, colorScheme: 'dark' });
    await run();
    await answers(/alice/i);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 390);
    const [editor, result] = await Promise.all(['.graphiql-query-editor', '.graphiql-response']
      .map((part) => page.locator(part).boundingBox()));
    assert.ok(editor.width > 280 && result.width > 280 && result.y > editor.y, 'the answer is below the editor');
    await shot('narrow-dark');
  });

  it('is dark where the system is', async () => {
    await open({ colorScheme: 'dark' });
    await run();
    await answers(/alice/i);
    await shot('dark');
  });

  it('takes a pasted token where nobody can sign in by a click', async () => {
    const token = await (await fetch(`${BASE}/graphiql/token/carol`)).json();
    await open({}, (p) => p.route('**/graphiql/session.json', (route) => route.fulfill({ json: { people: [] } })));
    await page.locator('#bearer').fill(token.token);
    await page.getByRole('button', { name: 'Use', exact: true }).click();
    await run();
    await answers(/carol/i);
    await shot('pasted');
    assert.equal(await page.evaluate((t) => JSON.stringify({ ...localStorage }).includes(t), token.token), false);
  });
});
