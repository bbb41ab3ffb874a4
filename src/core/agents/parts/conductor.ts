import type { GoalsPart, SubGoal } from '../../../contract/agent-parts.ts';
import { scalarText, textList } from '../settings/numbers.ts';
import { isMap } from '../../yaml/yaml-value.ts';
import type { YamlMap } from '../../yaml/yaml-value.ts';
import { dollars } from './outcomes.ts';
import type { GoalEvent } from './goal-history.ts';

type Conductor = NonNullable<GoalsPart['goals'][number]['conductor']>;

/** The decision of a gate with what was answered: the last event about it holds (formats/atomic-agents.md §2.13). */
export function gateOf(
  decisionId: string | null,
  stage: string,
  events: readonly GoalEvent[],
): SubGoal['gate'] {
  let pending: YamlMap | null = null;
  let answered: YamlMap | null = null;
  for (const { event, fields } of events) {
    const decision = fields.get('decision');
    const of = isMap(decision) ? decision : fields;
    const mine =
      (decisionId !== null && scalarText(of.get('decision_id')) === decisionId) ||
      scalarText(fields.get('stage_id') ?? of.get('stage_id')) === stage;
    if (!mine) continue;
    if (event === 'gate_pending') pending = of;
    if (event === 'gate_answered') answered = of;
  }
  const id = decisionId ?? scalarText(pending?.get('decision_id'));
  if (id === null) return null;
  const said = (key: string): string | null =>
    scalarText(answered?.get(key)) ?? scalarText(pending?.get(key));
  return {
    decisionId: id,
    prompt: said('prompt') ?? '',
    options: textList(pending?.get('options')) ?? textList(answered?.get('options')) ?? [],
    answer: said('answer'),
    answeredBy: said('answered_by'),
    disposition: said('disposition'),
  };
}

/** A run of a playbook by its events. */
export function conductorOf(events: readonly GoalEvent[]): Conductor {
  const started = events.find(({ event }) => event === 'conductor_run_started')?.fields ?? new Map();
  const held = new Set<string>();
  let state = 'running';
  let waiting = 0;
  const open = new Set<string>(textList(started.get('stage_ids')) ?? []);
  for (const { event, fields } of events) {
    const decision = fields.get('decision');
    const stage =
      scalarText(fields.get('stage_id')) ?? (isMap(decision) ? scalarText(decision.get('stage_id')) : null);
    const keys = textList(
      isMap(decision) ? decision.get('held_conflict_keys') : fields.get('held_conflict_keys'),
    );
    if (event === 'gate_pending') {
      waiting++;
      for (const key of keys ?? []) held.add(key);
    } else if (event === 'gate_answered') {
      waiting = Math.max(0, waiting - 1);
      const disposition = scalarText(
        isMap(decision) ? decision.get('disposition') : fields.get('disposition'),
      );
      if (disposition === 'halt') state = 'halted';
      if (stage !== null) open.delete(stage);
      held.clear();
    } else if (event === 'stage_completed' && stage !== null) open.delete(stage);
    else if (event === 'run_queued') state = 'queued';
    else if (event === 'queue_released') state = 'running';
    else if (event === 'run_halted') state = 'halted';
  }
  if (state === 'running' && waiting > 0) state = 'waiting at a gate';
  else if (state === 'running' && open.size === 0 && started.has('stage_ids')) state = 'complete';
  return {
    playbook:
      scalarText(started.get('playbook')) ??
      scalarText(started.get('playbook_name')) ??
      scalarText(started.get('playbook_id')),
    capMicros: dollars(started.get('run_cap_usd')),
    state,
    conflictKeys: [...held],
  };
}
