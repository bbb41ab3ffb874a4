import { EventEmitter } from 'node:events';
import type * as Electron from 'electron';
import { seen } from './world.ts';

export const protocol = {
  registerSchemesAsPrivileged(schemes: Electron.CustomScheme[]): void {
    seen.schemes.push(...schemes);
  },
} satisfies Pick<Electron.Protocol, 'registerSchemesAsPrivileged'>;

type Guards = Pick<
  Electron.Session,
  | 'setPermissionRequestHandler'
  | 'setPermissionCheckHandler'
  | 'setDevicePermissionHandler'
  | 'setDisplayMediaRequestHandler'
  | 'setCertificateVerifyProc'
  | 'setSpellCheckerEnabled'
>;

const guards: Guards = {
  setPermissionRequestHandler: (handler) => void (seen.permissionRequest = handler),
  setPermissionCheckHandler: (handler) => void (seen.permissionCheck = handler),
  setDevicePermissionHandler: (handler) => void (seen.devicePermission = handler),
  setDisplayMediaRequestHandler: (handler) => void (seen.displayMedia = handler),
  setCertificateVerifyProc: (handler) => void (seen.certificates = handler),
  setSpellCheckerEnabled: (on) => void (seen.spellChecker = on),
};

const defaultSession = Object.assign(new EventEmitter(), guards, {
  protocol: {
    handle(scheme: string, answer: typeof seen.scheme): void {
      if (scheme === 'app') seen.scheme = answer;
    },
  },
  webRequest: {
    onBeforeRequest(handler: typeof seen.beforeRequest): void {
      seen.beforeRequest = handler;
    },
  },
});
export const session = { defaultSession };
