import { createClient } from './client.ts';
import { useConnection } from '../state/connection.ts';

/** The one client of this window. Nothing is sent before the first call or `client.connect()`. */
export const client = createClient((state) => useConnection.setState({ connection: state }));

/** What the engine can be asked; see `contract/contract.ts`. Wrap calls in `attempt()` of `client.ts`. */
export const api = client.api;
