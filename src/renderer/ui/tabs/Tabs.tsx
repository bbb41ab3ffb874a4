import { Tabs as Base } from '@base-ui/react/tabs';
import type { ReactNode } from 'react';
import './tabs.css';

export type TabItem<Id extends string> = {
  readonly id: Id;
  readonly label: string;
  /** a count or the like after the label */
  readonly note?: ReactNode;
  readonly panel: ReactNode;
};

export type TabsProps<Id extends string> = {
  readonly value: Id;
  readonly onChange: (id: Id) => void;
  readonly items: readonly TabItem<Id>[];
  /** what the tabs are of, for screen readers */
  readonly label: string;
};

/** Text tabs with an underline, as in the inspector. Only the open panel is in the document. */
export function Tabs<Id extends string>({ value, onChange, items, label }: TabsProps<Id>) {
  return (
    <Base.Root className="text-tabs" value={value} onValueChange={(next) => onChange(next as Id)}>
      <Base.List className="text-tabs-list" aria-label={label} activateOnFocus>
        {items.map((item) => (
          <Base.Tab key={item.id} value={item.id} className="text-tab">
            {item.label}
            {item.note !== undefined && <span className="text-tab-note">{item.note}</span>}
          </Base.Tab>
        ))}
      </Base.List>
      {items.map((item) => (
        <Base.Panel key={item.id} value={item.id} className="text-tabs-panel">
          {item.panel}
        </Base.Panel>
      ))}
    </Base.Root>
  );
}
