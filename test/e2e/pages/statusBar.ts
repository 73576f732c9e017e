import type { Locator, Page } from 'playwright-core';

export class StatusBar {
  readonly #root: Locator;

  constructor(page: Page) {
    this.#root = page.locator('.part.statusbar');
  }

  /** The entry whose text contains this. */
  item(text: string | RegExp): Locator {
    return this.#root.locator('.statusbar-item').filter({ hasText: text });
  }

  async choose(text: string | RegExp): Promise<void> {
    await this.item(text).locator('a').click();
  }
}
