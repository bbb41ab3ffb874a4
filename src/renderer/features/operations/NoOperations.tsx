import { History } from 'lucide-react';
import { EmptyState } from '../../ui/empty/EmptyState.tsx';

/** In the place of operations where nothing is written at all. */
export function NoOperations() {
  return (
    <EmptyState icon={History} title="Nothing was written to these agents">
      <p>Vekscope only reads folders of agents. Their files and logs stay as they are.</p>
    </EmptyState>
  );
}
