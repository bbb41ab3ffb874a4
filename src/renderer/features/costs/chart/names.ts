import { visibleText } from '../../../ui/visible-text.ts';

const dateless = (key: string): string => key.replace(/-20\d{6}$/, '');

/**
 * What is shown for keys that stand beside each other: a model's name without the date at its end, where no other one
 * would then look the same. The whole name belongs in the title.
 */
export function namesOf(keys: readonly string[]): (key: string) => string {
  const alike = new Map<string, number>();
  for (const key of new Set(keys)) alike.set(dateless(key), (alike.get(dateless(key)) ?? 0) + 1);
  return (key) => {
    if (key === '') return '(none)';
    const short = dateless(key);
    return visibleText(alike.get(short) === 1 ? short : key);
  };
}
