import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Browser, BrowserContext, Page, Request, Route } from '@playwright/test';
import type { MenuItemConstructorOptions, MessageBoxOptions, OpenDialogOptions, Rectangle } from 'electron';
import { projectRoot } from '../peers.ts';
import type { FromChild, HostQuestion, ToChild } from './messages.ts';
import { BINDINGS, INBOX, preloadScript, type Encoded } from './preload-shim.ts';

/**
 * The screen before which a person sits: shows the windows of a main process that runs on the stand-in for Electron
 * as pages of a real Chromium. Chromium outside of Electron knows no `app:` scheme, so `app://vekscope` is loaded as
 * `https://vekscope.invalid` (a secure origin, as `app:` is in Electron); every request of the page is caught, put
 * to the main process's own guard and answered by its own handler, with its own headers.
 */
export const PAGE_ORIGIN = 'https://vekscope.invalid';
const APP_ORIGIN = 'app://vekscope';

export type MenuEntry = Required<
  Pick<MenuItemConstructorOptions, 'id' | 'label' | 'type' | 'registerAccelerator' | 'enabled' | 'checked'>
> & { readonly role: string | null; readonly accelerator: string | null };

export type Report = {
  readonly menu: readonly MenuEntry[];
  readonly opened: readonly string[];
  readonly revealed: readonly string[];
  readonly recentDocuments: readonly string[];
  readonly popups: number;
  readonly switches: Readonly<Record<string, string>>;
  readonly engines: number;
  readonly windows: readonly {
    readonly bounds: Rectangle;
    readonly maximized: boolean;
    readonly background: string;
    readonly overlay: {
      readonly color: string;
      readonly symbolColor: string;
      readonly height: number;
    } | null;
  }[];
};

export type DesktopStart = {
  /** the folder of the built program, holding main, preload and renderer */
  readonly out: string;
  /** the app folder */
  readonly data: string;
  readonly args?: readonly string[];
  readonly cwd?: string;
  readonly screens?: readonly Rectangle[];
};

/** What the person does when the system asks. */
export type Person = {
  /** the number of the button */
  messageBox: (options: MessageBoxOptions) => number;
  folder: (options: OpenDialogOptions) => readonly string[];
};

/** A running main process with its window. */
export type DesktopRun = {
  readonly person: Person;
  /** settles with the page of the window when it is there */
  readonly page: () => Promise<Page>;
  /** the exit code */
  readonly ended: Promise<number>;
  readonly report: () => Promise<Report>;
  /** chooses an entry of the native menu by its id or label */
  readonly choose: (item: string) => void;
  readonly happen: (
    what: Extract<ToChild, { type: 'happened' }>['what'],
    bounds?: Partial<Rectangle>,
  ) => void;
  readonly tell: (message: ToChild) => void;
  /** kills the engine's process; the first one starts only when the page asks for it, which is waited for */
  readonly killEngine: () => Promise<void>;
  readonly output: () => string;
  /** what went wrong in the page: uncaught errors, errors in its console */
  readonly complaints: readonly string[];
  /** ends the process if it still runs */
  readonly kill: () => Promise<void>;
};

type Unnumbered<Question> = Question extends unknown ? Omit<Question, 'question'> : never;

