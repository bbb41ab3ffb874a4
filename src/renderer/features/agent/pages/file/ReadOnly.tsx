import { Lock } from 'lucide-react';
import type { FileEditing } from '../../../../../contract/agent-files.ts';
import { openEscalations } from '../../../../state/tabs.ts';
import { visibleText } from '../../../../ui/visible-text.ts';
import { useScene } from '../../scene.ts';

/** Why a file can't be written by a person, and the form that may change something in it. */
export function ReadOnly({ editing }: { readonly editing: FileEditing }) {
  const { source, go } = useScene();
  if (editing.may) return null;
  const ways = {
    escalation: { label: 'Answer it under Escalations', run: () => openEscalations(source) },
    tuning: { label: 'Decide under Tuning', run: () => go('tuning') },
    journal: { label: 'Add an entry under Journal', run: () => go('journal') },
  };
  const way = editing.through === null ? null : ways[editing.through];
  return (
    <p className="ag-locked" role="note">
      <Lock className="icon" size={14} aria-hidden />
      <span>
        Read-only. {visibleText(editing.why)}{' '}
        {way !== null && (
          <button type="button" className="ag-link" onClick={way.run}>
            {way.label}
          </button>
        )}
      </span>
    </p>
  );
}
