import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'vitest';
import type { EditContext } from '../../src/core/agents/edit/context.ts';
import { fromTemplate } from '../../src/core/agents/edit/templates.ts';
import { inspectFile } from '../../src/core/agents/file-inspect.ts';
import { openFolder } from '../../src/core/agents/folder.ts';
import { agentsRootAt } from '../../src/core/agents/root.ts';
import { TODAY, type Values } from './template-answers.ts';

export const base = mkdtempSync(join(tmpdir(), 'vekscope-templates-'));
export function put(root: string, path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

export function contextOf(root: string): EditContext {
  const found = agentsRootAt(root);
  if (!found.ok || found.value === null) throw new Error(`There are no agents in ${root}`);
  return { folder: openFolder(found.value), dataDir: base, today: TODAY, nowMicros: () => 0, from: 'window' };
}

let made = 0;
/** A root with two agents and a shared persona. */
export function newRoot(): string {
  const root = join(base, String(made++));
  for (const agent of ['elm', 'oak']) {
    put(root, `${agent}/persona/IDENTITY.md`, '# Identity\n');
    put(root, `${agent}/persona/SOUL.md`, '# Soul\n');
    put(root, `${agent}/memory/INDEX.md`, '# Memory Index\n');
    put(root, `${agent}/tools.md`, '# Tools\n\n## Write paths\n- memory/\n');
    put(root, `${agent}/model.md`, '## Default model\n\n**`gpt-5-mini`**\n');
  }
  return root;
}

/** Makes the files of a template in a root, and looks at them as the window does. */
export function make(root: string, agent: string | null, id: string, values: Values): readonly string[] {
  const answer = fromTemplate(contextOf(root), agent, id, new Map(Object.entries(values)));
  if (!answer.ok) throw new Error(`${id} ${JSON.stringify(values)}: ${answer.error.message}`);
  for (const { path, text } of answer.value) put(root, path, text!);
  const { folder } = contextOf(root);
  return answer.value.map(({ path }) => {
    const file = folder.text(path);
    if (!file.ok) throw new Error(file.error.message);
    const seen = inspectFile(folder, file.value, Date.parse(`${TODAY}T12:00:00Z`) * 1000);
    const bad = seen.findings.filter(({ severity }) => severity !== 'notice');
    expect({ path, why: seen.why, kind: seen.place.kind, bad }).toEqual({
      path,
      why: null,
      kind: expect.not.stringMatching(/^unknown$/),
      bad: [],
    });
    return path;
  });
}
