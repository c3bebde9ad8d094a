import { expect, test } from 'vitest';

import { packetText, placeText, toProof } from './proof';

test('a proof document is read by its kind, and an unknown kind is an error', () => {
  expect(toProof('{"kind":"settings","settings":[]}')).toEqual({ kind: 'settings', settings: [] });
  expect(() => toProof('{"kind":"hearsay"}')).toThrow('older than the service');
  expect(() => toProof('{')).toThrow();
});

test('a packet is written with its ports where it has any', () => {
  const packet = { protocol: 'tcp', source: '198.51.100.7', sourcePort: 40000, destination: '10.0.1.20', destinationPort: 22 };
  expect(packetText(packet)).toBe('tcp 198.51.100.7:40000 → 10.0.1.20:22');
  const echo = { ...packet, protocol: 'icmp-echo', sourcePort: 0, destinationPort: 0 };
  expect(packetText(echo)).toBe('icmp-echo 198.51.100.7 → 10.0.1.20');
  const six = { ...packet, source: '2001:db8::1', destination: '2001:db8::2' };
  expect(packetText(six)).toBe('tcp [2001:db8::1]:40000 → [2001:db8::2]:22');
});

test('a place has its line where one is known', () => {
  expect(placeText({ path: '/etc/ssh/sshd_config', line: 12 })).toBe('/etc/ssh/sshd_config:12');
  expect(placeText({ path: 'uname' })).toBe('uname');
});
