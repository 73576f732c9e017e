import type { FrameLocator, Page } from 'playwright-core';

/** A webview that is in sight. */
export class Webview {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /**
   * Waits for the tab with this title and resolves with the document that the extension gave its webview. VS Code nests two
   * frames: its own page, and in that the extension's, of which the next one waits beside it until it has loaded.
   */
  async waitFor(title: string): Promise<FrameLocator> {
    await this.#page.locator('.tab.active').filter({ hasText: title }).waitFor();
    const document = this.#page
      .frameLocator('iframe.webview.ready:visible')
      .frameLocator(`#active-frame[title="${title}"]`);
    await document.locator('body').waitFor();
    return document;
  }
}
