// The exported comments, read by npm's papaparse and by webvtt-parser, the W3C's validator.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import Papa from 'papaparse';
import webvtt from 'webvtt-parser';

const read = (name) => readFileSync(join(process.env.MARKERS, name), 'utf8');
const texts = JSON.parse(read('texts.json'));

// what a spreadsheet computes
const isFormula = (cell) => /^[=+\-@\t\r\n＝＋－＠]/.test(cell);

test('the table has every text, and none that is computed', () => {
  const { data, errors } = Papa.parse(read('comments.csv'), { header: true, newline: '\r\n', skipEmptyLines: true });
  assert.deepEqual(errors, []);
  assert.equal(data.length, texts.length + 2);
  const [head, reply, ...hostile] = data;
  assert.equal(head.Timecode, '01:00:02:01');
  assert.equal(head['End Timecode'], '01:00:03:00');
  assert.equal(reply.Comment, 'No, it is not');
  assert.equal(reply['Reply To'], head.Id);
  hostile.forEach((row, i) => {
    assert.equal(row.Comment, isFormula(texts[i]) ? `'${texts[i]}` : texts[i]);
    assert.equal(row.Author, row.Comment);
    for (const cell of Object.values(row)) assert.ok(!isFormula(cell), cell);
  });
});

test('the captions are valid and have every text in a cue of its own', () => {
  // its own short list of entities has them without their semicolons
  const parser = new webvtt.WebVTTParser(createRequire(import.meta.url)('webvtt-parser/html-entities.json'));
  const { cues, errors } = parser.parse(read('comments.vtt'), 'metadata');
  assert.deepEqual(errors, []);
  assert.equal(cues.length, texts.length + 1);
  const [head, ...hostile] = cues;
  // frames 49 to 72 at 23.976: from the beginning of the first one to the end of the last one
  assert.equal(head.startTime, 2.044);
  assert.equal(head.endTime, 3.045);
  assert.match(head.text, /^01:00:02:01\n<v Bob Baker>Too loud<\/v>\n<v Dana Dorn>No, it is not<\/v>$/);
  hostile.forEach((cue, i) => {
    assert.equal(Math.round(cue.startTime * 1000), Math.round(((1000 + i) * 1001) / 24));
    const voice = parser.parse(read('comments.vtt'), 'captions').cues[i + 1].tree.children.find((c) => c.name === 'v');
    assert.ok(voice, cue.text);
    const said = voice.children.map((child) => child.value).join('');
    const lines = (text) => text.trim().split(/[\r\n\u0085\u2028\u2029\v\f]+/).map((line) => line.trim());
    assert.deepEqual(lines(said), lines(texts[i]));
  });
});
