import { expect, test } from 'vitest';

import { hasIdentityProvider } from './sign-in-options';

const answering = (body: string, status = 200) => (() => Promise.resolve(new Response(body, { status }))) as typeof fetch;

test('the service says whether there is an identity provider', async () => {
  expect(await hasIdentityProvider(answering('{"identityProvider":true}'))).toBe(true);
  expect(await hasIdentityProvider(answering('{"identityProvider":false}'))).toBe(false);
});

test.each(['{', 'null', '[]', '{"identityProvider":"yes"}'])('%s is no provider', async (body) => {
  expect(await hasIdentityProvider(answering(body))).toBe(false);
});

test('without an answer there is none', async () => {
  expect(await hasIdentityProvider(answering('{"identityProvider":true}', 503))).toBe(false);
  expect(await hasIdentityProvider(() => Promise.reject(new TypeError('offline')))).toBe(false);
});
