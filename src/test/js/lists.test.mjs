// The exported edit decision lists: each event, as CMX 3600 has it, is one frame long and begins on its comment's frame as
// npm's smpte-timecode counts, and its note has the properties that DaVinci Resolve reads. Nothing of npm reads such lists.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import Timecode from 'smpte-timecode';

const read = (name) => readFileSync(join(process.env.LISTS, name), 'utf8');
const EVENT = /^(\d{3,})  (\S{1,8}) {6}V {5}C {8}(\S{11}) (\S{11}) (\S{11}) (\S{11})$/;
const NOTE = /^\S.* \|C:ResolveColor[A-Z][a-z]+ \|M:x \|D:(\d+)$/;

for (const { file, rate, drop, start, frames } of JSON.parse(read('cases.json')))
  test(`${file} from ${start}`, () => {
    const [title, counting, ...lines] = read(file).split('\n');
    assert.match(title, /^TITLE: ./);
    assert.equal(counting, drop ? 'FCM: DROP FRAME' : 'FCM: NON-DROP FRAME');
    const events = lines.join('\n').trim().split('\n\n');
    assert.equal(events.length, frames.length);
    const first = new Timecode(start, rate, drop).frameCount;
    const count = (text) => {
      assert.equal(text[8], drop ? ';' : ':');
      return new Timecode(text, rate, drop).frameCount - first;
    };
    events.forEach((event, i) => {
      const [line, note] = event.split('\n');
      const [, number, , ...times] = EVENT.exec(line);
      assert.equal(+number, i + 1);
      assert.deepEqual(times.map(count), [frames[i], frames[i] + 1, frames[i], frames[i] + 1]);
      assert.equal(+NOTE.exec(note)[1], frames[i] % 2 ? 10 : 1);
    });
  });