/** Starts the built main process; its window is a page in a context of its own of `browser`. */
export function startDesktopRun(browser: Browser, start: DesktopStart): DesktopRun {
  const child = startChild(start);
  const person: Person = { messageBox: ({ cancelId }) => cancelId ?? 0, folder: () => [] };
  const complaints: string[] = [];
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const tell = (message: ToChild): void => void (child.connected && child.send(message));
  const waiting = new Map<number, { settle: (value: never) => void; fail: (error: Error) => void }>();
  let asked = 0;
  const ask = <T>(question: Unnumbered<HostQuestion>): Promise<T> =>
    new Promise((settle, fail) => {
      asked += 1;
      waiting.set(asked, { settle, fail });
      tell({ ...question, question: asked });
    });
  const ended = once(child, 'exit').then(([code]) => Number(code));
  const failWaiting = () => {
    for (const { fail } of waiting.values()) fail(new Error('The main process has ended'));
    waiting.clear();
  };
  child.on('exit', failWaiting);
  const reports: ((report: Report) => void)[] = [];

  let shown = Promise.withResolvers<Page>();
  const windows = new Map<number, Promise<Page>>();
  let work = Promise.resolve();
  /** what the main process says reaches the page in its order */
  const inOrder = (act: () => Promise<unknown>) => {
    const before = work;
    work = (async () => {
      await before;
      try {
        await act();
      } catch (error) {
        // a page that closes meanwhile hears nothing more
        if (!/closed|destroyed|crashed/i.test(String(error))) complaints.push(`stand-in: ${String(error)}`);
      }
    })();
  };
  const toPage = (window: number, part: string, ...args: readonly unknown[]) =>
    inOrder(async () => {
      const page = await windows.get(window);
      await page?.evaluate(callInbox, { inbox: INBOX, part, args });
    });

  const portWindows = new Map<number, number>();
  child.on('message', (message: FromChild) => {
    switch (message.type) {
      case 'opened': {
        const page = openPage(message);
        windows.set(message.window, page);
        return;
      }
      case 'load':
        inOrder(async () => {
          const page = await windows.get(message.window);
          if (page === undefined) return;
          loading.add(message.window);
          await page.goto(message.url.replace(APP_ORIGIN, PAGE_ORIGIN), { waitUntil: 'domcontentloaded' });
          tell({ type: 'happened', window: message.window, what: 'ready' });
          shown.resolve(page);
        });
        return;
      case 'closed':
        inOrder(async () => {
          const page = await windows.get(message.window);
          windows.delete(message.window);
          shown = Promise.withResolvers<Page>();
          await page?.context().close();
        });
        return;
      case 'moved':
        inOrder(async () => {
          const { width, height } = message.bounds;
          await (await windows.get(message.window))?.setViewportSize({ width, height });
        });
        return;
      case 'themed':
        inOrder(async () => {
          for (const page of windows.values())
            await (await page).emulateMedia({ colorScheme: message.dark ? 'dark' : 'light' });
        });
        return;
      case 'send':
        return toPage(message.window, 'send', message.channel, message.args);
      case 'ports':
        for (const port of message.ports) portWindows.set(port, message.window);
        return toPage(message.window, 'ports', message.channel, message.ports);
      case 'port-data':
        return toPage(portWindows.get(message.port) ?? 0, 'portData', message.port, encode(message.data));
      case 'port-closed':
        return toPage(portWindows.get(message.port) ?? 0, 'portClosed', message.port);
      case 'question': {
        const value =
          message.kind === 'folder'
            ? person.folder(message.options)
            : person.messageBox(message.options as MessageBoxOptions);
        return tell({ type: 'answer', question: message.question, value });
      }
      case 'answered': {
        const answer = waiting.get(message.question);
        waiting.delete(message.question);
        if (message.error === null) answer?.settle(message.value as never);
        else answer?.fail(new Error(message.error));
        return;
      }
      case 'report':
        reports.shift()?.(message.report as Report);
        return;
      default:
        message satisfies never;
    }
  });

  const loading = new Set<number>();
  async function openPage({
    window,
    bounds,
    dark,
    preload,
  }: Extract<FromChild, { type: 'opened' }>): Promise<Page> {
    const context = await browser.newContext({
      viewport: { width: bounds.width, height: bounds.height },
      colorScheme: dark ? 'dark' : 'light',
      locale: 'en-US',
      timezoneId: 'UTC',
    });
    await context.route('**/*', (route) => answerRoute(route, window));
    await context.exposeBinding(BINDINGS.send, (_source, channel: string, args: unknown[]) =>
      tell({ type: 'ipc', window, channel, args }),
    );
    await context.exposeBinding(BINDINGS.invoke, (_source, channel: string, args: unknown[]) =>
      ask({ type: 'invoke', window, channel, args }),
    );
    await context.exposeBinding(BINDINGS.port, (_source, port: number, data: Encoded | null) =>
      tell(data === null ? { type: 'port-closed', port } : { type: 'port-data', port, data: decode(data) }),
    );
    await context.addInitScript({ content: preloadScript(preload, process.platform) });
    const page = await context.newPage();
    refuseNewWindows(context, page, window);
    page.on('pageerror', (error) => complaints.push(`uncaught: ${error.message}`));
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(`console: ${message.text()}`);
    });
    page.on('crash', () => tell({ type: 'happened', window, what: 'crashed' }));
    return page;
  }

  function refuseNewWindows(context: BrowserContext, own: Page, window: number): void {
    context.on('page', async (opened) => {
      if (opened === own) return;
      const may = await ask<boolean>({
        type: 'may',
        window,
        what: 'open',
        url: opened.url(),
      });
      if (!may) await opened.close();
    });
  }

  async function answerRoute(route: Route, window: number): Promise<void> {
    const request = route.request();
    const url = request.url().replace(PAGE_ORIGIN, APP_ORIGIN);
    try {
      // a navigation that is refused leaves the page as it is, instead of showing an error in its place
      const refusal = request.isNavigationRequest() ? 'aborted' : 'blockedbyclient';
      if (!(await isAllowed(request, url, window))) return await route.abort(refusal);
      const { status, headers, body } = await ask<{
        status: number;
        headers: Record<string, string>;
        body: Uint8Array;
      }>({ type: 'fetch', window, url, method: request.method() });
      return await route.fulfill({ status, headers, body: Buffer.from(body) });
    } catch {
      // the process or the page has gone, and nobody waits for this any more
      return route.abort().catch(() => {});
    }
  }

  async function isAllowed(request: Request, url: string, window: number): Promise<boolean> {
    if (request.isNavigationRequest() && !loading.delete(window)) {
      if (!(await ask<boolean>({ type: 'may', window, what: 'navigate', url }))) return false;
    }
    return ask<boolean>({ type: 'may', window, what: 'request', url });
  }

  const report = (): Promise<Report> =>
    new Promise((settle) => {
      reports.push(settle);
      tell({ type: 'report' });
    });

  return {
    person,
    page: () =>
      Promise.race([
        shown.promise,
        ended.then((code) => Promise.reject(new Error(`It ended with ${code}. ${output}`))),
      ]),
    ended,
    complaints,
    tell,
    output: () => output,
    choose: (item) => tell({ type: 'choose', item }),
    happen: (what, bounds) =>
      tell({
        type: 'happened',
        window: [...windows.keys()].at(-1) ?? 0,
        what,
        ...(bounds === undefined ? {} : { bounds }),
      }),
    report,
    killEngine: async () => {
      while ((await report()).engines === 0) await delay(20);
      tell({ type: 'kill-engine' });
    },
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
      for (const page of windows.values()) await (await page).context().close();
    },
  };
}

