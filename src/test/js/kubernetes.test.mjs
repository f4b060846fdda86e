// Every rendered manifest against the API's own definitions: MANIFESTS is a folder of YAML files. The validators, made of
// the OpenAPI and CRD schemas, say what is missing or of a wrong type; what nobody knows they let through, so the
// TypeScript compiler, which does not, looks at the same documents as literals of the types made of the same schemas.
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import ts from 'typescript';
import { parseAllDocuments } from 'yaml';

const PACKAGES = {
  'monitoring.coreos.com': '@kubernetes-models/prometheus-operator/',
  'postgresql.cnpg.io': '@kubernetes-models/cloudnative-pg/',
  'external-secrets.io': '@kubernetes-models/external-secrets/',
  'gateway.networking.k8s.io': '@kubernetes-models/gateway-api/',
};

function moduleOf({ apiVersion }) {
  return (PACKAGES[apiVersion.split('/')[0]] ?? 'kubernetes-models/') + apiVersion;
}

function documents(file) {
  return parseAllDocuments(readFileSync(file, 'utf8'), { uniqueKeys: true }).map((document) => {
    assert.deepEqual(document.errors, [], file);
    return document.toJS();
  });
}

const name = (document) => `${document.kind} ${document.metadata?.name}`;

async function wrongValues(document) {
  const { [document.kind]: Model } = await import(moduleOf(document));
  assert.ok(Model, `${document.apiVersion} has no ${document.kind}`);
  try {
    new Model(document).validate();
    return [];
  } catch (error) {
    return [`${name(document)}: ${error.message}`];
  }
}

/** Also what is misspelt: a property that a literal's type does not have is an error. */
function wrongFields(documents) {
  const lines = documents.map(
    (document, i) =>
      `import type { I${document.kind} as I${i} } from '${moduleOf(document)}';\n` +
      `export const d${i}: I${i} = ${JSON.stringify(document)};\n`,
  );
  const file = join(mkdtempSync(join(process.cwd(), 'manifests-')), 'all.ts');
  writeFileSync(file, lines.join(''));
  const program = ts.createProgram([file], {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    types: [],
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
  });
  return ts.getPreEmitDiagnostics(program).map((found) => {
    const line = found.file?.getLineAndCharacterOfPosition(found.start).line ?? 0;
    return `${name(documents[Math.floor(line / 2)])}: ${ts.flattenDiagnosticMessageText(found.messageText, ' ')}`;
  });
}

const all = readdirSync(process.env.MANIFESTS).flatMap((file) => documents(join(process.env.MANIFESTS, file)));

test('there is something to look at', () => assert.ok(all.length > 30, String(all.length)));

test('no manifest lacks what it needs, or has a value of a wrong type', async () => {
  const wrong = await Promise.all(all.map(wrongValues));
  assert.deepEqual(wrong.flat(), []);
});

test('no manifest has a field that its schema does not have', () => assert.deepEqual(wrongFields(all), []));

const first = (kind) => structuredClone(all.find((document) => document.kind === kind));

/** Each is wrong in one place, which has to be found, and named. */
const MISTAKES = [
  ['Deployment', 'readynessProbe', (d) => (d.spec.template.spec.containers[0].readynessProbe = {})],
  ['Deployment', 'runAsNonroot', (d) => (d.spec.template.spec.securityContext.runAsNonroot = true)],
  ['Deployment', 'secconds', (d) => (d.spec.template.spec.containers[0].lifecycle.preStop.sleep.secconds = 1)],
  ['Job', 'backOffLimit', (d) => (d.spec.backOffLimit = 1)],
  ['Ingress', 'pathtype', (d) => (d.spec.rules[0].http.paths[0].pathtype = 'Prefix')],
  ['NetworkPolicy', 'policyType', (d) => (d.spec.policyType = ['Egress'])],
  ['HorizontalPodAutoscaler', 'minReplica', (d) => (d.spec.minReplica = 1)],
  ['PodDisruptionBudget', 'maxUnavailble', (d) => (d.spec.maxUnavailble = 1)],
  ['ServiceMonitor', 'intervall', (d) => (d.spec.endpoints[0].intervall = '1s')],
  ['PrometheusRule', 'expression', (d) => (d.spec.groups[0].rules[0].expression = 'up')],
  ['Cluster', 'instance', (d) => (d.spec.instance = 3)],
  ['Pooler', 'poolmode', (d) => (d.spec.pgbouncer.poolmode = 'session')],
  ['ExternalSecret', 'refresh', (d) => (d.spec.refresh = '1h')],
  ['HTTPRoute', 'hostname', (d) => (d.spec.hostname = 'a.example')],
];

test('a field that is misspelt is found', () => {
  const wrong = MISTAKES.map(([kind, , mistake]) => {
    const document = first(kind);
    mistake(document);
    return document;
  });
  const found = wrongFields(wrong);
  for (const [kind, field] of MISTAKES)
    assert.ok(
      found.some((line) => line.startsWith(kind) && line.includes(`'"${field}"'`)),
      `${kind}.${field} in ${JSON.stringify(found)}`,
    );
  assert.equal(found.length, MISTAKES.length);
});

test('a value of a wrong type is found, and what is missing', async () => {
  const wordy = first('Deployment');
  wordy.spec.template.spec.terminationGracePeriodSeconds = 'long';
  assert.match((await wrongValues(wordy)).join(), /terminationGracePeriodSeconds must be integer/);
  const bare = first('Deployment');
  delete bare.spec.selector;
  assert.match((await wrongValues(bare)).join(), /must have required property selector/);
  const empty = first('Cluster');
  delete empty.spec.instances;
  assert.match((await wrongValues(empty)).join(), /instances/);
});
