import type { AgentFolder } from './folder.ts';
import { jsonLines, readJson, textOf } from './parts/read.ts';
import { scalarText } from './settings/numbers.ts';
import { isMap } from '../yaml/yaml-value.ts';

/** What a person did about an alert last. `snoozeUntilMicros` is UTC. */
export type AlertState = {
  readonly alertKey: string;
  readonly action: 'ack' | 'snooze' | 'unsnooze';
  readonly ts: string | null;
  readonly actor: string | null;
  readonly snoozeUntil: string | null;
  readonly snoozeUntilMicros: number | null;
  readonly line: number;
};

export type AlertStates = {
  readonly path: string | null;
  readonly byKey: ReadonlyMap<string, AlertState>;
  readonly badLines: number;
};

/** `_console/alert_state.jsonl`: the last line of a key holds (formats/atomic-agents.md §9). */
export function readAlertStates(folder: AgentFolder): AlertStates {
  const path = folder.sharedPath('_console/alert_state.jsonl');
  const text = path === null ? null : textOf(folder, path);
  const byKey = new Map<string, AlertState>();
  let badLines = 0;
  for (const { line, text: row } of jsonLines(text ?? '')) {
    const read = readJson(row);
    const state = read.ok && isMap(read.value) ? read.value : null;
    const alertKey = scalarText(state?.get('alert_key'));
    const action = scalarText(state?.get('action'));
    if (state === null || alertKey === null || !isAction(action)) {
      badLines++;
      continue;
    }
    const snoozeUntil = scalarText(state.get('snooze_until'));
    const until = snoozeUntil === null ? NaN : Date.parse(snoozeUntil);
    byKey.set(alertKey, {
      alertKey,
      action,
      ts: scalarText(state.get('ts')),
      actor: scalarText(state.get('actor')),
      snoozeUntil,
      snoozeUntilMicros: Number.isNaN(until) ? null : until * 1000,
      line,
    });
  }
  return { path: text === null ? null : path, byKey, badLines };
}

/** What holds of an alert at a moment: a snooze ends by itself. */
export function alertStateAt(
  states: AlertStates,
  alertKey: string,
  nowMicros: number,
): {
  readonly state: 'open' | 'acked' | 'snoozed';
  readonly snoozedUntil: string | null;
  readonly since: string | null;
} {
  const last = states.byKey.get(alertKey);
  if (last === undefined || last.action === 'unsnooze')
    return { state: 'open', snoozedUntil: null, since: null };
  if (last.action === 'ack') return { state: 'acked', snoozedUntil: null, since: last.ts };
  const asleep = last.snoozeUntilMicros !== null && nowMicros < last.snoozeUntilMicros;
  return {
    state: asleep ? 'snoozed' : 'open',
    snoozedUntil: asleep ? last.snoozeUntil : null,
    since: last.ts,
  };
}

function isAction(text: string | null): text is AlertState['action'] {
  return text === 'ack' || text === 'snooze' || text === 'unsnooze';
}
