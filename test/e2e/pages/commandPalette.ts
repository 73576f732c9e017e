import type { Page } from 'playwright-core';
import type { QuickInput } from './quickInput';

/** How long a command may be missing before the palette is opened anew: it does not learn of commands that come later. */
const patienceMilliseconds = 2_000;
const attempts = 6;

export class CommandPalette {
  readonly #page: Page;
  readonly #quickInput: QuickInput;

  constructor(page: Page, quickInput: QuickInput) {
    this.#page = page;
    this.#quickInput = quickInput;
  }

  /** Opens the palette with this text in it. */
  async open(text = ''): Promise<void> {
    // Pressed again while it is open, F1 would leave the text of before.
    await this.#page.keyboard.press('F1');
    await this.#quickInput.input.waitFor();
    await this.#quickInput.type(`>${text}`);
  }

  /** Runs the command with exactly this title, category included: "Stream Signer: Sign a Video…". */
  async run(title: string): Promise<void> {
    const row = this.#quickInput.item(title).first();
    for (let attempt = 1; ; attempt++) {
      await this.open(title);
      const failure = await row.waitFor({ timeout: patienceMilliseconds }).catch((error: Error) => error);
      if (!failure) break;
      if (attempt === attempts) throw new Error(`The command palette has no "${title}".`, { cause: failure });
      await this.#quickInput.cancel();
      await this.#quickInput.waitUntilClosed();
    }
    await row.click();
  }

  /** Whether the palette offers a command with exactly this title. The extension's commands must be known to it by then. */
  async offers(title: string): Promise<boolean> {
    await this.open(title);
    const row = this.#quickInput.item(title);
    const nothing = this.#quickInput.item('No matching commands');
    const lookalikes = this.#quickInput.widget
      .locator('.quick-input-list-separator')
      .filter({ hasText: 'similar commands' });
    await row.or(nothing).or(lookalikes).first().waitFor();
    const offered = (await row.count()) > 0;
    await this.#quickInput.cancel();
    await this.#quickInput.waitUntilClosed();
    return offered;
  }
}
