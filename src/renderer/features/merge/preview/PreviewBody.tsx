import { Info, TriangleAlert } from 'lucide-react';
import { useEffect, type ReactNode } from 'react';
import type { Failure } from '../../../../contract/failure.ts';
import type { DocumentRule, MergePreview, ToolRule } from '../../../../contract/merge.ts';
import type { Plan } from '../../../../contract/operations.ts';
import { announce } from '../../../ui/announce.ts';
import { formatCount, shortHash } from '../../../ui/format.ts';
import { HashText } from '../../../ui/hash/HashText.tsx';
import { hintText, visibleText } from '../../../ui/visible-text.ts';
import { Counts } from './Counts.tsx';
import { RuleTable } from './RuleTable.tsx';
import { SplitDrawing } from './SplitDrawing.tsx';
import { WillWrite } from './WillWrite.tsx';
import type { Move } from './words.ts';

export type PreviewBodyProps = {
  readonly preview: MergePreview;
  readonly plan: Plan | null;
  readonly moves: readonly Move[];
  /** the plan is being written: nothing can be changed any more */
  readonly writing: boolean;
  readonly ruleError: Failure | null;
  readonly onRule: (tool: string, rule: DocumentRule | null) => void;
  readonly onConfirm: (rules: readonly ToolRule[]) => void;
};

/** Everything a preview says, from where the branches split to what will be written. */
export function PreviewBody(props: PreviewBodyProps) {
  const { preview, plan, moves, writing, ruleError } = props;
  const { already, unrelated, bases, notes } = preview;
  const moved = moves.map(moveWords).join(' ');
  useEffect(() => {
    if (moved !== '') announce(moved);
  }, [moved]);
  return (
    <>
      {moved !== '' && (
        <Note tone="info">
          <HashText text={moved} />
        </Note>
      )}
      <SplitDrawing preview={preview} />
      {!already && <Counts preview={preview} />}
      {unrelated && (
        <Note tone="warn">
          The two have no common call. A document that both have is compared with nothing, so wherever they
          differ it is a conflict.
        </Note>
      )}
      {bases.length > 1 && (
        <Note tone="info">
          <HashText text={criss(bases.map(({ hash }) => hash))} />
        </Note>
      )}
      {notes.map((note) => (
        <Note key={note} tone="warn">
          <HashText text={visibleText(note)} />
        </Note>
      ))}
      {!already && (
        <RuleTable preview={preview} busy={writing} onRule={props.onRule} onConfirm={props.onConfirm} />
      )}
      {ruleError !== null && (
        <Note tone="warn">
          {ruleError.message} {ruleError.hint}
        </Note>
      )}
      {!already && <WillWrite preview={preview} plan={plan} />}
    </>
  );
}

function Note({ tone, children }: { readonly tone: 'info' | 'warn'; readonly children: ReactNode }) {
  const Icon = tone === 'info' ? Info : TriangleAlert;
  return (
    <p className="mp-note" data-tone={tone}>
      <Icon className="icon" size={14} aria-hidden />
      <span>{children}</span>
    </p>
  );
}

/** Of very many common calls the first few are named. */
const MOST_BASES = 8;

function criss(hashes: readonly string[]): string {
  const named = hashes.slice(0, MOST_BASES).join(', ');
  const more = hashes.length > MOST_BASES ? ` and ${formatCount(hashes.length - MOST_BASES)} more` : '';
  return `The branches were merged into each other before, so they have ${formatCount(hashes.length)} common calls: ${named}${more}. These are merged first, and both sides are compared with that.`;
}

const moveWords = ({ name, before, after }: Move): string =>
  `${hintText(name)} moved from ${shortHash(before)} to ${shortHash(after)} while this was open; the preview is of where it is now.`;
