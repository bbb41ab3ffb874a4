import type { TuningPart } from '../../../contract/agent-parts.ts';
import type { AgentFolder, FolderFile } from '../folder.ts';
import { scalarText } from '../settings/numbers.ts';
import { yamlBlock, yamlBlocks } from '../text/fences.ts';
import { universalNewlines } from '../text/python-text.ts';
import { isMap } from '../../yaml/yaml-value.ts';
import { fileOf, filesOf, oncePerFile } from './read.ts';

type Report = TuningPart['reports'][number];

const readReport = oncePerFile((file: FolderFile): Report => {
  const text = universalNewlines(file.text ?? '');
  const name = file.path.slice(file.path.lastIndexOf('/') + 1);
  return {
    path: file.path,
    sha256: file.sha256,
    title: /^#\s+(.*)$/m.exec(text)?.[1]?.trim() ?? name,
    proposals: yamlBlocks(text).flatMap((outer) => {
      const block = yamlBlock(bare(outer.text), outer.line + leading(outer.text));
      if (!isMap(block.value) || !block.value.has('proposal_id')) return [];
      const { value } = block;
      const of = (key: string): string | null => scalarText(value.get(key));
      return [
        {
          id: of('proposal_id') ?? '',
          targetFile: of('target_file'),
          targetSection: of('target_section'),
          editType: of('edit_type'),
          confidence: of('confidence'),
          reversibility: of('reversibility'),
          decision: of('operator_decision') ?? 'pending',
          notes: of('operator_notes') ?? '',
          line: block.lines.get('operator_decision') ?? block.line,
        },
      ];
    }),
  };
});

/** A block without the lines `---` that begin and end it. */
function bare(text: string): string {
  return text.replace(/^\s*---[ \t]*\n/, '').replace(/(?:^|\n)---[ \t]*\n?\s*$/, '\n');
}

function leading(text: string): number {
  return (/^\s*---[ \t]*\n/.exec(text)?.[0] ?? '').split('\n').length - 1;
}

/** The tuning reports of an agent, newest first (formats/atomic-agents.md §2.16). */
export function readTuning(folder: AgentFolder, agent: string): TuningPart {
  const reports = filesOf(folder, folder.pathOf(agent, 'evals/tuning_reports'), '.md').flatMap(({ path }) => {
    const file = fileOf(folder, path);
    return file === null ? [] : [readReport(file)];
  });
  return { part: 'tuning', reports: reports.toReversed() };
}
