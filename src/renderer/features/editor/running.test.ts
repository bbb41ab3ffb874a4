import { expect, test } from 'vitest';
import { runningWords } from './running.ts';

test('a run is named with what it means for the file', () => {
  const running = { state: 'running', how: '', pid: 1 } as const;
  expect(runningWords('quill', running, 'person')).toContain('takes effect with its next run');
  expect(runningWords('quill', running, 'both')).toContain('saving waits until the run has ended');
  expect(runningWords('quill', { ...running, state: 'probably' }, 'both')).toContain('probably runs');
  expect(runningWords('quill', { ...running, state: 'idle' }, 'both')).toBeNull();
  expect(runningWords('quill', null, 'both')).toBeNull();
});
