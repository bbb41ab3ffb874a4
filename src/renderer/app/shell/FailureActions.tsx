import type { Source } from '../../../contract/workspace.ts';
import { openBottom } from '../../state/bottom.ts';
import { Button } from '../../ui/button/Button.tsx';
import { capabilities } from '../capabilities.ts';
import { readAgain } from '../engine-events.ts';

/** What a person can do about a source that can't be read. */
export function FailureActions({ source }: { readonly source: Source }) {
  const { reveal } = capabilities;
  return (
    <>
      <Button size="small" onClick={() => void readAgain(source.id)}>
        Read again
      </Button>
      {source.problems.length > 0 && (
        <Button size="small" onClick={() => openBottom('problems', source.id)}>
          Show problems
        </Button>
      )}
      {reveal !== null && (
        <Button size="small" onClick={() => void reveal(source.path)}>
          Reveal in folder
        </Button>
      )}
    </>
  );
}
