import { CircleX, Info, TriangleAlert, type LucideIcon } from 'lucide-react';
import type { FileFinding } from '../../../../contract/agent-files.ts';
import { visibleText } from '../../../ui/visible-text.ts';

const LOOK: Record<FileFinding['severity'], { readonly icon: LucideIcon; readonly word: string }> = {
  error: { icon: CircleX, word: 'Error' },
  warning: { icon: TriangleAlert, word: 'Warning' },
  notice: { icon: Info, word: 'Notice' },
};

type Props = {
  readonly findings: readonly FileFinding[];
  /** goes to the line; without it lines are only named */
  readonly onLine?: (line: number) => void;
};

/** What is odd about a file: what is so, and what can be done. */
export function Findings({ findings, onLine }: Props) {
  if (findings.length === 0) return null;
  return (
    <ul className="ag-findings" aria-label="Findings">
      {findings.map((finding) => {
        const { icon: Icon, word } = LOOK[finding.severity];
        return (
          <li
            key={`${finding.line} ${finding.message}`}
            className={`ag-finding ag-finding-${finding.severity}`}
          >
            <Icon className="icon" size={14} aria-hidden />
            <div>
              <p className="ag-finding-what">
                <span className="visually-hidden">{word}: </span>
                <bdi>{visibleText(finding.message)}</bdi>
                {finding.line !== null && <LineWord line={finding.line} onLine={onLine} />}
              </p>
              {finding.hint !== '' && <p className="ag-finding-hint">{visibleText(finding.hint)}</p>}
            </div>
          </li>
        );
      })}
    </ul>
  );
}

type LineProps = { readonly line: number; readonly onLine: ((line: number) => void) | undefined };

/** The line of a text, as a way there where there is one. */
export function LineWord({ line, onLine }: LineProps) {
  if (onLine === undefined) return <span className="ag-line">line {line}</span>;
  return (
    <button type="button" className="ag-line ag-link" onClick={() => onLine(line)}>
      line {line}
    </button>
  );
}
