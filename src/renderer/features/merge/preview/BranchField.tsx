import { Combobox } from '@base-ui/react/combobox';
import { Check, ChevronDown } from 'lucide-react';
import { useRef, useState, type RefObject } from 'react';
import type { BranchInfo } from '../../../../contract/vek.ts';
import { LaneBar } from '../../../ui/badge/Badge.tsx';
import { MiddleText } from '../../../ui/middle/MiddleText.tsx';
import { visibleText } from '../../../ui/visible-text.ts';
import '../../../ui/menu/menu.css';

export type BranchFieldProps = {
  readonly label: string;
  readonly branches: readonly BranchInfo[];
  readonly value: string | null;
  readonly onChange: (name: string) => void;
  readonly field?: RefObject<HTMLElement | null>;
};

/** A branch, found by typing a part of its name. */
export function BranchField({ label, branches, value, onChange, field }: BranchFieldProps) {
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const chosen = branches.find(({ name }) => name === value) ?? null;
  return (
    <div className="mp-field">
      <span aria-hidden>{label}</span>
      <Combobox.Root<BranchInfo>
        items={branches}
        value={chosen}
        onValueChange={(next) => next !== null && onChange(next.name)}
        itemToStringLabel={({ name }) => visibleText(name)}
        isItemEqualToValue={(item, other) => item.name === other.name}
        autoHighlight
        limit={MOST_SHOWN}
        open={open}
        onOpenChange={setOpen}
      >
        <div ref={box} className="mp-field-box">
          {chosen !== null && <LaneBar colour={chosen.colour} />}
          <Combobox.Input
            aria-label={label}
            className="mp-field-input"
            placeholder="Type a part of its name"
            spellCheck={false}
            {...(field === undefined ? {} : { ref: field as RefObject<HTMLInputElement | null> })}
            onFocus={(event) => event.currentTarget.select()}
            onKeyDown={(event) => {
              // while the list is closed, Esc and Enter are for the dialog
              if (!open && (event.key === 'Escape' || (event.key === 'Enter' && chosen !== null)))
                event.preventBaseUIHandler();
            }}
          />
          <Combobox.Trigger className="mp-field-open" aria-label={`All branches for “${label}”`}>
            <ChevronDown className="icon" size={14} aria-hidden />
          </Combobox.Trigger>
        </div>
        <Combobox.Portal>
          <Combobox.Positioner className="menu-positioner" anchor={box} sideOffset={4} align="start">
            <Combobox.Popup className="menu mp-field-menu" data-surface="raised">
              <Combobox.Empty className="mp-field-none">No branch has this in its name</Combobox.Empty>
              <Combobox.List>
                {(branch: BranchInfo) => (
                  <Combobox.Item key={branch.name} value={branch} className="menu-item">
                    <span className="menu-icon">
                      <Combobox.ItemIndicator>
                        <Check className="icon" size={14} aria-hidden />
                      </Combobox.ItemIndicator>
                    </span>
                    <LaneBar colour={branch.colour} />
                    <span className="menu-label mp-field-name">
                      <MiddleText text={branch.name} />
                    </span>
                    {branch.current && <span className="menu-check">HEAD</span>}
                  </Combobox.Item>
                )}
              </Combobox.List>
            </Combobox.Popup>
          </Combobox.Positioner>
        </Combobox.Portal>
      </Combobox.Root>
    </div>
  );
}

/** Beyond this, typing narrows the list. */
const MOST_SHOWN = 100;
