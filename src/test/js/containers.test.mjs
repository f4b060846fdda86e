// The Dockerfiles and compose.yaml, whose folder is DOCKER, by linters that others wrote. dclint holds compose.yaml against
// the Compose specification's schema as well.
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { DCLinter } from 'dclint';
import dockerfilelint from 'dockerfilelint';
import { parse } from 'yaml';

const folder = process.env.DOCKER;
const dockerfiles = readdirSync(folder).filter((file) => file.startsWith('Dockerfile.'));
const compose = new DCLinter({ rules: {}, quiet: false, debug: false, exclude: [] });

/** dockerfilelint knows neither arguments nor earlier stages in FROM, and takes both for images without a tag. */
function complaints(text) {
  const lines = text.split('\n');
  const isNamed = ({ rule, line }) => rule === 'missing_tag' && /^FROM (\$\{\w+}|runtime) AS /.test(lines[line - 1]);
  return dockerfilelint.run(folder, text).filter((issue) => !isNamed(issue));
}

for (const file of dockerfiles) {
  const text = readFileSync(join(folder, file), 'utf8');

  test(`${file} passes dockerfilelint`, () => assert.deepEqual(complaints(text), []));

  test(`${file} says of every image which one`, () => {
    const images = [...text.matchAll(/^ARG \w+=(.+)$/gm)].map(([, image]) => image);
    assert.equal(images.length, 2);
    for (const image of images) assert.match(image, /^[\w.]+\/[\w./-]+:(?!latest)[\w.-]+$/);
  });

  test(`${file} runs as nobody in particular, and has ffmpeg in the worker alone`, () => {
    const stages = text.split(/^FROM /m).slice(1);
    const stage = (name) => stages.find((it) => it.split('\n')[0].endsWith(` AS ${name}`));
    for (const it of ['runtime', 'worker']) assert.match(stage(it).trim().split(/^USER /m).pop(), /^10001:10001/);
    assert.match(stage('worker'), /ffmpeg/);
    for (const it of ['build', 'runtime', 'server']) assert.doesNotMatch(stage(it), /install.*ffmpeg/);
  });
}

test('there are two Dockerfiles', () => assert.equal(dockerfiles.length, 2));

test('dockerfilelint finds what is wrong', () => {
  const text = readFileSync(join(folder, dockerfiles[0]), 'utf8');
  assert.notDeepEqual(complaints(text.replace('WORKDIR /app', 'WORKDIRR /app')), []);
});

function lint(file) {
  const [result] = compose.lintFiles([file], false);
  return result.messages.map(({ line, message }) => `${line}: ${message}`);
}

test('compose.yaml passes dclint', () => assert.deepEqual(lint(join(folder, 'compose.yaml')), []));

test('dclint finds a key that the specification does not have', () => {
  const text = readFileSync(join(folder, 'compose.yaml'), 'utf8');
  const wrong = join(mkdtempSync(join(process.cwd(), 'compose-')), 'compose.yaml');
  writeFileSync(wrong, text.replace('    volumes:\n', '    volume:\n'));
  assert.match(lint(wrong).join(), /must NOT have additional properties/);
});

test('tokens of the realm say what the application is told to look for', () => {
  const realm = JSON.parse(readFileSync(join(folder, 'keycloak', 'realm.json'), 'utf8'));
  const settings = parse(readFileSync(join(folder, 'compose.yaml'), 'utf8'))['x-application'].environment;
  const { protocolMappers } = realm.clients.find((client) => client.clientId === 'agency-web');
  const config = (type) => protocolMappers.find((it) => it.protocolMapper === type).config;
  assert.equal(config('oidc-audience-mapper')['included.custom.audience'], settings.AGENCY_OIDC_AUDIENCE);
  assert.equal(config('oidc-usermodel-realm-role-mapper')['claim.name'], settings.AGENCY_OIDC_ROLES_CLAIM);
  assert.ok(settings.AGENCY_OIDC_ISSUER.endsWith(`/realms/${realm.realm}`));
  assert.deepEqual(realm.roles.realm.map((role) => role.name), ['admin', 'user', 'client']);
  // Keycloak's own scopes, by which a token has its sub and its names, are made only where an import has none
  assert.equal(realm.clientScopes, undefined);
});
