// What the rings make of a test that skips itself: nothing where somebody tries, a failure where tests decide.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countReport, evaluated, type Count } from './rings/count.mjs';

const skipped = [{ name: 'a > b', reason: 'nvim is not installed' }, { name: 'c' }];

describe('a skipped test', () => {
  it('is named with its reason', () => {
    expect(evaluated({ passed: 3, failed: 0, skipped }, false)).toEqual({
      passed: 3,
      failed: 0,
      lines: ['  skipped: a > b (nvim is not installed)', '  skipped: c (no reason given)', '  2 skipped'],
    });
  });

  it('counts as failed where tests decide', () => {
    expect(evaluated({ passed: 3, failed: 1, skipped }, true)).toMatchObject({ passed: 3, failed: 3 });
    expect(evaluated({ passed: 3, failed: 0 }, true)).toEqual({ passed: 3, failed: 0, lines: [] });
  });
});

it('reads what pytest reports', () => {
  const report = `<testsuites><testsuite name="pytest" errors="1" failures="1" skipped="2" tests="6">
    <testcase classname="t.test_a" name="test_one" time="0.1" /><testcase classname="t.test_a" name="test_two">
    <failure message="x">y</failure></testcase>
    <testcase classname="t.test_a" name="test_three"><skipped type="pytest.skip" message="not &quot;here&quot;">at</skipped></testcase>
    <testcase classname="" name="t.test_b"><skipped type="pytest.skip" message="no torch">at</skipped></testcase></testsuite></testsuites>`;
  expect(countReport(report)).toEqual({
    passed: 2,
    failed: 2,
    skipped: [
      { name: 't.test_a > test_three', reason: 'not "here"' },
      { name: 't.test_b', reason: 'no torch' },
    ],
  });
});

describe('vitest', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(import.meta.dirname, 'rings-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('reports what passed, failed, skipped itself, and could not be loaded', { timeout: 60_000 }, () => {
    writeFileSync(
      join(folder, 'some.test.mjs'),
      `import { it } from 'vitest';
       it('passes', () => {});
       it('fails', () => { throw new Error('on purpose'); });
       it('says why', ({ skip }) => skip('no tracer'));
       it.skipIf(true)('says nothing', () => {});`,
    );
    writeFileSync(join(folder, 'broken.test.mjs'), `import './nothing.mjs';`);
    writeFileSync(join(folder, 'vitest.config.mjs'), `export default { test: { include: ['*.test.mjs'] } };`);
    const file = join(folder, 'count.json');
    const vitest = join(import.meta.dirname, '../../node_modules/vitest/vitest.mjs');
    const reporter = join(import.meta.dirname, 'rings/vitestCount.mjs');
    spawnSync(process.execPath, [vitest, 'run', `--reporter=${reporter}`], {
      cwd: folder,
      env: { ...process.env, LACUNA_TEST_COUNT: file },
    });
    const count = JSON.parse(readFileSync(file, 'utf8')) as Count;
    expect(count).toEqual({
      passed: 1,
      failed: 2,
      skipped: [{ name: 'some.test.mjs > says why', reason: 'no tracer' }, { name: 'some.test.mjs > says nothing' }],
    });
  });
});
