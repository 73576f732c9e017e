import type { Settings } from './server/settings';

/** What a VS Code is started with. */
export type Session = {
  /** Absolute path of the folder to open. */
  readonly workspace: string;
  /** Environment variables for VS Code and its extension host, over our own. */
  readonly env: Readonly<Record<string, string>>;
  /** Over the quiet defaults of server/settings.ts. */
  readonly userSettings?: Settings;
};

/** A VS Code that stands open, with the extension of this repository in Development mode. */
export type OpenSession = {
  /** Where to look at it; absent when it has a window of its own. */
  readonly address?: string;
  /** Resolves when it was closed or has died. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
};

/** A real VS Code that can be had on this machine. */
export type Host = {
  /** Which VS Code this is, for people. */
  readonly name: string;
  /**
   * Runs the exported `run()` of the script `testsPath` (absolute path) in the extension host, the extension of this repository
   * being in Test mode. Resolves with whether it succeeded; what it prints goes to our standard output.
   */
  runSuites(session: Session & { testsPath: string }): Promise<boolean>;
  /** Opens it for a person. `port`: of the address, any free one when absent; without meaning for a window. */
  open(session: Session & { port?: number }): Promise<OpenSession>;
};
