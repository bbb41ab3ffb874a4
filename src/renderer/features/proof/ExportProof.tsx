import { Download, Square } from 'lucide-react';
import { Button } from '../../ui/button/Button.tsx';
import { formatBytes, formatCount, formatCounted } from '../../ui/format.ts';
import { CopyButton } from '../../ui/copy/CopyButton.tsx';
import { exportProof, exportProofScript, proofNames, useExporting, type RunningExport } from './export.ts';
import { shellWord } from './verdict.ts';
import './export.css';

type Props = {
  readonly source: string;
  readonly path: string;
  /** errors of the last check */
  readonly errors: number;
};

/** The record as a file that a stranger can check without Vekscope and without AEX, and how. */
export function ExportProof({ source, path, errors }: Props) {
  const exporting = useExporting(source);
  const names = proofNames(path);
  const lines = `# both files in one folder\npython3 ${shellWord(names.script)} ${shellWord(names.json)}`;
  return (
    <section className="pf-part" aria-labelledby="pf-export">
      <h3 id="pf-export">A proof for others</h3>
      <p className="pf-muted">
        All entries with their hashes as JSON, and a short program that recomputes them. Whoever has both
        needs neither this file nor AEX. Tokens and keys are left out.
      </p>
      {errors > 0 && (
        <p className="in-warn pf-said">
          The program recomputes hashes and balances, no more. What else this check found,{' '}
          {formatCounted(errors, 'error')}, goes with the file, and the program repeats it.
        </p>
      )}
      <div className="pf-buttons">
        <Button
          size="small"
          icon={Download}
          disabled={exporting !== null}
          onClick={() => void exportProof(source, path)}
        >
          Entries as JSON
        </Button>
        <Button size="small" icon={Download} onClick={() => void exportProofScript(source)}>
          Checking program
        </Button>
      </div>
      {exporting !== null && <Progress running={exporting} />}
      <div className="pf-code">
        <pre>{lines}</pre>
        <CopyButton text={() => lines.split('\n')[1] ?? ''} label="Copy the command" />
      </div>
    </section>
  );
}

/** How far the file is; it may take a while where there are millions of entries. */
function Progress({ running }: { readonly running: RunningExport }) {
  const { entries, total, bytes, stop } = running;
  return (
    <div className="pf-export-progress">
      <progress
        aria-label="Entries written"
        {...(total === 0 ? {} : { max: total, value: Math.min(entries, total) })}
      />
      <span>
        {total === 0
          ? 'Waiting'
          : `${formatCount(entries)} of ${formatCount(total)} entries, ${formatBytes(bytes)}`}
      </span>
      <Button size="small" icon={Square} onClick={stop}>
        Stop
      </Button>
    </div>
  );
}
