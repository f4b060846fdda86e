// The audits of the GraphQL-over-HTTP draft, as the reference implementation ships them, against a running server.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { serverAudits } from 'graphql-http';

const { BASE_URL: base, TOKEN: token } = process.env;

function fetchSignedIn(url, options = {}) {
  return fetch(url, { ...options, headers: { ...options.headers, authorization: `Bearer ${token}` } });
}

for (const audit of serverAudits({ url: `${base}/graphql`, fetchFn: fetchSignedIn })) {
  test(`${audit.id} ${audit.name}`, async () => {
    const result = await audit.fn();
    assert.equal(result.status, 'ok', result.reason);
  });
}
