import type { IndexProblem, NoteRow } from '../../../../../contract/agent-parts.ts';
import { Findings } from '../../parts/Findings.tsx';
import { NoteFacts } from './NoteFacts.tsx';

type Props = {
  readonly note: NoteRow;
  /** what the index says about it that is not so */
  readonly problems: readonly IndexProblem[];
  readonly onLine: (line: number) => void;
};

/** What stands beside the text of a note: what is odd about it, and its frontmatter as facts. */
export function NoteSide({ note, problems, onLine }: Props) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by keys
    <aside className="ag-beside-side" aria-label="Facts of the note" tabIndex={0}>
      {(note.findings.length > 0 || problems.length > 0) && (
        <section className="ag-side-part">
          <h3>Findings</h3>
          <Findings
            findings={[
              ...note.findings,
              ...problems.map(
                ({ message, line }) =>
                  ({
                    severity: 'warning',
                    message: line === null ? message : `${message} (line ${line} of the index)`,
                    hint: '',
                    line: null,
                  }) as const,
              ),
            ]}
            onLine={onLine}
          />
        </section>
      )}
      <NoteFacts note={note} />
    </aside>
  );
}
