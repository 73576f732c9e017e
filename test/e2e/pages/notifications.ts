import type { Locator, Page } from 'playwright-core';
import type { CommandPalette } from './commandPalette';

/** The toasts in the corner of the window. */
export class Notifications {
  readonly #page: Page;
  readonly #commandPalette: CommandPalette;

  constructor(page: Page, commandPalette: CommandPalette) {
    this.#page = page;
    this.#commandPalette = commandPalette;
  }

  /** The toast whose message contains this. */
  toast(text: string | RegExp): Locator {
    const message = this.#page.locator('.notification-list-item-message').filter({ hasText: text });
    return this.#page.locator('.notification-toast').filter({ has: message });
  }

  /** Waits for a toast whose message contains this; resolves with the whole message. */
  async waitFor(text: string | RegExp): Promise<string> {
    return (await this.toast(text).first().locator('.notification-list-item-message').innerText()).trim();
  }

  async severity(text: string | RegExp): Promise<'info' | 'warning' | 'error'> {
    const classes = await this.toast(text).first().locator('.notification-list-item-icon').getAttribute('class');
    return (['error', 'warning'] as const).find((severity) => classes?.includes(`codicon-${severity}`)) ?? 'info';
  }

  /** The buttons of a toast, in the order in which the extension named them. */
  async buttons(text: string | RegExp): Promise<string[]> {
    const toast = this.toast(text).first();
    await toast.waitFor();
    return toast.locator('.notification-list-item-buttons-container .monaco-button').allInnerTexts();
  }

  /** Presses a button of a toast. */
  async choose(text: string | RegExp, button: string): Promise<void> {
    await this.toast(text).first().getByRole('button', { name: button, exact: true }).click();
  }

  async messages(): Promise<string[]> {
    return this.#page.locator('.notification-toast .notification-list-item-message').allInnerTexts();
  }

  /** Closes every toast in sight. */
  async clear(): Promise<void> {
    if ((await this.messages()).length > 0) await this.#commandPalette.run('Notifications: Clear All Notifications');
    await this.#page.locator('.notification-toast').first().waitFor({ state: 'detached' });
  }
}
