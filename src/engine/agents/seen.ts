import { editContext } from '../../core/agents/edit/context.ts';
import { personaPaths } from '../../core/agents/persona-versions.ts';
import { noteSeen } from '../../core/agents/write/history.ts';
import type { Scene } from './scene.ts';

/** Remembers what the personas of a root were, so that a text that others wrote has a history too. */
export type Seen = {
  /** looks through all agents of a scene, a few at a time; a newer scene takes over */
  look(scene: Scene): void;
  close(): void;
};

/**
 * Notes the texts of each agent's persona, tools and model in the app folder as they change. `hear` is told when
 * something new was noted.
 */
export function createSeen(dataDir: string, hear: () => void): Seen {
  const noted = new Map<string, string>();
  let timer: NodeJS.Immediate | null = null;

  function lookAt(scene: Scene, index: number, found: boolean): void {
    const agent = scene.root.agents[index];
    if (agent === undefined) {
      timer = null;
      if (found) hear();
      return;
    }
    const changed = agent.logOnly ? [] : changedPaths(scene, agent.name);
    if (changed.length > 0) {
      const kept = noteSeen(editContext(scene.root, dataDir, null, 'window'), changed);
      if (!kept.ok) for (const path of changed) noted.delete(path);
    }
    timer = setImmediate(() => lookAt(scene, index + 1, found || changed.length > 0));
  }

  function changedPaths({ folder }: Scene, agent: string): readonly string[] {
    return personaPaths(folder, agent).filter((path) => {
      const file = folder.text(path);
      const now = file.ok ? file.value.sha256 : '';
      if (noted.get(path) === now) return false;
      noted.set(path, now);
      return true;
    });
  }

  const stop = (): void => {
    if (timer !== null) clearImmediate(timer);
    timer = null;
  };
  return {
    look(scene) {
      stop();
      timer = setImmediate(() => lookAt(scene, 0, false));
    },
    close: stop,
  };
}
