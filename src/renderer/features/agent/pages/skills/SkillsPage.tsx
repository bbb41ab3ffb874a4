import type { SkillsPart } from '../../../../../contract/agent-parts.ts';
import { Badge } from '../../../../ui/badge/Badge.tsx';
import { formatCount, formatCounted } from '../../../../ui/format.ts';
import { visibleText } from '../../../../ui/visible-text.ts';
import { capMoney } from '../../parts/cap-money.ts';
import { EditButton } from '../../parts/EditButton.tsx';
import { Fact, Facts } from '../../parts/Facts.tsx';
import { FileLink } from '../../parts/FileLink.tsx';
import { Findings } from '../../parts/Findings.tsx';
import { NewButton } from '../../parts/NewButton.tsx';
import { PageHead } from '../../parts/PageHead.tsx';
import { PartGate } from '../../parts/PartGate.tsx';
import { RowList } from '../../parts/RowList.tsx';
import { Split } from '../../parts/Split.tsx';
import { StageStrip } from '../../parts/StageStrip.tsx';
import { useScene } from '../../scene.ts';
import { FileText } from '../../text/FileText.tsx';

type Skill = SkillsPart['skills'][number];

/** Skills and playbooks: only their names and descriptions are sent (§2.12). */
export function SkillsPage({ item }: { readonly item: string | null }) {
  return <PartGate part="skills">{(part) => <Skills part={part} item={item} />}</PartGate>;
}

function Skills({ part, item }: { readonly part: SkillsPart; readonly item: string | null }) {
  const { go } = useScene();
  const chosen = part.skills.find(({ path }) => path === item) ?? part.skills[0] ?? null;
  return (
    <>
      <PageHead
        title="Skills"
        note={`${formatCounted(part.skills.length, 'skill')}; only name and description are sent with every run`}
        actions={<NewButton template="skill">New skill…</NewButton>}
      />
      <Split
        id="skills"
        list={
          <RowList
            label="Skills and playbooks"
            items={part.skills}
            keyOf={({ path }) => path}
            selected={chosen?.path ?? null}
            onSelect={(path) => go('skills', path)}
            tall
            none="There is no skill."
          >
            {(skill) => (
              <>
                <span className="ag-row-title">
                  <bdi className={`truncate ${skill.loaded ? '' : 'ag-bad'}`}>{visibleText(skill.name)}</bdi>
                  <span className="ag-row-end">≈ {formatCount(skill.tokens)}</span>
                </span>
                <span className="ag-row-note truncate">
                  {skill.kind === 'playbook' && <Badge>playbook</Badge>}
                  {!skill.loaded && <Badge tone="bad">not loaded</Badge>}{' '}
                  {visibleText(skill.why ?? skill.description)}
                </span>
              </>
            )}
          </RowList>
        }
      >
        {chosen !== null && <Shown skill={chosen} />}
      </Split>
    </>
  );
}

function Shown({ skill }: { readonly skill: Skill }) {
  return (
    <div className="ag-detail">
      <div className="ag-detail-head">
        <h3>
          <bdi>{visibleText(skill.name)}</bdi> <FileLink path={skill.path} />
          <span className="ag-h-end">
            <EditButton path={skill.path} />
          </span>
        </h3>
        <p>{visibleText(skill.description)}</p>
        {skill.why !== null && <p className="ag-bad">Not loaded: {visibleText(skill.why)}</p>}
        <Facts>
          <Fact label="When to use">{visibleText(skill.whenToUse ?? '')}</Fact>
          <Fact label="Cap of a run">{skill.runCapMicros !== null && capMoney(skill.runCapMicros)}</Fact>
          <Fact label="Length">{formatCounted(skill.bodyLines, 'line')}</Fact>
        </Facts>
        <Findings findings={skill.findings} />
        {skill.stages.length > 0 && (
          <StageStrip
            label="Stages of the playbook"
            stages={skill.stages.map(({ id, label, gate, model, options }) => ({
              id,
              label,
              gate,
              status: null,
              note: gate ? options.join(' / ') : model,
            }))}
          />
        )}
      </div>
      <FileText path={skill.path} form="read" />
    </div>
  );
}
