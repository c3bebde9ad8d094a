import { expect, test } from 'vitest';

import { parent, shortId } from './arn';

const TARGET = 'arn:aws:inspector:us-west-2:123456789012:target/0-0kFIPusq';
const TEMPLATE = `${TARGET}/template/0-4r1V2mAw`;
const RUN = `${TEMPLATE}/run/0-MKkpXXPE`;

test('a run names its template and its target', () => {
  expect(parent(RUN, 'template')).toBe(TEMPLATE);
  expect(parent(RUN, 'target')).toBe(TARGET);
  expect(parent(`${RUN}/finding/0-HwPnsDm4`, 'run')).toBe(RUN);
});

test('what is not above is not made up', () => {
  expect(parent(TEMPLATE, 'run')).toBeUndefined();
  expect(parent('arn:aws:inspector:us-west-2:123456789012:target/short', 'target')).toBeUndefined();
  expect(parent('', 'target')).toBeUndefined();
});

test('the short id is the last part', () => {
  expect(shortId(RUN)).toBe('0-MKkpXXPE');
});
