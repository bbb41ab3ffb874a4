import { Autocomplete } from '@base-ui/react/autocomplete';
import { Flag, Tag } from 'lucide-react';
import { useState, type RefObject } from 'react';
import { LaneBar } from '../../../ui/badge/Badge.tsx';
import { MiddleText } from '../../../ui/middle/MiddleText.tsx';
import '../../../ui/menu/menu.css';
import type { NamedRun } from './run-names.ts';

type Props = {
  readonly label: string;
  readonly runs: readonly NamedRun[];
  readonly value: string;
  readonly onChange: (text: string) => void;
  readonly field: RefObject<HTMLInputElement | null>;
};

/** Beyond this, typing narrows the list. */
const MOST_SHOWN = 100;

/** A run by a part of its name, or a call by the beginning of its hash. */
export function RunField({ label, runs, value, onChange, field }: Props) {
  const [open, setOpen] = useState(false);
  return (
    <div className="cr-field">
      <span aria-hidden>{label}</span>
      <Autocomplete.Root<NamedRun>
        items={runs}
        value={value}
        onValueChange={onChange}
        itemToStringValue={({ name }) => name}
        openOnInputClick
        limit={MOST_SHOWN}
        open={open}
        onOpenChange={setOpen}
      >
        <Autocomplete.Input
          ref={field}
          aria-label={label}
          className="cr-field-input"
          placeholder="Branch, tag or hash"
          spellCheck={false}
          onFocus={(event) => event.currentTarget.select()}
          onKeyDown={(event) => {
            // while the list is closed, Esc and Enter are for the dialog
            if (!open && (event.key === 'Escape' || event.key === 'Enter')) event.preventBaseUIHandler();
          }}
        />
        <Autocomplete.Portal>
          <Autocomplete.Positioner className="menu-positioner" sideOffset={4} align="start">
            <Autocomplete.Popup className="menu cr-field-menu" data-surface="raised">
              <Autocomplete.List>
                {(run: NamedRun) => (
                  <Autocomplete.Item key={run.name} value={run} className="menu-item">
                    {run.colour === null ? <Mark what={run.what} /> : <LaneBar colour={run.colour} />}
                    <span className="menu-label cr-field-name">
                      <MiddleText text={run.label} />
                    </span>
                    <span className="menu-check">{run.what}</span>
                  </Autocomplete.Item>
                )}
              </Autocomplete.List>
            </Autocomplete.Popup>
          </Autocomplete.Positioner>
        </Autocomplete.Portal>
      </Autocomplete.Root>
    </div>
  );
}

function Mark({ what }: { readonly what: NamedRun['what'] }) {
  const Icon = what === 'checkpoint' ? Flag : Tag;
  return <Icon className="icon menu-icon" size={14} aria-hidden />;
}
