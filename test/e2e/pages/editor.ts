import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import type { QuickInput } from './quickInput';

/** The active text editor. */
export class Editor {
  readonly #page: Page;
  readonly #quickInput: QuickInput;
  readonly #workspace: string;
  readonly root: Locator;

  constructor(page: Page, quickInput: QuickInput, workspace: string) {
    this.#page = page;
    this.#quickInput = quickInput;
    this.#workspace = workspace;
    this.root = page.locator('.editor-group-container.active .editor-instance .monaco-editor').first();
  }

  /** Opens a file of the workspace (path relative to it) with the cursor at a line and column, both counted from 1. */
  async open(file: string, line = 1, column = 1): Promise<void> {
    const name = file.split('/').at(-1) ?? file;
    // By mouse: a key may go to a webview that is about to lose the focus, and be lost there.
    await this.#page.locator('.command-center-quick-pick').click();
    await this.#quickInput.waitForPlaceholder(/^Search files by name/);
    await this.#quickInput.type(join(this.#workspace, file));
    await this.#quickInput.waitForActive(name);
    await this.#quickInput.accept();
    await this.#page.locator('.tab.active').filter({ hasText: name }).waitFor();
    await this.goTo(line, column);
  }

  /** Puts the cursor of the active editor at a line and column, both counted from 1. */
  async goTo(line: number, column: number): Promise<void> {
    await this.#page.keyboard.press('Control+G');
    await this.#quickInput.type(`:${line}:${column}`);
    // Until then Enter means what was typed before.
    await this.#quickInput.item(new RegExp(`\\bline ${line} at column ${column}\\b`)).waitFor();
    await this.#quickInput.accept();
    await this.waitForCursor(line, column);
  }

  /** Selects `length` characters from a line and column on, both counted from 1. */
  async select(line: number, column: number, length: number): Promise<void> {
    await this.goTo(line, column);
    for (let step = 0; step < length; step++) await this.#page.keyboard.press('Shift+ArrowRight');
  }

  async waitForCursor(line: number, column: number): Promise<void> {
    const place = this.#page.locator('[id="status.editor.selection"]');
    await place.filter({ hasText: `Ln ${line}, Col ${column}` }).waitFor();
  }

  /** Types at the cursor. */
  async type(text: string): Promise<void> {
    await this.#page.keyboard.insertText(text);
  }

  /** The lines that are scrolled into sight, as one text. Works for documents without a file, too. */
  async text(): Promise<string> {
    await this.root.locator('.view-line').first().waitFor();
    return this.root.locator('.view-lines').first().evaluate(visibleText);
  }

  /** Waits until a line in sight contains this. */
  async waitForText(text: string): Promise<void> {
    await this.root.locator('.view-line').filter({ hasText: text }).first().waitFor();
  }

  /** Saves the active document, which is this file of the workspace, and resolves with what is on the disk then. */
  async save(file: string): Promise<string> {
    await this.#page.keyboard.press('Control+S');
    await this.#page.locator('.tab.active:not(.dirty)').waitFor();
    return readFile(join(this.#workspace, file), 'utf8');
  }

  /** Right-clicks at the cursor and goes through the menu by these labels. */
  async chooseFromMenu(...labels: readonly string[]): Promise<void> {
    await this.root.locator('.cursors-layer .cursor').first().click({ button: 'right', force: true });
    for (const label of labels) {
      const item = this.#page.locator('.monaco-menu').getByRole('menuitem', { name: label }).last();
      await item.hover();
      // A menu that has just opened does not take clicks yet; keys it takes at once.
      await this.#page.keyboard.press('Enter');
    }
    await this.#page.locator('.monaco-menu').first().waitFor({ state: 'detached' });
  }

  /** Opens the menu of quick fixes at the cursor and resolves with what it offers, as it is in sight. */
  async openQuickFixes(): Promise<readonly string[]> {
    // A box that has just closed gives the focus back in its own time.
    await this.#page.locator('.editor-group-container.active .monaco-editor.focused').waitFor();
    await this.#page.keyboard.press('Control+.');
    await this.quickFix(/./).first().waitFor();
    return this.quickFix(/./).allInnerTexts();
  }

  /** A line of the menu of quick fixes. */
  quickFix(title: string | RegExp): Locator {
    return this.#page.locator('.action-widget .monaco-list-row.action').filter({ hasText: title });
  }

  /** What is underlined, by how bad it is. */
  underlined(severity: 'error' | 'warning' | 'info' | 'hint'): Locator {
    return this.root.locator(`.squiggly-${severity}`);
  }

  /** A code lens by its text. */
  codeLens(text: string | RegExp): Locator {
    return this.root.locator('.codelens-decoration').getByRole('button', { name: text });
  }
}

/** Runs in the page. Lines are drawn in any order, and with blanks that don't break. */
function visibleText(lines: Element): string {
  return [...lines.querySelectorAll<HTMLElement>('.view-line')]
    .sort((a, b) => Number.parseFloat(a.style.top) - Number.parseFloat(b.style.top))
    .map((line) => (line.textContent ?? '').replaceAll('\u00a0', ' '))
    .join('\n');
}
