import { useRef, useState, type FormEvent } from 'react';
import { Button } from '../../../../ui/button/Button.tsx';
import { Dialog } from '../../../../ui/dialog/Dialog.tsx';
import { TextField } from '../../../../ui/field/TextField.tsx';
import { visibleText } from '../../../../ui/visible-text.ts';
import { newNameProblem } from './new-name.ts';

type Props = {
  readonly name: string;
  readonly onClose: () => void;
  readonly onRename: (name: string) => void;
};

/** Asks for another name of a file in the same folder. */
export function RenameDialog({ name, onClose, onRename }: Props) {
  const [typed, setTyped] = useState(name);
  const field = useRef<HTMLInputElement>(null);
  const problem = newNameProblem(name, typed);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (problem === null && typed !== name) onRename(typed);
  };
  return (
    <Dialog
      open
      onClose={onClose}
      width={440}
      initialFocus={field}
      title={`Rename ${visibleText(name)}`}
      description="The next step shows everything that this writes, the index included."
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            form="rename-file"
            look="primary"
            disabled={problem !== null || typed === name}
          >
            Preview…
          </Button>
        </>
      }
    >
      <form id="rename-file" onSubmit={submit}>
        <TextField
          ref={field}
          label="New name"
          value={typed}
          onChange={setTyped}
          onFocus={(event) => event.currentTarget.setSelectionRange(0, typed.lastIndexOf('.'))}
          hint="Other files that name it are not changed; the doctor lists them afterwards."
          error={problem}
          mono
        />
      </form>
    </Dialog>
  );
}
