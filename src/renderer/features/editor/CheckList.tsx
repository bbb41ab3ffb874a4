import { CircleCheck, CircleX, Info, TriangleAlert, Wrench, type LucideIcon } from 'lucide-react';
import type { FileFinding } from '../../../contract/agent-files.ts';
import type { DraftFinding } from '../../../contract/drafts.ts';
import { Button } from '../../ui/button/Button.tsx';
import { Kbd } from '../../ui/kbd/Kbd.tsx';
import { visibleText } from '../../ui/visible-text.ts';
import { LineWord } from '../agent/parts/Findings.tsx';
import type { Checks } from './use-checks.ts';

type Props = {
  readonly checks: Checks;
  /** the line of the cursor: what stands there is mended by a key */
  readonly line: number;
  readonly onLine: (line: number) => void;
  readonly onFix: (finding: DraftFinding) => void;
};

const LOOK: Record<FileFinding['severity'], { readonly icon: LucideIcon; readonly word: string }> = {
  error: { icon: CircleX, word: 'Error' },
  warning: { icon: TriangleAlert, word: 'Warning' },
  notice: { icon: Info, word: 'Notice' },
};

/** What the format says about the text while it is typed, worst first, with what would mend it. */
export function CheckList({ checks, line, onLine, onFix }: Props) {
  const { file, error, stale } = checks;
  if (error !== null) {
    return (
      <p className="ew-checks-none ew-bad">
        {visibleText(error.message)} {visibleText(error.hint)}
      </p>
    );
  }
  if (file === null) return <p className="ew-checks-none">Checking</p>;
  const why = file.loaded ? null : file.why;
  if (file.findings.length === 0 && why === null) {
    return (
      <p className="ew-checks-none">
        <CircleCheck className="icon" size={14} aria-hidden />
        The format has no objection.
      </p>
    );
  }
  return (
    <ul className={`ew-checks ${stale ? 'ew-stale' : ''}`} aria-label="Findings" aria-busy={stale}>
      {why !== null && !file.findings.some(({ message }) => message.includes(why)) && (
        <li className="ew-check ew-check-error">
          <CircleX className="icon" size={14} aria-hidden />
          <p>The agent does not load it: {visibleText(why)}</p>
        </li>
      )}
      {file.findings.map((finding) => {
        const { severity, message, hint, line: at, fix } = finding;
        const { icon: Icon, word } = LOOK[severity];
        return (
          <li key={`${at} ${message}`} className={`ew-check ew-check-${severity}`}>
            <Icon className="icon" size={14} aria-hidden />
            <div>
              <p className="ew-check-what">
                <span className="visually-hidden">{word}: </span>
                <bdi>{visibleText(message)}</bdi>
                {at !== null && <LineWord line={at} onLine={onLine} />}
              </p>
              {hint !== '' && <p className="ew-check-hint">{visibleText(hint)}</p>}
            </div>
            {fix !== null && (
              <Button
                size="small"
                icon={Wrench}
                disabled={stale}
                onClick={() => onFix(finding)}
                {...(at === line ? { end: <Kbd keys="mod+." /> } : {})}
              >
                {visibleText(fix.label)}
              </Button>
            )}
          </li>
        );
      })}
    </ul>
  );
}
