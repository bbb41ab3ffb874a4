import { FileText } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { AgentFile } from '../../../contract/agent-files.ts';
import { attempt } from '../../app/client.ts';
import type { Command } from '../../app/commands.ts';
import { api } from '../../app/engine.ts';
import { asOfDay } from '../../state/agents.ts';
import { useAgentsStore } from '../../state/agents-overview.ts';
import { visibleText } from '../../ui/visible-text.ts';
import { agentInFront } from '../agent/open-changes.ts';
import { openFileOf } from '../agent/open-file.ts';
import type { PaletteQuery } from './match.ts';

/** Shorter texts stand in too many names to say anything. */
const LEAST = 2;
/** Files of more agents are not listed while a person types; an agent's own list has them. */
const MOST_AGENTS = 60;

/** The files of all agents whose name or path holds what was typed. They are asked for once something is. */
export function useAgentFiles(source: string | null, query: PaletteQuery): readonly Command[] {
  const [found, setFound] = useState<readonly AgentFile[]>([]);
  const wanted = source !== null && query.mode === 'all' && query.text.length >= LEAST;
  useEffect(() => {
    if (source === null || !wanted) return undefined;
    let here = true;
    const ask = async () => {
      const agents = useAgentsStore.getState().agents[source]?.value?.agents ?? [];
      const today = asOfDay(source);
      const front = agentInFront(source);
      // a name that several agents have means first of all that of the agent in front
      const names = agents
        .map(({ name }) => name)
        .toSorted((a, b) => Number(b === front) - Number(a === front));
      const places = [...names.slice(0, MOST_AGENTS), null];
      for (const agent of places) {
        const answer = await attempt(api.agents.files({ source, today, agent }));
        if (!here) return;
        // without them files are found in the list of their agent
        if (answer.ok) setFound((before) => [...before, ...answer.value]);
      }
    };
    void ask();
    return () => {
      here = false;
      setFound([]);
    };
  }, [source, wanted]);
  if (source === null || !wanted) return [];
  const text = query.text.toLowerCase();
  const known = new Set<string>();
  return found
    .filter((file) => {
      if (known.has(file.path) || !file.path.toLowerCase().includes(text)) return false;
      known.add(file.path);
      return true;
    })
    .map((file) => ({
      id: `file-${file.path}`,
      group: 'Files',
      label: visibleText(file.path),
      icon: FileText,
      detail: file.loaded ? '' : 'not loaded',
      run: () => openFileOf(source, file.path),
    }));
}
