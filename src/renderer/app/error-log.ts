import { api } from './engine.ts';

type FaultEvent = 'window-error' | 'window-rejection' | 'view-error';

/** Notes an error of the window in the log. Its message is read by the engine only to leave it out of the stack. */
export function logFault(event: FaultEvent, error: unknown): void {
  const { name, message, stack } = error instanceof Error ? error : { name: typeof error, message: '' };
  // without a connection the log can't be reached either, and the window says so elsewhere
  api.app
    .log({ event, name: cut(name, 100), message: cut(message, 100_000), stack: cut(stack ?? '', 100_000) })
    .catch(() => undefined);
}

const cut = (text: string, most: number): string => text.slice(0, most);

/** Notes every error that nothing in the window caught. */
export function followErrors(): void {
  window.addEventListener('error', (event) => logFault('window-error', event.error));
  window.addEventListener('unhandledrejection', (event) => logFault('window-rejection', event.reason));
}
