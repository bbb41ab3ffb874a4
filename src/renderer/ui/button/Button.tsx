import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react';
import type { LucideIcon } from 'lucide-react';
import { Tooltip } from '../tooltip/Tooltip.tsx';
import './button.css';

type Common = Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'children'> & {
  readonly ref?: Ref<HTMLButtonElement>;
};

export type ButtonProps = Common & {
  readonly children: ReactNode;
  /** one primary per view; `danger` is bad text on a normal button; `danger-solid` only in a confirming dialog */
  readonly look?: 'primary' | 'secondary' | 'quiet' | 'danger' | 'danger-solid' | 'link';
  readonly size?: 'small' | 'normal' | 'large';
  readonly icon?: LucideIcon;
  /** such as a `Kbd`, at the right end */
  readonly end?: ReactNode;
  /** shown as pressed, for a toggle */
  readonly pressed?: boolean;
};

/** A button with a verb on it. Where it is disabled, say why in text beside it. */
export function Button({
  look = 'secondary',
  size = 'normal',
  icon: Icon,
  end,
  pressed,
  className,
  children,
  ...rest
}: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      {...(pressed === undefined ? {} : { 'aria-pressed': pressed })}
      className={`button button-${look} button-${size} ${className ?? ''}`}
    >
      {Icon !== undefined && <Icon className="icon" size={size === 'small' ? 14 : 16} aria-hidden />}
      <span className="button-label truncate">{children}</span>
      {end}
    </button>
  );
}

export type IconButtonProps = Common & {
  readonly icon: LucideIcon;
  /** what it does; the name for screen readers and the tooltip */
  readonly label: string;
  readonly size?: 'small' | 'normal';
  readonly pressed?: boolean;
};

/** A button that is only an icon; its label is its accessible name, and stands in a tooltip on hover and focus. */
export function IconButton({
  icon: Icon,
  label,
  size = 'normal',
  pressed,
  className,
  ...rest
}: IconButtonProps) {
  return (
    <Tooltip text={label}>
      <button
        type="button"
        aria-label={label}
        {...rest}
        {...(pressed === undefined ? {} : { 'aria-pressed': pressed })}
        className={`icon-button icon-button-${size} ${className ?? ''}`}
      >
        <Icon className="icon" size={size === 'small' ? 14 : 16} aria-hidden />
      </button>
    </Tooltip>
  );
}
