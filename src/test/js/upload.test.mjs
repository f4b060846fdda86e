// A page of another origin than the API's sends a file by its parts and reads what the storage answers.
//   URLS      the addresses of the parts, one a line
//   SIZES     how many bytes each has, one a line
//   PAGE      the port where the page is served, an origin that the API allows
//   STRANGER  the port of another page, which it does not
//   CHROMIUM  the browser's path
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import { after, before, it } from 'node:test';
import { chromium } from 'playwright-core';

const URLS = process.env.URLS.split('\n');
const SIZES = process.env.SIZES.split('\n').map(Number);
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync'];

let browser;
let servers;

before(async () => {
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: FLAGS });
  servers = await Promise.all([process.env.PAGE, process.env.STRANGER].map(serve));
});
after(async () => {
  await browser?.close();
  servers?.forEach((server) => server.close());
});

function serve(port) {
  const server = createServer((request, response) => {
    response.setHeader('Content-Type', 'text/html');
    response.end('<!doctype html><title>A page</title>');
  });
  return new Promise((done) => server.listen(Number(port), '127.0.0.1', () => done(server)));
}

async function on(port, work, ...values) {
  const page = await browser.newPage();
  try {
    await page.goto(`http://127.0.0.1:${port}/`);
    return await page.evaluate(work, values);
  } finally {
    await page.close();
  }
}

/** In the page: what the answer to a PUT of this many bytes lets it read. */
const put = async ([url, size, seed]) => {
  const bytes = new Uint8Array(size).map((x, i) => (i * 31 + seed) % 251);
  if (seed === 0) bytes.set([0, 0, 0, 20, 0x66, 0x74, 0x79, 0x70, 0x71, 0x74, 0x20, 0x20]);
  try {
    const answer = await fetch(url, { method: 'PUT', body: new Blob([bytes], { type: 'video/quicktime' }) });
    return { status: answer.status, etag: answer.headers.get('ETag'), text: await answer.text() };
  } catch (failure) {
    return { failure: String(failure) };
  }
};

const md5 = (size, seed) => {
  const bytes = new Uint8Array(size).map((x, i) => (i * 31 + seed) % 251);
  if (seed === 0) bytes.set([0, 0, 0, 20, 0x66, 0x74, 0x79, 0x70, 0x71, 0x74, 0x20, 0x20]);
  return createHash('md5').update(bytes).digest('hex');
};

it('a page of an allowed origin sends each part and reads its ETag', async () => {
  for (const [i, url] of URLS.entries()) {
    const answer = await on(process.env.PAGE, put, url, SIZES[i], i);
    assert.deepEqual(answer, { status: 200, etag: `"${md5(SIZES[i], i)}"`, text: '' });
  }
});

it('a page of an allowed origin reads why a part is refused', async () => {
  const answer = await on(process.env.PAGE, put, URLS[0], 100, 0);
  assert.deepEqual(answer, { status: 400, etag: null, text: `The part has ${SIZES[0]} bytes` });
});

it('a page of any other origin sends nothing', async () => {
  assert.match((await on(process.env.STRANGER, put, URLS[0], SIZES[0], 0)).failure, /TypeError/);
});
