import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import { WebSocket } from 'ws';
import type { Contract } from '../src/contract/contract.ts';
import type { Result } from '../src/contract/failure.ts';

export type Client = ContractRouterClient<Contract>;

/** The view that shows everything. */
export const whole = { filter: '', focus: [] };

/** The value of a result; a failure is an error here. */
export function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

/** A client as the window has one, on a served engine. */
export function connect(address: string): Client {
  const url = new URL(address);
  const socket = new WebSocket(`ws://${url.host}/rpc${url.search}`, { origin: url.origin });
  return createORPCClient(new RPCLink({ websocket: socket as unknown as globalThis.WebSocket }));
}
