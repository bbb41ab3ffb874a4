import { WrapText } from 'lucide-react';
import { IconButton } from '../../../ui/button/Button.tsx';
import { Segmented } from '../../../ui/segmented/Segmented.tsx';
import { setWrap, useWrap } from '../../node/wrap.ts';
import { setColumns } from './view-state.ts';

/** How two texts are shown: wrapped or not, and side by side or in one column where both fit. */
export function TextTools({ columns, wide }: { readonly columns: boolean; readonly wide: boolean }) {
  const wrap = useWrap();
  return (
    <>
      <IconButton
        icon={WrapText}
        size="small"
        label="Wrap long lines"
        pressed={wrap}
        onClick={() => setWrap(!wrap)}
      />
      {wide && (
        <Segmented
          label="Layout"
          value={columns ? 'two' : 'one'}
          onChange={(value) => setColumns(value === 'two')}
          options={[
            { value: 'two', label: 'Side by side' },
            { value: 'one', label: 'One column' },
          ]}
        />
      )}
    </>
  );
}
