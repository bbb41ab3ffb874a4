import { openAgent } from '../../../state/agents.ts';
import { visibleText } from '../../../ui/visible-text.ts';
import { usePersonaVersion } from './use-persona-version.ts';

type Props = { readonly source: string; readonly agent: string; readonly atMicros: number | null };

/** Which version of the persona was in force when a record was written; nothing where there was only ever one. */
export function VersionFact({ source, agent, atMicros }: Props) {
  const version = usePersonaVersion(source, agent, atMicros);
  if (version === null || (version.number === 1 && version.toMicros === null)) return null;
  const words = version.label ?? version.title;
  return (
    <div className="rd-fact">
      <dt>Persona</dt>
      <dd>
        <button
          type="button"
          className="figure"
          title="Show this version and its runs"
          onClick={() => openAgent(source, agent, { page: 'versions', item: String(version.number) })}
        >
          version {version.number}
        </button>
        {words !== '' && (
          <span className="rd-muted">
            {' '}
            <bdi>{visibleText(words)}</bdi>
          </span>
        )}
      </dd>
    </div>
  );
}
