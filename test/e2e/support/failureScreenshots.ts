import type { Window } from './window';

const open = new Set<Window>();

/** From now on a failing test leaves a picture of this window in dist-test/screenshots/. */
export function rememberWindow(window: Window): void {
  open.add(window);
}

export function forgetWindow(window: Window): void {
  open.delete(window);
}

// At the top of a file that suites import, this is a hook of mocha's root suite. Outside mocha there is no such function.
if (typeof globalThis.afterEach === 'function') {
  afterEach(async function () {
    if (this.currentTest?.state !== 'failed') return;
    for (const window of open) {
      const path = await window.screenshot(`failed ${this.currentTest.fullTitle()}`);
      console.error(`      picture: ${path}`);
    }
  });
}
