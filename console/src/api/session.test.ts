import { expect, test } from 'vitest';

import { forgetSession, storedSession, storeSession, type Session } from './session';

const session: Session = {
  accessKeyId: 'ASIA0000000000000000',
  secretAccessKey: 'secret',
  sessionToken: 'token',
  region: 'us-east-1',
  expiresAt: 2_000,
  user: 'AKIA0000000000000000',
};

function storage(): Storage {
  const kept = new Map<string, string>();
  return {
    get length() {
      return kept.size;
    },
    clear: () => kept.clear(),
    getItem: (key) => kept.get(key) ?? null,
    key: (index) => [...kept.keys()][index] ?? null,
    removeItem: (key) => void kept.delete(key),
    setItem: (key, value) => void kept.set(key, value),
  };
}

test('a session outlives a reload', () => {
  const place = storage();
  storeSession(place, session);
  expect(storedSession(place, 1_999)).toEqual(session);
});

test('a session that has ended is forgotten', () => {
  const place = storage();
  storeSession(place, session);
  expect(storedSession(place, 2_000)).toBeUndefined();
  expect(place.length).toBe(0);
});

test('signing out leaves nothing behind', () => {
  const place = storage();
  storeSession(place, session);
  forgetSession(place);
  expect(place.length).toBe(0);
});

test.each(['{', '"text"', '{"region":"us-east-1"}', '{"expiresAt":9000}'])('%s is no session', (text) => {
  const place = storage();
  place.setItem('openinspector.session', text);
  expect(storedSession(place, 0)).toBeUndefined();
});
