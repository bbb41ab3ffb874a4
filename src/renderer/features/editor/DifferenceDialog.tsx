import { Dialog } from '../../ui/dialog/Dialog.tsx';
import { Button } from '../../ui/button/Button.tsx';
import { visibleText } from '../../ui/visible-text.ts';
import { TextDiff } from '../edit/diff/TextDiff.tsx';

type Props = {
  readonly path: string;
  /** as it stands on disk */
  readonly before: string;
  readonly after: string;
  readonly onClose: () => void;
};

/** What a person typed against what stands on disk. */
export function DifferenceDialog({ path, before, after, onClose }: Props) {
  return (
    <Dialog
      open
      onClose={onClose}
      width={920}
      title={`Difference of ${visibleText(path)}`}
      description="From what stands on disk to what is typed."
      actions={<Button onClick={onClose}>Close</Button>}
    >
      <div className="ew-difference">
        <TextDiff before={before} after={after} label={`Difference of ${path}`} columns={false} />
      </div>
    </Dialog>
  );
}
