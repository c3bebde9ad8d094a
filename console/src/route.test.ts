import { expect, test } from 'vitest';

import { parseRoute, routeHash } from './route';

const RUN = '/runs/arn:aws:inspector:us-east-1:123456789012:target/0-0kFIPusq/template/0-4r1V2mAw/run/0-MKkpXXPE';

test.each([
  [RUN, {}],
  [RUN, { tab: 'exclusions', finding: '0-HwPnsDm4' }],
  ['/runs/what? #100%', { tab: 'a&b=c' }],
])('%s with %o is found again', (path, query) => {
  const route = parseRoute(routeHash(path, query));
  expect(route.path).toBe(path);
  expect(Object.fromEntries(route.query)).toEqual(query);
});

test('an ARN stands in the address as it is', () => {
  expect(routeHash(RUN, { tab: undefined })).toBe(`#${RUN}`);
});

test.each(['', '#', '#?tab=x'])('%j is the front page', (hash) => {
  expect(parseRoute(hash).path).toBe('/');
});

test('an address that cannot be decoded is taken as it stands', () => {
  expect(parseRoute('#/runs/%E0%A4%A').path).toBe('/runs/%E0%A4%A');
});
