import { GitCompareArrows } from 'lucide-react';
import { useState } from 'react';
import type { PersonaVersion } from '../../../../../contract/edits.ts';
import { api } from '../../../../app/engine.ts';
import { useAnswer } from '../../../../app/use-answer.ts';
import { useSettings } from '../../../../state/settings.ts';
import { Button } from '../../../../ui/button/Button.tsx';
import { EmptyState } from '../../../../ui/empty/EmptyState.tsx';
import { FailureState } from '../../../../ui/empty/FailureState.tsx';
import { formatCounted } from '../../../../ui/format.ts';
import { SkeletonRows } from '../../../../ui/skeleton/Skeleton.tsx';
import { visibleText } from '../../../../ui/visible-text.ts';
import { PageHead } from '../../parts/PageHead.tsx';
import { RowList } from '../../parts/RowList.tsx';
import { Split } from '../../parts/Split.tsx';
import { useScene } from '../../scene.ts';
import { ComparedVersions } from './ComparedVersions.tsx';
import { beginWords } from './since.ts';
import './versions.css';

/** What the agent was over time, and what the runs under each version came to. `item`: the number of a version. */
export function VersionsPage({ item }: { readonly item: string | null }) {
  const { source, agent, today } = useScene();
  const key = JSON.stringify(['persona-versions', agent, today]);
  const { value, error, again } = useAnswer(source, key, () =>
    api.edits.personaVersions({ source, today, agent }),
  );
  const note =
    value === null
      ? null
      : `${formatCounted(value.length, 'version')} of persona, tools.md and model.md, each with the runs that ran under it`;
  return (
    <>
      <PageHead title="Versions" note={note} />
      {value === null ? (
        error === null ? (
          <SkeletonRows rows={8} label="Reading the versions" />
        ) : (
          <FailureState
            error={error}
            actions={
              <Button size="small" onClick={again}>
                Read again
              </Button>
            }
          />
        )
      ) : value.length === 0 ? (
        <EmptyState icon={GitCompareArrows} title="No version is known">
          <p>
            A version is what an agent was for a while. It has neither a persona nor tools.md nor model.md.
          </p>
        </EmptyState>
      ) : (
        <Versions versions={value} item={item} />
      )}
    </>
  );
}

type Props = { readonly versions: readonly PersonaVersion[]; readonly item: string | null };

const keyOf = ({ number }: PersonaVersion): string => String(number);

function Versions({ versions, item }: Props) {
  const { go } = useScene();
  const [wish, setOther] = useState<string | null>(null);
  const chosen = versions.find((version) => keyOf(version) === item) ?? versions[0]!;
  const others = versions.filter((version) => version !== chosen);
  const before = others.find(({ number }) => number === chosen.number - 1) ?? others[0] ?? null;
  const other = others.find((version) => keyOf(version) === wish) ?? before;
  return (
    <Split
      id="versions"
      list={
        <RowList<PersonaVersion>
          label="Versions, newest first"
          items={versions}
          keyOf={keyOf}
          selected={keyOf(chosen)}
          onSelect={(number) => go('versions', number)}
          tall
          first
          none=""
        >
          {(version) => <VersionRow version={version} />}
        </RowList>
      }
    >
      <ComparedVersions
        key={`${chosen.number} ${other?.number}`}
        chosen={chosen}
        other={other}
        others={others}
        onOther={setOther}
      />
    </Split>
  );
}

function VersionRow({ version }: { readonly version: PersonaVersion }) {
  const zone = useSettings((state) => state.time);
  const { number, label, title, figures } = version;
  const words = visibleText(label ?? title);
  return (
    <>
      <span className="ag-row-title">
        <span className="ve-number">{number}</span>
        <span className="truncate">{words === '' ? `Version ${number}` : words}</span>
      </span>
      <span className="ag-row-note ve-note">
        <span className="truncate">{beginWords(version, zone)}</span>
        <span className="ag-row-end">{formatCounted(figures.primary, 'run')}</span>
      </span>
    </>
  );
}
