import { useState, type FormEvent, type RefObject } from 'react';
import { closeMergePreview, openMergePreview, type MergeForm } from '../../../state/merge-form.ts';
import { useOverview } from '../../../state/workspace.ts';
import { Button } from '../../../ui/button/Button.tsx';
import { BranchField } from './BranchField.tsx';
import type { DialogParts } from './dialog-parts.ts';

/** Asks which branch to merge, and into which: the current one unless another is chosen. */
export function useChoice(
  source: string,
  form: MergeForm,
  first: RefObject<HTMLElement | null>,
): DialogParts {
  const branches = useOverview(source).value?.branches ?? [];
  const current = branches.find((branch) => branch.current)?.name ?? null;
  const [from, setFrom] = useState<string | null>(null);
  const [into, setInto] = useState<string | null>(form.into);
  const target = into ?? current;
  const problem = problemOf(branches.length, from, target);
  const go = (event: FormEvent) => {
    event.preventDefault();
    if (from !== null && target !== null && problem === null)
      openMergePreview(source, { into: target, from });
  };
  return {
    width: 440,
    title: 'Merge a branch',
    description: 'The preview comes next, and nothing is written before you commit.',
    actions: (
      <>
        <span className="mp-foot">
          <span className="mp-blocked">{problem}</span>
        </span>
        <Button onClick={closeMergePreview}>Cancel</Button>
        <Button
          look="primary"
          type="submit"
          form="merge-choose"
          disabled={from === null || target === null || problem !== null}
        >
          Preview merge
        </Button>
      </>
    ),
    body: (
      <form id="merge-choose" className="mp-choose" onSubmit={go}>
        <BranchField label="Merge" branches={branches} value={from} onChange={setFrom} field={first} />
        <BranchField label="into" branches={branches} value={target} onChange={setInto} />
      </form>
    ),
  };
}

function problemOf(branches: number, from: string | null, into: string | null): string | null {
  if (branches < 2) return 'There is only one branch.';
  if (from !== null && from === into) return 'A branch can’t be merged into itself.';
  return null;
}
