import { Popover } from '@base-ui/react/popover';
import { useEffect, useRef, type RefObject } from 'react';
import type { GraphRow } from '../../../contract/vek.ts';
import { LaneBar } from '../../ui/badge/Badge.tsx';
import { visibleText } from '../../ui/visible-text.ts';
import { cutMiddle } from './cut.ts';
import { rowElementId } from './nodes.ts';

type Props = {
  /** the call whose names are shown; null: closed */
  readonly call: GraphRow | null;
  readonly onClose: () => void;
  readonly gridRef: RefObject<HTMLElement | null>;
};

/** A longer name loses its middle here, too: a list of names is to be read. */
const MOST_SIGNS = 240;
const KINDS = { branch: 'branch', tag: 'tag', checkpoint: 'checkpoint' } as const;

/** All branches, tags and checkpoints of a call whose row has no room for them, with what their rows leave out. */
export function NamesPopover({ call, onClose, gridRef }: Props) {
  const popup = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (call === null) return undefined;
    const pressed = ({ target }: PointerEvent) => {
      if (target instanceof Node && popup.current?.contains(target) !== true) onClose();
    };
    document.addEventListener('pointerdown', pressed, true);
    return () => document.removeEventListener('pointerdown', pressed, true);
  }, [call, onClose]);
  const anchor = () => {
    const row = call === null ? null : document.getElementById(rowElementId(call.hash));
    return row?.querySelector('.g-more') ?? row ?? gridRef.current;
  };
  return (
    <Popover.Root
      open={call !== null}
      onOpenChange={(open, { reason }) => {
        // a menu that opened this one gives the focus back only afterwards
        if (!open && reason !== 'focus-out') onClose();
      }}
    >
      <Popover.Portal>
        <Popover.Positioner className="menu-positioner" anchor={anchor} sideOffset={4} align="start">
          <Popover.Popup
            ref={popup}
            className="menu g-names"
            data-surface="raised"
            // a press elsewhere has its own place for the focus
            finalFocus={(how) => (how === 'keyboard' ? gridRef.current : false)}
          >
            <Popover.Title className="g-names-title">
              {call?.refs.length ?? 0} names of this call
            </Popover.Title>
            <ul>
              {call?.refs.map((ref) => (
                <li key={ref.name} className="g-name">
                  {ref.kind === 'branch' ? <LaneBar colour={ref.colour} /> : <span className="g-name-gap" />}
                  <bdi title={cutMiddle(visibleText(ref.label), 2000)}>
                    {ref.label === '' ? '(empty name)' : cutMiddle(visibleText(ref.label), MOST_SIGNS)}
                  </bdi>
                  <span className="g-name-kind">{ref.head ? 'branch, HEAD' : KINDS[ref.kind]}</span>
                </li>
              ))}
            </ul>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
