import { formatCount } from '../../../ui/format.ts';
import { Figure } from '../../runs/Figure.tsx';
import { useScene } from '../scene.ts';

type Props = {
  readonly query: string;
  readonly value: number;
  /** what the records are, for screen readers and on hover */
  readonly label?: string;
};

/** A count of records that opens them. */
export function Count({ query, value, label }: Props) {
  const { source } = useScene();
  return (
    <Figure source={source} query={query} {...(label === undefined ? {} : { label })}>
      {formatCount(value)}
    </Figure>
  );
}
