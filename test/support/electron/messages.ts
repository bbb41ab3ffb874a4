import type { Rectangle } from 'electron';

/** What the main process tells the test that shows its windows. */
export type FromChild =
  | {
      readonly type: 'opened';
      readonly window: number;
      readonly bounds: Rectangle;
      readonly dark: boolean;
      readonly preload: string;
    }
  | { readonly type: 'load'; readonly window: number; readonly url: string }
  | { readonly type: 'closed'; readonly window: number }
  | { readonly type: 'moved'; readonly window: number; readonly bounds: Rectangle }
  | {
      readonly type: 'send';
      readonly window: number;
      readonly channel: string;
      readonly args: readonly unknown[];
    }
  | {
      readonly type: 'ports';
      readonly window: number;
      readonly channel: string;
      readonly ports: readonly number[];
    }
  | { readonly type: 'port-data'; readonly port: number; readonly data: unknown }
  | { readonly type: 'port-closed'; readonly port: number }
  | { readonly type: 'themed'; readonly dark: boolean }
  | {
      readonly type: 'question';
      readonly question: number;
      readonly kind: 'message-box' | 'folder';
      readonly options: object;
    }
  | {
      readonly type: 'answered';
      readonly question: number;
      readonly value: unknown;
      readonly error: string | null;
    }
  | { readonly type: 'report'; readonly report: unknown };

/** What the test asks of the main process and waits for. */
export type HostQuestion =
  | {
      readonly type: 'fetch';
      readonly question: number;
      readonly window: number;
      readonly url: string;
      readonly method: string;
    }
  | {
      readonly type: 'may';
      readonly question: number;
      readonly window: number;
      readonly what: 'request' | 'navigate' | 'open';
      readonly url: string;
    }
  | {
      readonly type: 'invoke';
      readonly question: number;
      readonly window: number;
      readonly channel: string;
      readonly args: readonly unknown[];
    };

/** What the test tells the main process: what the page, the person and the system do. */
export type ToChild =
  | HostQuestion
  | { readonly type: 'answer'; readonly question: number; readonly value: unknown }
  | { readonly type: 'port-data'; readonly port: number; readonly data: unknown }
  | { readonly type: 'port-closed'; readonly port: number }
  | { readonly type: 'report' }
  | { readonly type: 'choose'; readonly item: string }
  | { readonly type: 'quit' }
  | { readonly type: 'kill-engine' }
  | { readonly type: 'screens'; readonly screens: readonly Rectangle[] }
  | {
      readonly type: 'ipc';
      readonly window: number;
      readonly channel: string;
      readonly args: readonly unknown[];
    }
  | {
      readonly type: 'happened';
      readonly window: number;
      readonly what: 'ready' | 'moved' | 'maximized' | 'close' | 'crashed';
      readonly bounds?: Partial<Rectangle>;
    };
