import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import './empty.css';

export type EmptyStateProps = {
  readonly icon: LucideIcon;
  readonly title: ReactNode;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
  readonly tone?: 'neutral' | 'warn' | 'bad';
};

/** A whole view that has nothing to show: what is so, what it means, what can be done. */
export function EmptyState({ icon: Icon, title, children, actions, tone = 'neutral' }: EmptyStateProps) {
  return (
    <div className="empty">
      <Icon className={`icon empty-icon empty-${tone}`} size={20} aria-hidden />
      <h2 className="empty-title">{title}</h2>
      {children !== undefined && <div className="empty-text">{children}</div>}
      {actions !== undefined && <div className="empty-actions">{actions}</div>}
    </div>
  );
}
