import { useRef, useState, type FormEvent } from 'react';
import { closeMergePreview, openMergePreview } from '../../../state/merge-form.ts';
import { useOverview } from '../../../state/workspace.ts';
import { Button } from '../../../ui/button/Button.tsx';
import { Dialog } from '../../../ui/dialog/Dialog.tsx';
import { BranchField } from './BranchField.tsx';

type Props = { readonly source: string; readonly into: string | null };

/** Asks which branch to merge, and into which: the current one unless another is chosen. */
export function ChooseBranches({ source, into: first }: Props) {
  const branches = useOverview(source).value?.branches ?? [];
  const current = branches.find((branch) => branch.current)?.name ?? null;
  const [from, setFrom] = useState<string | null>(null);
  const [into, setInto] = useState<string | null>(first);
  const target = into ?? current;
  const field = useRef<HTMLInputElement>(null);
  const problem = problemOf(branches.length, from, target);
  const go = (event?: FormEvent) => {
    event?.preventDefault();
    if (from !== null && target !== null && problem === null)
      openMergePreview(source, { into: target, from });
  };
  return (
    <Dialog
      open
      width={440}
      onClose={closeMergePreview}
      title="Merge a branch"
      description="The preview comes next, and nothing is written before you commit."
      initialFocus={field}
      actions={
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
      }
    >
      <form id="merge-choose" className="mp-choose" onSubmit={go}>
        <BranchField label="Merge" branches={branches} value={from} onChange={setFrom} field={field} />
        <BranchField label="into" branches={branches} value={target} onChange={setInto} />
      </form>
    </Dialog>
  );
}

function problemOf(branches: number, from: string | null, into: string | null): string | null {
  if (branches < 2) return 'There is only one branch.';
  if (from !== null && from === into) return 'A branch can’t be merged into itself.';
  return null;
}
