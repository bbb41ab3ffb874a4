import { Combobox } from '@base-ui/react/combobox';
import { Check, ChevronDown } from 'lucide-react';
import { useMemo, useState } from 'react';
import { setTime, useSettings } from '../../state/settings.ts';
import { zoneChoice, zoneChoices, type ZoneChoice } from './zones.ts';

/** In which zone times are shown: this machine's, UTC, or any other, found by typing. */
export function ZoneField() {
  const time = useSettings((state) => state.time);
  const [open, setOpen] = useState(false);
  const [now] = useState(() => Date.now());
  const choices = useMemo(() => zoneChoices(now), [now]);
  const value = choices.find((choice) => choice.value === time) ?? zoneChoice(time, now);
  return (
    <div className="setting">
      <span aria-hidden>Times</span>
      <Combobox.Root<ZoneChoice>
        items={choices}
        value={value}
        onValueChange={(next) => next !== null && setTime(next.value)}
        isItemEqualToValue={(item, chosen) => item.value === chosen.value}
        autoHighlight
        open={open}
        onOpenChange={setOpen}
      >
        <div className="zone-box">
          <Combobox.Input
            aria-label="Times"
            className="zone-input"
            spellCheck={false}
            onKeyDown={(event) => {
              // while the list is closed, Esc is for the dialog
              if (event.key === 'Escape' && !open) event.preventBaseUIHandler();
            }}
          />
          <Combobox.Trigger className="zone-open" aria-label="Show all time zones">
            <ChevronDown className="icon" size={14} aria-hidden />
          </Combobox.Trigger>
        </div>
        <Combobox.Portal>
          <Combobox.Positioner className="menu-positioner" sideOffset={4} align="start">
            <Combobox.Popup className="menu zone-menu" data-surface="raised">
              <Combobox.Empty className="zone-none">No time zone of that name</Combobox.Empty>
              <Combobox.List>
                {(choice: ZoneChoice) => (
                  <Combobox.Item key={choice.value} value={choice} className="menu-item">
                    <span className="menu-icon">
                      <Combobox.ItemIndicator>
                        <Check className="icon" size={14} aria-hidden />
                      </Combobox.ItemIndicator>
                    </span>
                    <span className="menu-label">{choice.label}</span>
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
