import type { PersonaVersion } from '../../../../../contract/edits.ts';
import { useSettings } from '../../../../state/settings.ts';
import { Badge } from '../../../../ui/badge/Badge.tsx';
import { visibleText } from '../../../../ui/visible-text.ts';
import { Choice } from '../../parts/Choice.tsx';
import { FileLink } from '../../parts/FileLink.tsx';
import { FiguresTable } from './FiguresTable.tsx';
import { sinceWords, versionName } from './since.ts';
import { VersionTexts } from './VersionTexts.tsx';

type Props = {
  readonly chosen: PersonaVersion;
  /** null: there is only one version */
  readonly other: PersonaVersion | null;
  readonly others: readonly PersonaVersion[];
  readonly onOther: (number: string) => void;
};

/** A version beside another one: what its runs came to, and how its texts differ. */
export function ComparedVersions({ chosen, other, others, onOther }: Props) {
  const zone = useSettings((state) => state.time);
  const [older, newer] =
    other === null ? [null, chosen] : other.number < chosen.number ? [other, chosen] : [chosen, other];
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by keys
    <section className="ag-scroll ve-pane" tabIndex={0} aria-label={`Version ${chosen.number}`}>
      <div>
        <h3 className="ve-title">
          <bdi>{visibleText(versionName(chosen))}</bdi>
          {chosen.toMicros === null && <Badge tone="accent">in force</Badge>}
          {chosen.how === 'seen' && <Badge>by another program</Badge>}
        </h3>
        <p className="ag-muted">
          {sinceWords(chosen, zone)}
          {chosen.label !== null && chosen.title !== '' && ` · ${visibleText(chosen.title)}`}
        </p>
        {chosen.changed.length > 0 && (
          <p className="ve-changed">
            <span className="ag-muted">Changed</span>
            {chosen.changed.map((path) => (
              <FileLink key={path} path={path} />
            ))}
          </p>
        )}
      </div>
      {others.length > 0 && other !== null && (
        <div className="ve-with">
          <span className="ag-muted">Compare with</span>
          <Choice
            label="Compare with"
            value={String(other.number)}
            onChange={onOther}
            options={others.map((version) => ({
              value: String(version.number),
              label: visibleText(versionName(version)).slice(0, 90),
            }))}
          />
        </div>
      )}
      <FiguresTable older={older} newer={newer} />
      {older === null ? (
        <p className="ag-muted">
          This is the only version that is known. A new one begins when the persona, tools.md or model.md
          changes; the runs after that count for it.
        </p>
      ) : (
        <VersionTexts older={older} newer={newer} />
      )}
    </section>
  );
}
