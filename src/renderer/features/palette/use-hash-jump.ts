import { useEffect, useState } from 'react';
import { attempt } from '../../app/client.ts';
import type { Command } from '../../app/commands.ts';
import { api } from '../../app/engine.ts';
import { useDebounced } from '../../app/hooks.ts';
import { revealCall } from '../../state/selection.ts';
import { openGraph } from '../../state/tabs.ts';
import { formatCount, shortHash } from '../../ui/format.ts';

/** The entry that goes to the call whose hash begins with `prefix`; null while there is nothing to say. */
export function useHashJump(source: string | null, prefix: string | null): Command | null {
  const asked = useDebounced(prefix, 120);
  const [found, setFound] = useState<{ readonly asked: string; readonly command: Command } | null>(null);
  useEffect(() => {
    if (source === null || asked === null) return undefined;
    let current = true;
    const ask = async () => {
      const command = await commandFor(source, asked);
      if (current) setFound({ asked, command });
    };
    void ask();
    return () => {
      current = false;
    };
  }, [source, asked]);
  return found !== null && found.asked === prefix ? found.command : null;
}

async function commandFor(source: string, prefix: string): Promise<Command> {
  const base = { id: `hash-${prefix}`, group: 'Calls', answer: true } as const;
  const answer = await attempt(api.vek.locate({ source, view: { filter: '', focus: [] }, hash: prefix }));
  if (!answer.ok) {
    return { ...base, label: prefix, blocked: answer.error.message, run: () => undefined };
  }
  const { hash, row } = answer.value;
  return {
    ...base,
    label: `Go to call ${shortHash(hash)}`,
    ...(row === null ? {} : { detail: `row ${formatCount(row + 1)}` }),
    run: () => {
      openGraph(source);
      revealCall(source, hash);
    },
  };
}
