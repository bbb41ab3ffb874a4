import { create } from 'zustand';
import type { Failure } from '../../contract/failure.ts';

/** One message after a person's own act. `done` goes by itself; `error` stays until it is closed. */
export type Toast = {
  readonly id: number;
  readonly kind: 'done' | 'note' | 'error';
  readonly title: string;
  readonly text?: string;
  readonly detail?: string;
  /** what it is about; a later message about the same takes its place */
  readonly about?: string;
  /** true: stays until it is closed, as errors do */
  readonly stay?: boolean;
  readonly action?: { readonly label: string; readonly run: () => void };
};

type ToastSlice = { readonly toasts: readonly Toast[] };

/** The most messages at once; the oldest that is no error gives way, else the oldest error. */
const MAX_TOASTS = 4;
let nextId = 1;

export const useToasts = create<ToastSlice>(() => ({ toasts: [] }));

/** Shows a message and returns its id. */
export function toast(message: Omit<Toast, 'id'>): number {
  const id = nextId++;
  useToasts.setState(({ toasts: before }) => {
    const toasts =
      message.about === undefined ? before : before.filter(({ about }) => about !== message.about);
    const drop =
      toasts.length < MAX_TOASTS ? null : (toasts.find((entry) => entry.kind !== 'error') ?? toasts[0]);
    return { toasts: [...toasts.filter((entry) => entry !== drop), { ...message, id }] };
  });
  return id;
}

/** Shows a failure: what is so, what can be done, the raw cause under Copy details. */
export function toastFailure(error: Failure, action?: Toast['action']): number {
  return toast({
    kind: 'error',
    title: error.message,
    text: error.hint,
    ...(error.detail === undefined ? {} : { detail: error.detail }),
    ...(action === undefined ? {} : { action }),
  });
}

export const dismissToast = (id: number): void =>
  useToasts.setState(({ toasts }) => ({ toasts: toasts.filter((entry) => entry.id !== id) }));

/** Takes away what was said about something that is over. */
export const dismissAbout = (over: string): void =>
  useToasts.setState(({ toasts }) => ({ toasts: toasts.filter(({ about }) => about !== over) }));
