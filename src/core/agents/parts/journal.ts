import type { JournalPart } from '../../../contract/agent-parts.ts';
import type { AgentFolder } from '../folder.ts';
import { journalFiles } from './journal-files.ts';
import { universalNewlines } from '../text/python-text.ts';
import { isDay } from '../../yaml/yaml-scalar.ts';
import { tokensOf } from './read.ts';

/** The journal, newest first; the first entry is the one in the prompt (formats/atomic-agents.md §2.7). */
export function readJournal(folder: AgentFolder, agent: string): JournalPart {
  return {
    part: 'journal',
    entries: journalFiles(folder, agent).map((file, i) => {
      const stem = file.path.slice(file.path.lastIndexOf('/') + 1).replace(/\.md$/, '');
      const rows = universalNewlines(file.text ?? '').split('\n');
      const said = rows.find((row) => row.trim() !== '' && !/^#|^---/.test(row.trim()));
      return {
        path: file.path,
        day: isDay(stem) ? stem : null,
        bytes: file.bytes,
        tokens: tokensOf(file.text ?? ''),
        headings: rows.flatMap((row) => /^#{2,6}\s+(.*?)\s*$/.exec(row)?.[1] ?? []),
        first: (said ?? file.noText ?? '').trim().slice(0, 200),
        inPrompt: i === 0,
      };
    }),
  };
}
