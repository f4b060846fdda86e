// What tests wait for.
import assert from 'node:assert/strict';

const PATIENCE = 60_000;

/** Waits until `holds` does, and fails with `what` where that does not come. */
export async function until(what, holds) {
  for (const end = Date.now() + PATIENCE; Date.now() < end;) {
    if (holds()) return;
    await new Promise((go) => setTimeout(go, 20));
  }
  assert.fail(`Waited in vain until ${what}`);
}
