/** The page's globals through which the test and the preload talk; taken away before the page's own code runs. */
export const BINDINGS = {
  send: 'vekscopeStandInSend',
  invoke: 'vekscopeStandInInvoke',
  port: 'vekscopeStandInPort',
} as const;
/** what the test calls in the page */
export const INBOX = 'vekscope-stand-in';

type Given = { readonly platform: string; readonly bindings: typeof BINDINGS; readonly inbox: string };
type Preload = (
  require: (name: string) => object,
  module: object,
  exports: object,
  process: { readonly platform: string },
) => void;
/** a port of the page; the project's Node side has no DOM types */
type PagePort = {
  addEventListener(type: 'message' | 'close', hear: (event: { readonly data: unknown }) => void): void;
  start(): void;
  postMessage(message: unknown): void;
  close(): void;
};
export type Encoded = { readonly text: string } | { readonly base64: string } | { readonly value: unknown };
type Globals = Record<string, (...args: unknown[]) => Promise<unknown>>;

/**
 * Runs in the page before anything else of it: gives the preload what `require('electron')` has in a sandboxed
 * preload, and runs it. Chromium outside of Electron has no second world for it, so it shares the page's; that the
 * page can't reach into the preload is for Electron to hold (`contextIsolation`), and is not shown here.
 */
function runPreload(given: Given, preload: Preload): void {
  const page = globalThis as unknown as Globals & {
    readonly location: { readonly origin: string };
    readonly btoa: (text: string) => string;
    readonly atob: (text: string) => string;
  };
  if (page.location.origin === 'null') return;
  const take = (name: string) => {
    const bound = page[name];
    Reflect.deleteProperty(page, name);
    if (bound === undefined) throw new Error(`${name} is not bound`);
    return bound;
  };
  const send = take(given.bindings.send);
  const invoke = take(given.bindings.invoke);
  const post = take(given.bindings.port);

  const encode = (value: unknown): Encoded => {
    if (typeof value === 'string') return { text: value };
    if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) {
      const bytes =
        value instanceof ArrayBuffer
          ? new Uint8Array(value)
          : new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
      let binary = '';
      for (const byte of bytes) binary += String.fromCharCode(byte);
      return { base64: page.btoa(binary) };
    }
    return { value };
  };
  const decode = (encoded: Encoded): unknown => {
    if ('text' in encoded) return encoded.text;
    if ('value' in encoded) return encoded.value;
    return Uint8Array.from(page.atob(encoded.base64), (sign) => sign.charCodeAt(0));
  };

  const listeners = new Map<string, ((event: object, ...args: unknown[]) => void)[]>();
  const ports = new Map<number, PagePort>();
  const hear = (channel: string, event: object, args: readonly unknown[]) => {
    for (const listener of listeners.get(channel) ?? []) listener(event, ...args);
  };
  Object.defineProperty(page, Symbol.for(given.inbox), {
    value: {
      send: (channel: string, args: readonly unknown[]) => hear(channel, {}, args),
      ports: (channel: string, ids: readonly number[]) => {
        const handed = ids.map((id) => {
          const { port1, port2 } = new MessageChannel() as unknown as { port1: PagePort; port2: PagePort };
          port1.addEventListener('message', ({ data }) => void post(id, encode(data)));
          port1.start();
          port1.addEventListener('close', () => ports.delete(id) && void post(id, null));
          ports.set(id, port1);
          return port2;
        });
        hear(channel, { ports: handed }, []);
      },
      portData: (id: number, data: Encoded) => ports.get(id)?.postMessage(decode(data)),
      portClosed: (id: number) => {
        const port = ports.get(id);
        ports.delete(id);
        port?.close();
      },
    },
  });

  const electron = {
    contextBridge: {
      exposeInMainWorld: (name: string, api: object) =>
        Object.defineProperty(page, name, { value: Object.freeze({ ...api }), enumerable: true }),
    },
    ipcRenderer: {
      send: (channel: string, ...args: unknown[]) => void send(channel, args),
      invoke: (channel: string, ...args: unknown[]) => invoke(channel, args),
      on: (channel: string, listener: (event: object, ...args: unknown[]) => void) =>
        listeners.set(channel, [...(listeners.get(channel) ?? []), listener]),
    },
    // a page can't make a file that lies somewhere, so its path is its name
    webUtils: { getPathForFile: (file: { readonly name: string }) => decodeURIComponent(file.name) },
  };
  const require = (name: string) => {
    if (name !== 'electron') throw new Error(`A sandboxed preload can't load ${name}`);
    return electron;
  };
  const module = { exports: {} };
  preload(require, module, module.exports, { platform: given.platform });
}

/** The text of a script that runs the built preload (`source`) in a page of the stand-in. */
export function preloadScript(source: string, platform: string): string {
  const given: Given = { platform, bindings: BINDINGS, inbox: INBOX };
  return `(${runPreload.toString()})(${JSON.stringify(given)}, (require, module, exports, process) => {\n${source}\n});`;
}
