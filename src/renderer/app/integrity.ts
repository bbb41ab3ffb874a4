import { useEffect } from 'react';
import { setIntegrity, useIntegrityState, type IntegrityState } from '../state/integrity.ts';
import { onSourceChanged } from '../state/workspace.ts';
import { attempt } from './client.ts';
import { api } from './engine.ts';

/** Between two questions while the store keeps changing. */
const PAUSE_MS = 500;

/** Questions on their way, and whether the store changed again meanwhile. */
const asking = new Map<string, { again: boolean }>();

/** Asks anew what is wrong with a source; changes meanwhile are answered by one more question. */
export async function refreshIntegrity(source: string): Promise<void> {
  const running = asking.get(source);
  if (running !== undefined) {
    running.again = true;
    return;
  }
  const state = { again: false };
  asking.set(source, state);
  do {
    state.again = false;
    const answer = await attempt(api.vek.integrity({ source }));
    setIntegrity(source, answer.ok ? { value: answer.value, error: null } : { error: answer.error });
    // a store that is recorded to changes many times a second, and the list may be long
    if (state.again) await new Promise((resolve) => window.setTimeout(resolve, PAUSE_MS));
  } while (state.again);
  asking.delete(source);
}

/** What is wrong with a source, kept in step with it while a view shows it. */
export function useIntegrity(source: string): IntegrityState {
  useEffect(() => {
    void refreshIntegrity(source);
    return onSourceChanged((changed) => {
      if (changed === source) void refreshIntegrity(source);
    });
  }, [source]);
  return useIntegrityState(source);
}
