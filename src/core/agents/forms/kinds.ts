import type { Bind } from './bind.ts';
import type { FormFile } from './form.ts';
import { memoryNote, wikiPage } from './spec-notes.ts';
import { evalGolden, evalJudge, goal, playbook, rubric, skill } from './spec-work.ts';

/** How a file is bound to its form; null: it is prose. */
export function bindOf({ kind, path }: FormFile): Bind | null {
  switch (kind) {
    case 'memory-note':
      return memoryNote;
    case 'wiki-page':
      return wikiPage;
    case 'goal':
      return goal;
    case 'skill':
      return path.endsWith('/SKILL.md') ? skill : null;
    case 'playbook':
      return playbook;
    case 'eval-rubric':
      return rubric;
    case 'eval-judge':
      return evalJudge;
    case 'eval-golden':
      return evalGolden;
    default:
      return null;
  }
}
