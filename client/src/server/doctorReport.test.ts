import { expect, test } from 'vitest';
import { doctorMarkdown } from './doctorReport.js';

test('the report counts what is wrong and gives advice for it alone', () => {
  const report = doctorMarkdown([
    { name: 'Model', value: 'found', ok: true, advice: 'None is needed.' },
    { name: 'Threads', value: '64', ok: false, advice: 'Use fewer.' },
  ]);
  expect(report).toContain('1 of 2 findings needs attention.');
  expect(report).toContain('- ok: Model: found\n');
  expect(report).toContain('- **not ok**: Threads: 64\n  Use fewer.');
  expect(report).not.toContain('None is needed.');
});

test('a report without faults says so', () => {
  expect(doctorMarkdown([{ name: 'Model', value: 'found', ok: true }])).toContain('Everything is in order.');
});
