import { connect } from 'node:net';

/**
 * Sends exactly these lines to a local port and returns all that comes back until the other side closes or is
 * silent: what a hostile program can send, and a well-behaved client library would not.
 */
export function rawRequest(port: number, lines: readonly string[]): Promise<string> {
  return new Promise((settle, failed) => {
    const socket = connect({ host: '127.0.0.1', port });
    let answer = '';
    socket.setTimeout(3_000, () => socket.destroy());
    socket.on('data', (chunk) => {
      answer += chunk.toString('latin1');
      if (answer.startsWith('HTTP/1.1 101')) socket.destroy();
    });
    socket.on('error', failed);
    socket.on('close', () => settle(answer));
    socket.write(`${lines.join('\r\n')}\r\n\r\n`);
  });
}

/** The lines of a WebSocket upgrade; a null value leaves a header out. */
export function upgradeLines(target: string, headers: Readonly<Record<string, string | null>>): string[] {
  const all: Record<string, string | null> = {
    Connection: 'Upgrade',
    Upgrade: 'websocket',
    'Sec-WebSocket-Version': '13',
    'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
    ...headers,
  };
  const given = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== null);
  return [`GET ${target} HTTP/1.1`, ...given.map(([name, value]) => `${name}: ${value}`)];
}
