import type { Locator, Page } from 'playwright-core';

/** The dialog that stands in the way until it is answered. */
export class Modal {
  readonly box: Locator;

  constructor(page: Page) {
    this.box = page.locator('.monaco-dialog-box');
  }

  /** Waits for it; resolves with its message. */
  async message(): Promise<string> {
    return this.box.locator('.dialog-message-text').innerText();
  }

  /** Empty when there is none. */
  async detail(): Promise<string> {
    await this.box.waitFor();
    return this.box.locator('.dialog-message-detail').innerText();
  }

  async buttons(): Promise<string[]> {
    await this.box.waitFor();
    return this.box.locator('.dialog-buttons .monaco-button').allInnerTexts();
  }

  /** Presses a button, "Cancel" among them, and waits until the dialog is gone. */
  async choose(button: string): Promise<void> {
    await this.box.locator('.dialog-buttons').getByRole('button', { name: button, exact: true }).click();
    await this.box.waitFor({ state: 'detached' });
  }
}
