import { ignoresNothing, type IgnoreRules } from '../../core/json/ignored.ts';

/** The rules in words; empty where nothing is ignored. */
export function rulesText(rules: IgnoreRules): string {
  if (ignoresNothing(rules)) return '';
  const parts = [...(rules.times ? ['times'] : []), ...(rules.ids ? ['ids'] : []), ...rules.fields];
  return `ignored: ${parts.join(', ')}`;
}
