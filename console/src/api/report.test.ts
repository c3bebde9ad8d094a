import type { InspectorClient } from '@aws-sdk/client-inspector';
import { expect, test } from 'vitest';

import { reportAddress, webAddress } from './report';

function answering(...answers: object[]): InspectorClient {
  return { send: () => Promise.resolve(answers.shift()) } as unknown as InspectorClient;
}

const noPause = () => Promise.resolve();

test('it asks until the report is there', async () => {
  const client = answering(
    { status: 'WORK_IN_PROGRESS' },
    { status: 'WORK_IN_PROGRESS' },
    { status: 'COMPLETED', url: 'http://127.0.0.1:8008/reports/1' },
  );
  expect(await reportAddress(client, 'arn', 'FINDING', 'PDF', noPause)).toBe('http://127.0.0.1:8008/reports/1');
});

test('a report that failed is an error', async () => {
  await expect(reportAddress(answering({ status: 'FAILED' }), 'arn', 'FULL', 'HTML', noPause)).rejects.toThrow('could not');
});

test.each(['javascript:alert(1)', 'data:text/html,x', '', undefined])('%s is no address of a report', (url) => {
  expect(() => webAddress(url)).toThrow('no usable address');
});
