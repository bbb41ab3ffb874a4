import type { Ref } from 'react';
import type { PromptEffect } from '../../../contract/drafts.ts';
import type { AssembledPrompt } from '../../../contract/prompt.ts';
import { Kbd } from '../../ui/kbd/Kbd.tsx';
import { visibleText } from '../../ui/visible-text.ts';
import { weightsOf } from './weights.ts';

type Props = {
  readonly ref: Ref<HTMLDivElement>;
  readonly name: string;
  /** tokens of the file as it stands on disk, and as it is typed */
  readonly disk: number;
  readonly typed: number;
  readonly effect: PromptEffect | null;
  readonly prompt: AssembledPrompt | null;
  /** the line of the cursor; null while the text is out of sight */
  readonly line: number | null;
};

/** The line under an editor: what the text weighs, and how the keys leave it. It has the focus after Esc. */
export function Status({ ref, name, disk, typed, effect, prompt, line }: Props) {
  const weights = weightsOf(disk, typed, effect, prompt);
  return (
    <div ref={ref} className="ew-status" tabIndex={-1}>
      <span>
        <bdi>{visibleText(name)}</bdi> ≈ {weights.text}
      </span>
      {weights.prompt !== null && (
        <span className={weights.over ? 'ew-bad' : ''}>
          {weights.prompt}
          {weights.over && ', over the limit'}
        </span>
      )}
      {line !== null && (
        <>
          <span className="ew-status-end">line {line}</span>
          <span className="ew-status-keys ew-status-out">
            <Kbd keys="Escape" /> leaves the text
          </span>
          <span className="ew-status-keys ew-status-in">
            <Kbd keys="e" /> back to the text
          </span>
        </>
      )}
    </div>
  );
}
