import { Eye } from 'lucide-react';
import { EmptyState } from '../../ui/empty/EmptyState.tsx';

/** A ledger has no operations: Vekscope writes none. */
export function LedgerOperations() {
  return (
    <EmptyState icon={Eye} title="A ledger is never written">
      <p>
        Vekscope only looks at a budget ledger. Entries, budgets and reservations are written by AEX alone, so
        there is nothing to undo here.
      </p>
    </EmptyState>
  );
}
