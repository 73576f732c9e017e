import type { Page } from 'playwright-core';

const pollMilliseconds = 50;
const patienceMilliseconds = 15_000;

export class Clipboard {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  async read(): Promise<string> {
    return this.#page.evaluate(() => navigator.clipboard.readText());
  }

  async write(text: string): Promise<void> {
    await this.#page.evaluate((value) => navigator.clipboard.writeText(value), text);
  }

  /** Waits until the text matches; resolves with it. Nothing tells when a clipboard changes, so it is read again and again. */
  async waitFor(wanted: RegExp): Promise<string> {
    const deadline = performance.now() + patienceMilliseconds;
    for (let text = await this.read(); ; text = await this.read()) {
      if (wanted.test(text)) return text;
      if (performance.now() > deadline) throw new Error(`The clipboard does not match ${wanted}; it holds: ${text}`);
      await this.#page.waitForTimeout(pollMilliseconds);
    }
  }
}
