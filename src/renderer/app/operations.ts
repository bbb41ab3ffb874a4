import { useOperationsStore } from '../state/operations.ts';
import { kindOf, onOperationsChanged } from '../state/workspace.ts';
import { attempt } from './client.ts';
import { api } from './engine.ts';

/** Reads the list of operations of a repository anew; nothing is written to agents. */
export async function refreshOperations(source: string): Promise<void> {
  if (kindOf(source) === 'agents') return;
  const answer = await attempt(api.operations.list({ source }));
  useOperationsStore.setState(({ bySource }) => ({
    bySource: {
      ...bySource,
      [source]: answer.ok
        ? { list: answer.value, error: null }
        : { list: bySource[source]?.list ?? null, error: answer.error },
    },
  }));
}

/** Keeps the lists of operations in step with the stores. */
export const followOperations = (): (() => void) =>
  onOperationsChanged((source) => void refreshOperations(source));
