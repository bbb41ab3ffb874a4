/** What the two copies are called wherever they are spoken of. */
export type CopyNames = { readonly a: string; readonly b: string };

/** Longer names keep their end. */
const MOST_CHARS = 60;

/** The names of two files, with as many of their folders as tell them apart: `aex.db` and `old.db`, `work/aex.db` and `backup/aex.db`. */
export function copyNames(a: string, b: string): CopyNames {
  const [partsA, partsB] = [a, b].map((path) => path.split(/[/\\]/).filter((part) => part !== ''));
  const most = Math.max(partsA?.length ?? 0, partsB?.length ?? 0);
  let count = 1;
  while (count < most && tail(partsA, count) === tail(partsB, count)) count++;
  return { a: cut(tail(partsA, count)), b: cut(tail(partsB, count)) };
}

const tail = (parts: readonly string[] | undefined, count: number): string =>
  (parts ?? []).slice(-count).join('/');

const cut = (name: string): string =>
  name.length <= MOST_CHARS ? name : `…${name.slice(-(MOST_CHARS - 1))}`;
