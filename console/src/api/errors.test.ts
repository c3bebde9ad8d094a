import { expect, test } from 'vitest';

import { explain, isSessionOver, kindOf, ServiceError, type Kind } from './errors';

const EXPIRED = 'Signature expired: 20260520T080000Z is now earlier than 20260520T090000Z';

const refusals: [type: string, message: string, kind: Kind][] = [
  ['UnrecognizedClientException', 'The security token included in the request is invalid.', 'unknown-key'],
  ['InvalidSignatureException', 'The request signature we calculated does not match', 'wrong-secret'],
  ['InvalidSignatureException', EXPIRED, 'clock'],
  ['ExpiredTokenException', 'The security token included in the request is expired', 'session-over'],
  ['openinspector#AccessDeniedException', 'not allowed', 'denied'],
  ['InternalException', 'the store is full', 'other'],
];

test.each(refusals)('%s is told apart', (__type, message, kind) => {
  expect(kindOf(ServiceError.of(400, { __type, message }))).toBe(kind);
});

test('a service that cannot be reached is not taken for a refusal', () => {
  expect(explain(new TypeError('Failed to fetch'))).toContain('does not answer');
});

test('an answer that is not from the service is shown by its status', () => {
  expect(explain(ServiceError.of(502, undefined))).toBe('The service answered with HTTP status 502.');
});

test('an error without words still says something', () => {
  expect(explain(new Error(''))).toBe('The service failed without saying why.');
});

test('only lost keys end a session', () => {
  expect(refusals.filter(([type, message]) => isSessionOver(ServiceError.of(400, { __type: type, message })))).toEqual([
    refusals[0],
    refusals[3],
  ]);
});
