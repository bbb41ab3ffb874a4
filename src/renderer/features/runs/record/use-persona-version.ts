import { useEffect, useState } from 'react';
import type { PersonaVersion } from '../../../../contract/edits.ts';
import { attempt } from '../../../app/client.ts';
import { api } from '../../../app/engine.ts';
import { onEditsChanged } from '../../../state/workspace.ts';
import { versionAt } from '../../agent/pages/versions/since.ts';

type Known = { readonly askedMicros: number; readonly versions: Promise<readonly PersonaVersion[]> };

/** Versions by source and agent. They are made of all runs, so they are asked for once, not for every record. */
const known = new Map<string, Known>();
/** Agents whose versions are kept; the one asked for longest ago is forgotten. */
const MOST_AGENTS = 40;

function versionsOf(source: string, agent: string, atMicros: number): Promise<readonly PersonaVersion[]> {
  const key = JSON.stringify([source, agent]);
  const before = known.get(key);
  // a record that came later may be of a version that came later too
  if (before !== undefined && before.askedMicros > atMicros) return before.versions;
  const versions = attempt(api.edits.personaVersions({ source, today: null, agent })).then((answer) =>
    answer.ok ? answer.value : [],
  );
  known.delete(key);
  known.set(key, { askedMicros: Date.now() * 1000, versions });
  if (known.size > MOST_AGENTS) known.delete(known.keys().next().value ?? '');
  return versions;
}

/** The version of the persona that was in force when a record was written; null while it is not known. */
export function usePersonaVersion(
  source: string,
  agent: string,
  atMicros: number | null,
): PersonaVersion | null {
  const [round, setRound] = useState(0);
  const key = JSON.stringify([source, agent, atMicros, round]);
  const [found, setFound] = useState<{ readonly key: string; readonly version: PersonaVersion | null }>();
  useEffect(
    () =>
      onEditsChanged((changed) => {
        if (changed !== source) return;
        for (const name of known.keys()) if ((JSON.parse(name) as string[])[0] === source) known.delete(name);
        setRound((before) => before + 1);
      }),
    [source],
  );
  useEffect(() => {
    if (atMicros === null) return undefined;
    let over = false;
    const find = async () => {
      const version = versionAt(await versionsOf(source, agent, atMicros), atMicros);
      if (!over) setFound({ key, version });
    };
    void find();
    return () => {
      over = true;
    };
  }, [source, agent, atMicros, key]);
  return found?.key === key ? found.version : null;
}
