import { visibleText } from '../../../ui/visible-text.ts';

export type Stage = {
  readonly id: string;
  readonly label: string;
  /** a gate waits for a person */
  readonly gate: boolean;
  /** none for a plan that is not a run */
  readonly status: string | null;
  readonly note: string | null;
};

const TONES: Record<string, string> = {
  complete: 'done',
  completed: 'done',
  in_progress: 'now',
  awaiting_decision: 'wait',
  blocked: 'wait',
  abandoned: 'off',
  skipped: 'off',
  failed: 'bad',
  halted: 'bad',
};

/** The stages of a playbook or of a run of one, in order; a gate is a diamond (§2.12, §2.13). */
export function StageStrip({ stages, label }: { readonly stages: readonly Stage[]; readonly label: string }) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by keys
    <ol className="ag-strip" aria-label={label} tabIndex={0}>
      {stages.map((stage) => (
        <li key={stage.id} className={`ag-stage ag-stage-${TONES[stage.status ?? ''] ?? 'open'}`}>
          <span className={`ag-stage-mark ${stage.gate ? 'ag-stage-gate' : ''}`} aria-hidden />
          <span className="ag-stage-name">{visibleText(stage.label)}</span>
          <span className="ag-stage-note">
            {[stage.gate ? 'gate' : null, stage.status?.replaceAll('_', ' ') ?? null, stage.note]
              .filter((word) => word !== null && word !== '')
              .map((word) => visibleText(word ?? ''))
              .join(' · ')}
          </span>
        </li>
      ))}
    </ol>
  );
}
