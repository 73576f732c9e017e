import type { Locator, Page } from 'playwright-core';
import type { Editor } from './editor';

/** So long a card that was asked for may take, and so often it is asked for. */
const patienceMilliseconds = 5_000;
const attempts = 3;

/** The card over a text of the editor on which the mouse rests. */
export class Hover {
  readonly #page: Page;
  readonly #editor: Editor;
  readonly root: Locator;

  constructor(page: Page, editor: Editor) {
    this.#page = page;
    this.#editor = editor;
    this.root = page.locator('.monaco-resizable-hover .monaco-hover');
  }

  /** Rests the mouse on a text of the document until a card says this; resolves with the part of it that does. */
  async over(text: string, says: string | RegExp): Promise<Locator> {
    return this.#show(says, async () => {
      // Where it rests already nothing would happen.
      await this.#page.mouse.move(2, 2);
      await this.#editor.root.locator('.view-line span').filter({ hasText: text }).last().hover();
    });
  }

  /** The same by keys, at the cursor. */
  async atCursor(says: string | RegExp): Promise<Locator> {
    return this.#show(says, async () => {
      await this.#page.keyboard.press('Control+K');
      await this.#page.keyboard.press('Control+I');
    });
  }

  /** A card that has just appeared goes when the editor still changes below it, as it does once its lenses are there. */
  async #show(says: string | RegExp, ask: () => Promise<void>): Promise<Locator> {
    const part = this.root.locator('.rendered-markdown').filter({ hasText: says }).first();
    for (let attempt = 1; ; attempt++) {
      await ask();
      const failure = await part.waitFor({ timeout: patienceMilliseconds }).catch((error: Error) => error);
      if (!(failure instanceof Error)) return part;
      if (attempt === attempts) throw failure;
    }
  }

  /** Follows a link of the card. */
  async choose(action: string): Promise<void> {
    await this.root.locator('.rendered-markdown a').filter({ hasText: action }).first().click();
  }

  async hide(): Promise<void> {
    await this.#page.mouse.move(2, 2);
    await this.#page.keyboard.press('Escape');
    await this.root.filter({ visible: true }).waitFor({ state: 'detached' });
  }
}
