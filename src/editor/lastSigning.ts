import type { Disposable } from 'vscode';
import type { WatchedCache } from './storage';

/** Where flows/ keep the last signing of this workspace. */
const KEY = 'lastSigning';

/** Whether there is a signing in this workspace that can be repeated. */
export function hasLastSigning(workspaceCache: Pick<WatchedCache, 'read'>): boolean {
  return workspaceCache.read(KEY) !== undefined;
}

/** Calls back when another signing is the last one. */
export function onLastSigning(workspaceCache: WatchedCache, listener: () => void): Disposable {
  return workspaceCache.onDidWrite((key) => {
    if (key === KEY) listener();
  });
}
