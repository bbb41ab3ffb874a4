import type { LucideIcon } from 'lucide-react';
import { Flag, Tag } from 'lucide-react';
import type { ReactNode } from 'react';
import type { RefBadge as RefBadgeData } from '../../../contract/vek.ts';
import { MiddleText } from '../middle/MiddleText.tsx';
import { hintText } from '../visible-text.ts';
import './badge.css';

export type Tone = 'neutral' | 'accent' | 'ok' | 'warn' | 'bad';

export type BadgeProps = {
  readonly children: ReactNode;
  readonly tone?: Tone;
  readonly icon?: LucideIcon;
  readonly title?: string;
};

/** A short state in words. Never clickable. */
export function Badge({ children, tone = 'neutral', icon: Icon, title }: BadgeProps) {
  return (
    <span className={`badge badge-${tone}`} title={title}>
      {Icon !== undefined && <Icon className="icon" size={12} aria-hidden />}
      {children}
    </span>
  );
}

/** A branch, tag or checkpoint beside a call: the lane bar or an icon, the name, HEAD joined to it. */
export function RefBadge({ badge }: { readonly badge: RefBadgeData }) {
  const what = badge.kind === 'branch' ? 'branch' : badge.kind;
  return (
    <span
      className="ref-badge"
      title={`${what} ${hintText(badge.name)}${badge.head ? ', HEAD is here' : ''}`}
    >
      <span className="visually-hidden">{what} </span>
      {badge.kind === 'branch' ? <LaneBar colour={badge.colour} /> : <RefIcon kind={badge.kind} />}
      <MiddleText text={badge.label} />
      {badge.head && <span className="ref-badge-head">HEAD</span>}
    </span>
  );
}

function RefIcon({ kind }: { readonly kind: 'tag' | 'checkpoint' }) {
  const Icon = kind === 'tag' ? Tag : Flag;
  return <Icon className="icon" size={12} aria-hidden />;
}

/** The upright bar in a branch's lane colour, 1 to 8. A name always stands beside it. */
export function LaneBar({ colour }: { readonly colour: number }) {
  return <span className="lane-bar" style={{ background: `var(--lane-${colour})` }} aria-hidden />;
}
