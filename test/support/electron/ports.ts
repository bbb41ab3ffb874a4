import { EventEmitter } from 'node:events';

/** Electron's `MessagePortMain`: messages wait until `start`, and the end of one side is the end of the other. */
export class PortMain extends EventEmitter {
  readonly of: MessageChannelMain;
  peer: PortMain | null = null;
  #waiting: unknown[] | null = [];

  constructor(channel: MessageChannelMain) {
    super();
    this.of = channel;
  }
  postMessage(data: unknown): void {
    this.peer?.receive(data);
  }
  receive(data: unknown): void {
    if (this.#waiting === null) this.emit('message', { data, ports: [] });
    else this.#waiting.push(data);
  }
  start(): void {
    const waiting = this.#waiting ?? [];
    this.#waiting = null;
    for (const data of waiting) this.emit('message', { data, ports: [] });
  }
  close(): void {
    const { peer } = this;
    if (peer === null) return;
    this.peer = null;
    peer.peer = null;
    this.emit('close');
    peer.emit('close');
  }
}

/** Electron's `MessageChannelMain`. */
export class MessageChannelMain {
  readonly port1 = new PortMain(this);
  readonly port2 = new PortMain(this);
  constructor() {
    this.port1.peer = this.port2;
    this.port2.peer = this.port1;
  }
}

/** Where a port goes when it is handed to another process: what it hears is sent there, what comes back is posted. */
export type Carrier = {
  readonly data: (port: number, data: unknown) => void;
  readonly closed: (port: number) => void;
};

/** The ports that were handed to one other process. */
export class CarriedPorts {
  readonly #ports = new Map<number, PortMain>();
  readonly #carrier: Carrier;
  static #next = 1;

  constructor(carrier: Carrier) {
    this.#carrier = carrier;
  }
  carry(port: PortMain): number {
    const id = CarriedPorts.#next++;
    this.#ports.set(id, port);
    port.on('message', ({ data }: { data: unknown }) => this.#carrier.data(id, data));
    port.on('close', () => {
      if (this.#ports.delete(id)) this.#carrier.closed(id);
    });
    port.start();
    return id;
  }
  take(id: number, data: unknown): void {
    this.#ports.get(id)?.postMessage(data);
  }
  close(id: number): void {
    const port = this.#ports.get(id);
    this.#ports.delete(id);
    port?.close();
  }
  /** the other process has gone */
  closeAll(): void {
    for (const id of this.#ports.keys()) this.close(id);
  }
}
