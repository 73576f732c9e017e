import type { Locator, Page } from 'playwright-core';
import type { Editor } from './editor';

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
    await this.#editor.root.locator('.view-line span').filter({ hasText: text }).last().hover();
    return this.#waitFor(says);
  }

  /** The same by keys, at the cursor. */
  async atCursor(says: string | RegExp): Promise<Locator> {
    await this.#page.keyboard.press('Control+K');
    await this.#page.keyboard.press('Control+I');
    return this.#waitFor(says);
  }

  async #waitFor(says: string | RegExp): Promise<Locator> {
    const part = this.root.locator('.rendered-markdown').filter({ hasText: says });
    await part.first().waitFor();
    return part.first();
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
