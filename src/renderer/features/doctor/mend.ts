import type { DoctorCheck } from '../../../contract/doctor.ts';
import { askEdit } from '../../state/edit-form.ts';
import { mendKey } from './checks.ts';
import { doctorForm, setDoctorForm } from './state.ts';

/** Shows what would mend the first of these checks, and after it was written the next one. */
export function mend(source: string, checks: readonly DoctorCheck[]): void {
  const [check, ...rest] = checks;
  if (check?.fix === undefined || check.fix === null) return;
  askEdit({
    source,
    change: { do: 'fix', fix: check.fix.id },
    done: () => {
      setDoctorForm(source, { mended: [...doctorForm(source).mended, mendKey(check)] });
      mend(source, rest);
    },
  });
}
