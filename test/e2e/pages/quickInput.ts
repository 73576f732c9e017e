import type { Locator, Page } from 'playwright-core';
import { wholeText } from './wholeText';

/** One line of a quick pick as a person reads it, without icons. */
export type Item = { readonly label: string; readonly description: string; readonly detail: string };

/** The box at the top of the window: quick picks, input boxes and the command palette. */
export class QuickInput {
  readonly #page: Page;
  readonly widget: Locator;
  readonly input: Locator;

  constructor(page: Page) {
    this.#page = page;
    this.widget = page.locator('.quick-input-widget').first();
    this.input = this.widget.locator('.quick-input-box input');
  }

  /** Waits until it shows this title; a pattern for a part of it or for its step, "Sign (1/3)". */
  async waitForTitle(title: string | RegExp): Promise<void> {
    const wanted = typeof title === 'string' ? wholeText(title) : title;
    await this.widget.locator('.quick-input-title').filter({ hasText: wanted, visible: true }).waitFor();
  }

  async waitForPlaceholder(placeholder: string | RegExp): Promise<void> {
    await this.widget.getByPlaceholder(placeholder, { exact: true }).waitFor();
  }

  async waitUntilClosed(): Promise<void> {
    await this.widget.waitFor({ state: 'hidden' });
  }

  /** With its step, as shown: "Sign a Video (2/3)". */
  async title(): Promise<string> {
    return (await this.widget.locator('.quick-input-title').innerText()).trim();
  }

  async placeholder(): Promise<string> {
    return (await this.input.getAttribute('placeholder')) ?? '';
  }

  async value(): Promise<string> {
    return this.input.inputValue();
  }

  /** Whether what is typed is shown as dots. */
  async isPassword(): Promise<boolean> {
    return (await this.input.getAttribute('type')) === 'password';
  }

  /** Whether its progress bar runs. VS Code lets it run only after the first 0.8 s of being busy. */
  async isBusy(): Promise<boolean> {
    return (await this.widget.locator('.quick-input-progress.active').count()) > 0;
  }

  async waitUntilBusy(): Promise<void> {
    await this.widget.locator('.quick-input-progress.active').waitFor({ state: 'attached' });
  }

  async waitUntilIdle(): Promise<void> {
    await this.widget.locator('.quick-input-progress.active').waitFor({ state: 'detached' });
  }

  /** The line below the box: what is wrong with the value, or else the prompt. */
  async message(): Promise<string> {
    return (await this.widget.locator('.quick-input-message').innerText()).trim();
  }

  async waitForMessage(text: string | RegExp): Promise<void> {
    await this.widget.locator('.quick-input-message').filter({ hasText: text, visible: true }).waitFor();
  }

  /** How the box is marked: `none` as long as the message is only the prompt. */
  async severity(): Promise<'none' | 'info' | 'warning' | 'error'> {
    const classes = (await this.widget.locator('.monaco-inputbox').first().getAttribute('class')) ?? '';
    return (['error', 'warning', 'info'] as const).find((severity) => classes.split(' ').includes(severity)) ?? 'none';
  }

  /** The lines that are scrolled into sight, from top to bottom. */
  async items(): Promise<Item[]> {
    await this.#rows.first().waitFor();
    return this.#rows.evaluateAll((rows) => {
      const sorted = rows.sort((a, b) => Number(a.getAttribute('data-index')) - Number(b.getAttribute('data-index')));
      return sorted.map((row) => {
        const text = (selector: string) =>
          row.querySelector(selector)?.textContent?.replaceAll('\u00a0', ' ').trim() ?? '';
        const [first] = row.querySelectorAll('.quick-input-list-row');
        return {
          label: first?.querySelector('.label-name')?.textContent?.replaceAll('\u00a0', ' ').trim() ?? '',
          description: first?.querySelector('.label-description')?.textContent?.replaceAll('\u00a0', ' ').trim() ?? '',
          detail: text('.quick-input-list-label-meta'),
        };
      });
    });
  }

  /** The line with this label. Lists are virtual: type a part of it first when it may be out of sight. */
  item(label: string | RegExp): Locator {
    const wanted = typeof label === 'string' ? wholeText(label) : label;
    const name = this.#page.locator('.quick-input-list-row:first-child .label-name').filter({ hasText: wanted });
    return this.#rows.filter({ has: name });
  }

  /** Waits until Enter would choose the line with this label. */
  async waitForActive(label: string): Promise<void> {
    await this.item(label).and(this.#page.locator('.focused')).first().waitFor();
  }

  /** Puts this text into the box, in place of what is there. */
  async type(text: string): Promise<void> {
    await this.input.fill(text);
  }

  /** Chooses the line with this label, waiting for it. */
  async pick(label: string | RegExp): Promise<void> {
    await this.item(label).first().click();
  }

  /** Goes down to the line whose label begins like this, and presses Enter. Lists are longer than what is in sight. */
  async pickByKey(label: string): Promise<void> {
    await this.#rows.first().waitFor();
    const focused = this.#rows.and(this.#page.locator('.focused')).locator('.label-name').first();
    const seen = new Set<string>();
    for (;;) {
      const text = ((await focused.textContent()) ?? '').replaceAll('\u00a0', ' ').trim();
      if (text.startsWith(label.trim())) break;
      if (seen.has(text)) throw new Error(`No line begins with "${label}", but: ${[...seen].join(' | ')}`);
      seen.add(text);
      const row = await this.input.getAttribute('aria-activedescendant');
      await this.input.press('ArrowDown');
      await this.input.and(this.#page.locator(`:not([aria-activedescendant="${row}"])`)).waitFor();
    }
    await this.accept();
  }

  /** Enter. */
  async accept(): Promise<void> {
    await this.input.press('Enter');
  }

  /** Types and presses Enter. */
  async submit(text: string): Promise<void> {
    await this.type(text);
    await this.accept();
  }

  async back(): Promise<void> {
    await this.button(/^Back/).click();
  }

  /** Back by keyboard, for which the pointer may rest nowhere: the hint at a button would take the next Esc. */
  async backByKey(): Promise<void> {
    await this.#page.mouse.move(0, 0);
    await this.input.press('Control+Alt+-');
  }

  /** Esc. */
  async cancel(): Promise<void> {
    await this.#page.keyboard.press('Escape');
  }

  /**
   * Esc; once more where a hint had appeared under the pointer, which takes the first one. The box has the focus first:
   * one that has just come back does not have it yet on a busy machine.
   */
  async leave(): Promise<void> {
    await this.#page.mouse.move(0, 0);
    await this.input.and(this.#page.locator(':focus')).waitFor();
    await this.cancel();
    const open = await this.widget.waitFor({ state: 'hidden', timeout: 1_000 }).catch((error: Error) => error);
    if (open) await this.cancel();
    await this.waitUntilClosed();
  }

  /** A button of the title or beside the box, by its tooltip. */
  button(name: string | RegExp): Locator {
    return this.widget.locator('.quick-input-titlebar, .quick-input-header').getByRole('button', { name });
  }

  /** A button at the end of a line, by its tooltip. */
  async clickItemButton(label: string | RegExp, name: string | RegExp): Promise<void> {
    const row = this.item(label).first();
    await row.hover();
    await row.getByRole('button', { name }).click();
  }

  get #rows(): Locator {
    return this.widget.locator('.quick-input-list .monaco-list-row');
  }
}
