import { expect, test } from 'vitest';

import { toFilter } from './findings';

test('no condition is no filter', () => {
  expect(toFilter([])).toEqual({});
});

test('each property has its member in the API', () => {
  const filter = toFilter([
    { property: 'severity', values: ['High', 'Low'] },
    { property: 'package', values: ['arn:p'] },
    { property: 'instance', values: ['i-1'] },
    { property: 'rule', values: ['CVE-2024-6387'] },
  ]);
  expect(filter).toEqual({
    severities: ['High', 'Low'],
    rulesPackageArns: ['arn:p'],
    agentIds: ['i-1'],
    ruleNames: ['CVE-2024-6387'],
  });
});

test('two conditions on one property must both hold', () => {
  const filter = toFilter([
    { property: 'severity', values: ['High', 'Low'] },
    { property: 'severity', values: ['Low', 'Medium'] },
  ]);
  expect(filter).toEqual({ severities: ['Low'] });
});

test('conditions that exclude each other match nothing, not everything', () => {
  const contradiction = toFilter([
    { property: 'instance', values: ['i-1'] },
    { property: 'instance', values: ['i-2'] },
  ]);
  expect(contradiction).toBeUndefined();
});
