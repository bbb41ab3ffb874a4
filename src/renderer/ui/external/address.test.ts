import { expect, test } from 'vitest';
import { openableAddress } from './address.ts';

test('only https without a name or password may be opened, written in ASCII', () => {
  expect(openableAddress('https://example.org/a?b#c')).toBe('https://example.org/a?b#c');
  expect(openableAddress('https://exämple.org/ü')).toBe('https://xn--exmple-cua.org/%C3%BC');
  for (const refused of [
    'http://example.org',
    'javascript:alert(1)',
    'data:text/html,x',
    'file:///etc/passwd',
    'vekscope:/a#b',
    'https://bank.example@evil.example/',
    'https://:pw@evil.example/',
    '//example.org',
    '/relative',
    '',
    'https://',
  ]) {
    expect(openableAddress(refused), refused).toBeNull();
  }
});
