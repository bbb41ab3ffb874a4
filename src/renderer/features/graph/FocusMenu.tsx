import { Menu as Base } from '@base-ui/react/menu';
import { Check, Focus } from 'lucide-react';
import type { BranchInfo } from '../../../contract/vek.ts';
import { LaneBar } from '../../ui/badge/Badge.tsx';
import { Button } from '../../ui/button/Button.tsx';
import '../../ui/menu/menu.css';
import { hintText, visibleText } from '../../ui/visible-text.ts';
import { cutMiddle } from './cut.ts';

/** The contract's limit of branches in focus. */
const MAX_FOCUS = 64;

type Props = {
  readonly branches: readonly BranchInfo[];
  readonly focus: readonly string[];
  readonly onFocus: (focus: readonly string[]) => void;
  readonly open: boolean;
  readonly onOpen: (open: boolean) => void;
};

/** The branches to show: none checked means all. Stays open while several are checked. */
export function FocusMenu({ branches, focus, onFocus, open, onOpen }: Props) {
  const chosen = new Set(focus);
  const full = focus.length >= MAX_FOCUS;
  const toggle = (name: string, on: boolean) =>
    onFocus(on ? [...focus, name] : focus.filter((other) => other !== name));
  return (
    <Base.Root open={open} onOpenChange={onOpen}>
      <Base.Trigger
        render={
          <Button look="quiet" icon={Focus} pressed={focus.length > 0} className="g-tool-button">
            Focus
          </Button>
        }
      />
      <Base.Portal>
        <Base.Positioner className="menu-positioner" sideOffset={4} align="end">
          <Base.Popup className="menu g-focus-menu" data-surface="raised">
            <Base.Item
              className="menu-item"
              closeOnClick={false}
              disabled={focus.length === 0}
              onClick={() => onFocus([])}
            >
              <span className="menu-icon" />
              <span className="menu-label">All branches</span>
            </Base.Item>
            <Base.Separator className="menu-line" />
            {full && (
              <p className="g-menu-note">{MAX_FOCUS} branches are shown, the most there can be at once.</p>
            )}
            {branches.length === 0 && <p className="g-menu-note">There is no branch yet.</p>}
            {branches.map((branch) => (
              <Base.CheckboxItem
                key={branch.name}
                className="menu-item"
                checked={chosen.has(branch.name)}
                disabled={full && !chosen.has(branch.name)}
                onCheckedChange={(on) => toggle(branch.name, on)}
              >
                <span className="menu-icon">
                  <Base.CheckboxItemIndicator>
                    <Check size={14} aria-hidden />
                  </Base.CheckboxItemIndicator>
                </span>
                <LaneBar colour={branch.colour} />
                <bdi className="menu-label truncate" title={hintText(branch.name)}>
                  {branch.name === '' ? '(empty name)' : cutMiddle(visibleText(branch.name), 48)}
                </bdi>
                {branch.current && <span className="menu-check">HEAD</span>}
              </Base.CheckboxItem>
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
