import { expect, test } from 'vitest';

import { denominator, total } from './coverage';
import type { CoverageCounts } from './own';

const counts = (rulesPackageArn: string, numbers: Partial<CoverageCounts>): CoverageCounts => ({
  rulesPackageArn,
  rulesPackage: rulesPackageArn,
  pass: 0,
  fail: 0,
  notApplicable: 0,
  notAssessed: 0,
  ...numbers,
});

test('the sum has its denominator', () => {
  const sum = total([counts('cve', { pass: 3, fail: 1 }), counts('net', { notAssessed: 2 })], ['cve', 'net']);
  expect(sum).toEqual({ checks: 6, notAssessed: 2, silent: [], complete: false });
});

test.each([
  ['a package that was asked for and is not there', [counts('cve', { pass: 1 })], ['cve', 'net']],
  ['a package without a check', [counts('cve', { pass: 1 }), counts('net', {})], ['cve', 'net']],
  ['nothing at all', [], []],
  ['one check that could not be made', [counts('cve', { pass: 9, notAssessed: 1 })], ['cve']],
])('%s is not complete', (_, coverage, asked) => {
  expect(total(coverage, asked).complete).toBe(false);
});

test('all looked at is complete', () => {
  expect(total([counts('cve', { pass: 1, notApplicable: 1 })], ['cve']).complete).toBe(true);
});

test('what was asked for and left no check is named beside the checks', () => {
  expect(denominator(total([counts('cve', { pass: 1200 })], ['cve']))).toBe('of 1,200 checks');
  expect(denominator(total([counts('cve', { pass: 1 })], ['cve', 'net']))).toBe('of 1 checks, and 1 rules package');
});
