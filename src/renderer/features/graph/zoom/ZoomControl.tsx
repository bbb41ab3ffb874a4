import { Minus, Plus } from 'lucide-react';
import { Button, IconButton } from '../../../ui/button/Button.tsx';
import { Menu, type MenuEntry } from '../../../ui/menu/Menu.tsx';
import { zoomBy, zoomToLevel } from './actions.ts';
import { useZoom } from './use-zoom.ts';
import { zoomLabel, zoomWords } from './zoom.ts';
import './zoom.css';

const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

/** How large the graph is drawn: out, a choice of levels, in. */
export function ZoomControl({ source }: { readonly source: string }) {
  const { level, levels, rows } = useZoom(source);
  const last = levels.at(-1) ?? rows;
  const label = zoomLabel(level, rows);
  const entry = (height: number): MenuEntry => {
    const all = height === last && height < rows;
    const shared = { run: () => zoomToLevel(source, height), checked: height === level };
    const text = capital(all ? `all calls, ${zoomWords(height)}` : zoomWords(height));
    return height === rows ? { ...shared, label: text, keys: '0' } : { ...shared, label: text };
  };
  const entries = () => levels.map(entry);
  return (
    // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a group of controls is no fieldset
    <div role="group" aria-label="Zoom" className="g-zoom-control">
      <IconButton
        icon={Minus}
        label="Zoom out"
        size="small"
        disabled={level <= last}
        onClick={() => zoomBy(source, -1)}
      />
      <Menu
        align="end"
        entries={entries}
        trigger={
          <Button look="quiet" size="small" className="g-zoom-level" aria-label={`Zoom ${label}`}>
            {label}
          </Button>
        }
      />
      <IconButton
        icon={Plus}
        label="Zoom in"
        size="small"
        disabled={level >= rows}
        onClick={() => zoomBy(source, 1)}
      />
    </div>
  );
}
