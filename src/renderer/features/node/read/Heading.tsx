import type { ReactNode } from 'react';
import { useLevel } from './read-context.ts';

type Props = { readonly deeper?: number; readonly className: string; readonly children?: ReactNode };

/** A heading of the level that holds here, or so many levels deeper; below the sixth there is none of its own. */
export function Heading({ deeper = 0, className, children }: Props) {
  const level = useLevel() + deeper;
  if (level <= 4) return <h4 className={className}>{children}</h4>;
  if (level === 5) return <h5 className={className}>{children}</h5>;
  return <h6 className={className}>{children}</h6>;
}
