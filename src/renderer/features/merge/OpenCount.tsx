import { Badge } from '../../ui/badge/Badge.tsx';
import { formatCount } from '../../ui/format.ts';
import { useOpenCount } from './state/work.ts';

type Props = { readonly source: string; readonly into: string; readonly from: string };

/** How many conflicts of a merge wait for a person, on its tab. */
export function OpenCount({ source, into, from }: Props) {
  const open = useOpenCount(source, into, from);
  if (open === null || open === 0) return null;
  return (
    <Badge tone="warn">
      {formatCount(open)}
      <span className="visually-hidden"> open</span>
    </Badge>
  );
}
