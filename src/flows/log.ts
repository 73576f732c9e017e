/** Where the flows write what happened. Everything passes the redactor on its way to the output channel. */
export interface Log {
  info(text: string): void;
  warn(text: string): void;
  error(text: string): void;
  /** Tells the redactor about a secret, so that it is hidden wherever it turns up. */
  hide(secret: string): void;
}
