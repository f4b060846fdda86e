// Our timecodes against those of two npm packages. CASES is a file of lines "num den drop frame timecode millis".
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import timecodes from 'node-timecodes';
import Timecode from 'smpte-timecode';

const cases = readFileSync(process.env.CASES, 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => {
    const [num, den, drop, frame, text, millis] = line.split(' ');
    return { num: +num, den: +den, drop: drop === 'true', frame: +frame, text, millis: +millis };
  });

test('smpte-timecode writes the same timecode for a frame', () => {
  for (const { num, den, drop, frame, text } of cases)
    assert.equal(new Timecode(frame, [num, den], drop).toString(), text, `frame ${frame} at ${num}/${den}`);
});

test('smpte-timecode reads the same frame from a timecode', () => {
  for (const { num, den, drop, frame, text } of cases)
    assert.equal(new Timecode(text, [num, den], drop).frameCount, frame, `${text} at ${num}/${den}`);
});

test('smpte-timecode leaves out the same numbers', () => {
  for (const [rate, text] of [[30000, '00:01:00;00'], [30000, '00:59:00;01'], [60000, '00:01:00;03']])
    assert.throws(() => new Timecode(text, [rate, 1001], true), /Invalid timecode/);
});

// smpte-timecode would let 23.976 drop numbers, which ST 12-1 does not know; we refuse that.
test('smpte-timecode takes drop-frame at 23.976', () => {
  assert.equal(new Timecode(0, [24000, 1001], true).toString(), '00:00:00;00');
});

// node-timecodes knows no drop-frame, and at a fractional rate it takes the clock's seconds for those of the timecode:
// its 00:01:00:00 at 29.97 is 60.000 s, where the frame of that number begins at 60.060 s. At whole rates it agrees,
// save that it cuts the frame off where we round: so it is asked for the middle of each frame.
test('node-timecodes writes the same timecode at whole rates', () => {
  for (const { num, den, millis, text } of cases.filter((c) => c.den === 1)) {
    const middle = millis / 1000 + den / num / 2;
    assert.equal(timecodes.fromSeconds(middle, { frameRate: num }), text, `${millis} ms at ${num}`);
  }
});

test('node-timecodes reads the same millisecond at whole rates', () => {
  for (const { num, millis, text } of cases.filter((c) => c.den === 1)) {
    const seconds = timecodes.toSeconds(text, num);
    assert.equal(Math.round(seconds * 1000), millis, `${text} at ${num}`);
  }
});

test('node-timecodes counts the clock at 29.97', () => {
  assert.ok(Math.abs(timecodes.toSeconds('00:01:00:00', 29.97) - 60) < 1e-9);
});
