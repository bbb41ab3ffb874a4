import type { HostBridge } from '../../contract/host.ts';

declare global {
  interface Window {
    readonly vekscopeHost?: HostBridge;
  }
}
