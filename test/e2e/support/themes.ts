/** The kinds of theme: VS Code's own of each, and the class by which its workbench is known. */
export const THEMES = {
  dark: { setting: 'Dark Modern', base: 'vs-dark' },
  light: { setting: 'Light Modern', base: 'vs' },
  'high contrast': { setting: 'Default High Contrast', base: 'hc-black' },
  'high contrast light': { setting: 'Default High Contrast Light', base: 'hc-light' },
} as const;

export type Theme = keyof typeof THEMES;

export const themes = Object.keys(THEMES) as readonly Theme[];
