import { FilePlus, FileText, Wrench } from 'lucide-react';
import type { DoctorCheck } from '../../../contract/doctor.ts';
import { openAgent } from '../../state/agents.ts';
import { askNewFile } from '../../state/new-file-form.ts';
import { Button } from '../../ui/button/Button.tsx';
import { Kbd } from '../../ui/kbd/Kbd.tsx';
import { GLOBAL, isCovered, useShortcuts } from '../../ui/keyboard.ts';
import { formatCounted } from '../../ui/format.ts';
import { visibleText } from '../../ui/visible-text.ts';
import { detailOf, mendable, missingTemplate, placeWords } from './checks.ts';
import { mend } from './mend.ts';
import { openPlace } from './open-place.ts';
import { Status } from './Status.tsx';

/** Details that are listed at once; the text of the report has all. */
const DETAILS = 200;

type Props = {
  readonly source: string;
  readonly check: DoctorCheck;
  /** all checks, among which others of its kind are found */
  readonly checks: readonly DoctorCheck[];
};

/** One check: what was found, what it means, what can be done, and where. */
export function CheckDetail({ source, check, checks }: Props) {
  const { agent, title, status, message, means, hint, path, line, details } = check;
  const finding = status === 'fail' || status === 'warn';
  const template = finding ? missingTemplate(check) : null;
  // what was not checked is mostly not there
  const open =
    path === null || status === 'skip' || template !== null
      ? null
      : () => openPlace(source, agent, path, line);
  return (
    <article className="dr-detail" aria-label={title}>
      <header className="dr-head">
        <h2>{visibleText(title)}</h2>
        <Status status={status} />
        {agent === null ? (
          <span className="dr-quiet">of the folder</span>
        ) : (
          <button type="button" className="figure dr-link" onClick={() => openAgent(source, agent)}>
            <bdi>{visibleText(agent)}</bdi>
          </button>
        )}
      </header>
      <dl className="dr-facts">
        <dt>{finding ? 'What is so' : status === 'skip' ? 'Why not' : 'Found'}</dt>
        <dd className={finding ? `dr-message dr-${status}` : 'dr-message'}>{visibleText(message)}</dd>
        {means !== '' && (
          <>
            <dt>{finding ? 'What it means' : 'What it is for'}</dt>
            <dd>{visibleText(means)}</dd>
          </>
        )}
        {hint !== '' && (
          <>
            <dt>What can be done</dt>
            <dd>{visibleText(hint)}</dd>
          </>
        )}
        {path !== null && open !== null && (
          <>
            <dt>Where</dt>
            <dd>
              <button type="button" className="figure dr-link mono" onClick={open}>
                <bdi>{visibleText(placeWords(path, line))}</bdi>
              </button>
            </dd>
          </>
        )}
      </dl>
      {details.length > 0 && (
        <section className="dr-more" aria-label="Details">
          <h3>{formatCounted(details.length, 'detail')}</h3>
          <ul>
            {details.slice(0, DETAILS).map((text) => (
              <Detail key={text} source={source} agent={agent} text={text} />
            ))}
          </ul>
          {details.length > DETAILS && (
            <p className="dr-quiet">
              {formatCounted(details.length - DETAILS, 'more')} are in the copied and the saved report.
            </p>
          )}
        </section>
      )}
      {(open !== null || check.fix !== null || template !== null) && (
        <footer className="dr-actions">
          {check.fix !== null && <MendButtons source={source} check={check} checks={checks} />}
          {template !== null && (
            <Button icon={FilePlus} onClick={() => askNewFile({ source, agent, template })}>
              Make it…
            </Button>
          )}
          {open !== null && (
            <Button icon={FileText} onClick={open}>
              Open {line === null ? 'it' : `line ${line}`}
            </Button>
          )}
        </footer>
      )}
    </article>
  );
}

/** What would mend it, shown before it is written; and the same for others of its kind, one after the other. */
function MendButtons({ source, check, checks }: Props) {
  const same = mendable(checks, check);
  useShortcuts(GLOBAL, [
    {
      keys: 'm',
      label: 'Mend what the check found',
      when: () => !isCovered(),
      run: () => mend(source, [check]),
    },
    {
      keys: 'shift+m',
      label: 'Mend all of this kind, one after the other',
      when: () => !isCovered() && same.length > 1,
      run: () => mend(source, same),
    },
  ]);
  return (
    <>
      {check.fix !== null && <span className="dr-quiet dr-fix">{visibleText(check.fix.label)}</span>}
      <Button look="primary" icon={Wrench} onClick={() => mend(source, [check])} end={<Kbd keys="m" />}>
        Mend…
      </Button>
      {same.length > 1 && (
        <Button onClick={() => mend(source, same)} end={<Kbd keys="shift+m" />}>
          Mend in {same.length} agents…
        </Button>
      )}
    </>
  );
}

type DetailProps = { readonly source: string; readonly agent: string | null; readonly text: string };

function Detail({ source, agent, text }: DetailProps) {
  const { words, path, line } = detailOf(text);
  return (
    <li>
      {visibleText(words)}{' '}
      {path !== null && (
        <button
          type="button"
          className="figure dr-link mono"
          onClick={() => openPlace(source, agent, path, line)}
        >
          <bdi>{visibleText(placeWords(path, line))}</bdi>
        </button>
      )}
    </li>
  );
}
