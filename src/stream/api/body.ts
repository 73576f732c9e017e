/** The body as text, or `undefined` once it is over the limit in bytes. Unpacked bytes count: 200 KB of gzip can hold 200 MB. */
export async function readBody(response: Response, maxBytes: number): Promise<string | undefined> {
  if (response.body === null) return '';
  const decoder = new TextDecoder();
  const reader = response.body.getReader();
  let text = '';
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    bytes += value.byteLength;
    if (bytes > maxBytes) return undefined;
    text += decoder.decode(value, { stream: true });
  }
}

/** Whether a body began as JSON and is none: cut off on its way, or garbled. Something else than JSON is not broken. */
export function isBrokenJson(text: string): boolean {
  if (!/^\s*[{[]/.test(text)) return false;
  try {
    JSON.parse(text);
    return false;
  } catch {
    // The error quotes the text; it is dropped on purpose.
    return true;
  }
}
