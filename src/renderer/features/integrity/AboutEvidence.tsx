import { Download, FileText } from 'lucide-react';
import { Button } from '../../ui/button/Button.tsx';
import { exportEvidence, useExporting } from './export.ts';

/** Beside the view when there is no finding to explain: what the exported file proves, and to whom. */
export function AboutEvidence({ source, checked }: { readonly source: string; readonly checked: boolean }) {
  const exporting = useExporting(source);
  return (
    <div className="fi">
      <header className="fi-head">
        <h2>Show it to others</h2>
        <p className="fi-head-words">
          {checked
            ? 'The last check as a file that a stranger can follow.'
            : 'After a check: the check as a file that a stranger can follow.'}
        </p>
      </header>
      <div className="fi-scroll">
        <section className="fi-part" aria-labelledby="fi-holds">
          <h3 id="fi-holds">What it holds</h3>
          <ul className="fi-list">
            <li>When the check ran, and with which version</li>
            <li>Size and SHA-256 of vek.db as it was read</li>
            <li>HEAD, and every branch and tag with its hash</li>
            <li>One digest over all call hashes, one over all object hashes</li>
            <li>Every finding with the stored and the recomputed hash</li>
            <li>What was checked, what was not, and what no check can tell</li>
          </ul>
        </section>
        <section className="fi-part" aria-labelledby="fi-not">
          <h3 id="fi-not">What it does not hold</h3>
          <p>No inputs, no outputs, and not where the folder is: only its own name.</p>
        </section>
        <section className="fi-part" aria-labelledby="fi-recompute">
          <h3 id="fi-recompute">How a stranger checks it</h3>
          <p>
            The file says how to recompute its digests with a few lines of Python. Exported twice from the
            same store it is the same file, apart from its times. Where the store moved since the check, it is
            checked again first.
          </p>
        </section>
      </div>
      {checked && (
        <footer className="fi-actions">
          <Button icon={FileText} disabled={exporting} onClick={() => void exportEvidence(source, 'text')}>
            Export as text
          </Button>
          <Button icon={Download} disabled={exporting} onClick={() => void exportEvidence(source, 'json')}>
            Export as JSON
          </Button>
        </footer>
      )}
    </div>
  );
}
