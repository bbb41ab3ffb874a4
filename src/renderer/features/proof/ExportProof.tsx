import { Download } from 'lucide-react';
import { Button } from '../../ui/button/Button.tsx';
import { CopyButton } from '../../ui/copy/CopyButton.tsx';
import { exportProof, proofNames, useExporting } from './export.ts';
import { shellWord } from './verdict.ts';
import './export.css';

/** The record as a file that a stranger can check without Vekscope and without AEX, and how. */
export function ExportProof({ source, path }: { readonly source: string; readonly path: string }) {
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
      <div className="pf-buttons">
        <Button
          size="small"
          icon={Download}
          disabled={exporting}
          onClick={() => void exportProof(source, path, 'json')}
        >
          Entries as JSON
        </Button>
        <Button
          size="small"
          icon={Download}
          disabled={exporting}
          onClick={() => void exportProof(source, path, 'script')}
        >
          Checking program
        </Button>
      </div>
      <div className="pf-code">
        <pre>{lines}</pre>
        <CopyButton text={() => lines.split('\n')[1] ?? ''} label="Copy the command" />
      </div>
    </section>
  );
}
