import { expect, it } from 'vitest';
import { commandLine } from './command-line.ts';

it('names the root that holds the agent, and quotes what a shell would take apart', () => {
  expect(commandLine('dream', 'quill', '/srv/fleet', 'quill/dreams/d', ['--apply', 'd'])).toBe(
    'python -m atomic_agents.dream quill --apply d --agents-root /srv/fleet',
  );
  expect(commandLine('tuning', 'quill', '/my fleet/quill', 'evals/x.md', ['--apply', "it's.md"])).toBe(
    String.raw`python -m atomic_agents.tuning quill --apply 'it'\''s.md' --agents-root '/my fleet'`,
  );
  expect(commandLine('dream', 'quill', null, 'quill/dreams/d', [])).toBe(
    'python -m atomic_agents.dream quill',
  );
});
