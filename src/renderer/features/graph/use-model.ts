import { useRef, useSyncExternalStore } from 'react';
import type { GraphModel, GraphState } from './model.ts';

/** A part of the model's state; the component renders again only when `same` says that the part changed. */
export function useGraph<T>(
  model: GraphModel,
  select: (state: GraphState) => T,
  same: (a: T, b: T) => boolean = Object.is,
): T {
  const last = useRef<{ value: T } | null>(null);
  const snapshot = (): T => {
    const next = select(model.get());
    if (last.current !== null && same(last.current.value, next)) return last.current.value;
    last.current = { value: next };
    return next;
  };
  return useSyncExternalStore(model.subscribe, snapshot);
}
