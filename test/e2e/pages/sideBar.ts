import type { Locator, Page } from 'playwright-core';
import { wholeText } from './wholeText';

/** The side bar with the views of one container. */
export class SideBar {
  readonly #page: Page;
  readonly root: Locator;

  constructor(page: Page) {
    this.#page = page;
    this.root = page.locator('.part.sidebar');
  }

  /** Shows the view container with this title, if it is not shown already. */
  async open(container: string): Promise<void> {
    const tab = this.#page.locator('.activitybar .action-item', {
      has: this.#page.locator(`.action-label[aria-label^="${container}"]`),
    });
    if ((await tab.getAttribute('aria-expanded')) !== 'true') await tab.click();
    await this.root.locator('.composite.title').filter({ hasText: container }).waitFor();
  }

  /** What a view without content says, buttons included. */
  async welcome(): Promise<string> {
    return this.root.locator('.welcome-view-content').filter({ visible: true }).first().innerText();
  }

  /** Waits until a view without content says this; an extension that is just starting may change it. */
  async waitForWelcome(text: string | RegExp): Promise<void> {
    await this.root.locator('.welcome-view-content').filter({ hasText: text, visible: true }).first().waitFor();
  }

  /** Presses a button or link of the welcome text. */
  async chooseWelcome(name: string | RegExp): Promise<void> {
    const content = this.root.locator('.welcome-view-content').filter({ visible: true });
    await content.getByRole('button', { name }).or(content.getByRole('link', { name })).first().click();
  }

  /** The labels of the tree's lines in sight, each indented by two blanks per level. */
  async tree(): Promise<string[]> {
    const rows = this.root.locator('.customview-tree .monaco-list-row');
    await rows.first().waitFor();
    return rows.evaluateAll((all) => {
      const sorted = all.sort((a, b) => Number(a.getAttribute('data-index')) - Number(b.getAttribute('data-index')));
      return sorted.map((row) => {
        const level = Number(row.getAttribute('aria-level') ?? 1);
        return '  '.repeat(level - 1) + (row.querySelector('.label-name')?.textContent ?? '');
      });
    });
  }

  /** A line of the tree by its label. */
  row(label: string | RegExp): Locator {
    const hasText = typeof label === 'string' ? wholeText(label) : label;
    const name = this.#page.locator('.label-name').filter({ hasText });
    return this.root.locator('.customview-tree .monaco-list-row').filter({ has: name });
  }

  async expand(label: string): Promise<void> {
    const row = this.row(label);
    if ((await row.getAttribute('aria-expanded')) === 'false') await row.locator('.monaco-tl-twistie').click();
    await this.root.locator('.customview-tree .monaco-list-row[aria-expanded="true"]').and(row).waitFor();
  }

  /** Puts the keyboard into the tree, on whichever line it was last. */
  async focusTree(): Promise<void> {
    await this.root.locator('.customview-tree .monaco-list').focus();
  }

  async collapse(label: string): Promise<void> {
    const row = this.row(label);
    if ((await row.getAttribute('aria-expanded')) === 'true') await row.locator('.monaco-tl-twistie').click();
    await this.root.locator('.customview-tree .monaco-list-row[aria-expanded="false"]').and(row).waitFor();
  }

  /** Waits until the tree has not changed over a good number of frames: a menu opened on lines that are just replaced acts on none. */
  async waitUntilCalm(): Promise<void> {
    const tree = this.root.locator('.customview-tree').first();
    await tree.evaluate(
      (element) =>
        new Promise<void>((resolve) => {
          let frames = 0;
          const watching = new MutationObserver(() => {
            frames = 0;
          });
          watching.observe(element, { childList: true, subtree: true, attributes: true });
          const count = () => {
            frames++;
            if (frames < 40) {
              requestAnimationFrame(count);
            } else {
              watching.disconnect();
              resolve();
            }
          };
          requestAnimationFrame(count);
        }),
    );
  }

  /** Presses an inline button of a line, by its tooltip. */
  async chooseInline(label: string, name: string | RegExp): Promise<void> {
    await this.row(label).hover();
    await this.row(label).getByRole('button', { name }).click();
  }

  /** Chooses from the context menu of a line. */
  async chooseFromMenu(label: string, entry: string | RegExp): Promise<void> {
    await this.row(label).click({ button: 'right' });
    const item = this.#page.locator('.monaco-menu').getByRole('menuitem', { name: entry });
    await item.hover();
    // A menu that has just opened does not take clicks yet; keys it takes at once.
    await this.#page.keyboard.press('Enter');
    await item.waitFor({ state: 'detached' });
  }

  /** Presses a button in the title of the container or of a view, by its tooltip. */
  async chooseInTitle(name: string | RegExp): Promise<void> {
    await this.root.locator('.composite.title, .pane-header').getByRole('button', { name }).first().click();
  }
}
