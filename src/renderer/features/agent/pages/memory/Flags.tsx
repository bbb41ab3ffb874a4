import { Badge } from '../../../../ui/badge/Badge.tsx';
import { byWorst, FLAG_WORDS, type NoteFlag } from './flags.ts';

/** The flags of a note, worst first. */
export function Flags({ flags }: { readonly flags: readonly NoteFlag[] }) {
  return (
    <span className="ag-flags">
      {byWorst(flags).map((flag) => {
        const { label, means, tone } = FLAG_WORDS[flag];
        return (
          <Badge key={flag} tone={tone} title={means}>
            {label}
          </Badge>
        );
      })}
    </span>
  );
}
