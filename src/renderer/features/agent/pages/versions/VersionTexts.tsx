import { useState } from 'react';
import type { PersonaVersion } from '../../../../../contract/edits.ts';
import { FailureState } from '../../../../ui/empty/FailureState.tsx';
import { SkeletonRows } from '../../../../ui/skeleton/Skeleton.tsx';
import { FileDiff } from '../../../edit/diff/FileDiff.tsx';
import { LayoutSwitch } from '../../parts/LayoutSwitch.tsx';
import { useVersionText } from '../history/use-version-text.ts';
import { changedTexts } from './compare.ts';

type Props = { readonly older: PersonaVersion; readonly newer: PersonaVersion };

/** How the texts of two versions differ, file by file. */
export function VersionTexts({ older, newer }: Props) {
  const [columns, setColumns] = useState(false);
  const files = changedTexts(older, newer);
  return (
    <section aria-label="Differences of the texts">
      <div className="ve-texts-head">
        <h3>
          Texts of version {older.number} and version {newer.number}
        </h3>
        {files.length > 0 && <LayoutSwitch columns={columns} onChange={setColumns} />}
      </div>
      {files.length === 0 && <p className="ag-muted">The two have the same texts.</p>}
      {files.map((file) => (
        <Between key={file.path} {...file} columns={columns} />
      ))}
    </section>
  );
}

type BetweenProps = {
  readonly path: string;
  readonly before: string | null;
  readonly after: string | null;
  readonly columns: boolean;
};

function Between({ path, before, after, columns }: BetweenProps) {
  const old = useVersionText(path, before);
  const now = useVersionText(path, after);
  if ('error' in old) return <FailureState error={old.error} />;
  if ('error' in now) return <FailureState error={now.error} />;
  if ('waits' in old || 'waits' in now) return <SkeletonRows rows={3} label={`Reading ${path}`} />;
  return (
    <FileDiff
      file={{
        path,
        before: state(before, old.text),
        after: state(after, now.text),
        writtenFor: 'person',
        why: '',
        findings: [],
      }}
      columns={columns}
      open
    />
  );
}

const state = (sha256: string | null, text: string | null) =>
  sha256 === null || text === null ? null : { sha256, text };
