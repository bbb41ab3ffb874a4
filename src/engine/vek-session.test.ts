import { expect, test } from 'vitest';
import type { Failure } from '../contract/failure.ts';
import { stateOf } from './vek-session.ts';

const failed = (kind: Failure['kind']) =>
  stateOf({ graph: null, failure: { kind, message: '', hint: '' } }, []);

test('a source that a person stopped is stopped, not unreadable', () => {
  expect(failed('cancelled')).toBe('stopped');
  expect(failed('not-found')).toBe('gone');
  expect(failed('damaged')).toBe('unreadable');
  expect(stateOf({ graph: null, failure: null }, [])).toBe('loading');
});