function startChild({ out, data, args = [], cwd, screens }: DesktopStart): ChildProcess {
  const child = join(projectRoot, 'test', 'support', 'electron', 'child.ts');
  return fork(child, [join(out, 'main', 'index.js'), projectRoot, ...args], {
    cwd: cwd ?? projectRoot,
    env: {
      ...process.env,
      VEKSCOPE_DATA: data,
      VEKSCOPE_STAND_IN: JSON.stringify(screens === undefined ? {} : { screens }),
    },
    execArgv: [],
    serialization: 'advanced',
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
}

type Inbox = Record<string, (...args: readonly unknown[]) => void>;

function callInbox({ inbox, part, args }: { inbox: string; part: string; args: readonly unknown[] }): void {
  const found = (globalThis as unknown as Record<symbol, Inbox | undefined>)[Symbol.for(inbox)];
  found?.[part]?.(...args);
}

function encode(value: unknown): Encoded {
  if (typeof value === 'string') return { text: value };
  return value instanceof Uint8Array ? { base64: Buffer.from(value).toString('base64') } : { value };
}

function decode(encoded: Encoded): unknown {
  if ('text' in encoded) return encoded.text;
  return 'base64' in encoded ? new Uint8Array(Buffer.from(encoded.base64, 'base64')) : encoded.value;
}
