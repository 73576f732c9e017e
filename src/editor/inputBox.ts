import { type InputBoxValidationMessage, InputBoxValidationSeverity, window } from 'vscode';
import type { InputQuestion, Reply, Verdict } from '../flows/prompter';
import { openBox } from './questionBox';

const SEVERITIES = {
  info: InputBoxValidationSeverity.Info,
  warning: InputBoxValidationSeverity.Warning,
  error: InputBoxValidationSeverity.Error,
} as const;

/** Asks for one line of text. */
export function askInput(question: InputQuestion): Promise<Reply<string>> {
  const box = window.createInputBox();
  const judge = (text: string) => {
    box.validationMessage = toMessage(question.validate(text));
  };
  const { reply, settle, signal, whileBusy, fail } = openBox<string>(box, question, judge);
  box.prompt = question.prompt;
  box.password = question.secret ?? false;
  box.value = question.value ?? '';
  box.onDidChangeValue(judge);
  let checking = false;
  box.onDidAccept(async () => {
    if (checking) return;
    const text = box.value;
    const verdict = question.validate(text);
    box.validationMessage = toMessage(verdict);
    if (verdict?.severity === 'error') return;
    const { check } = question;
    if (check === undefined) return settle({ kind: 'answer', value: text });
    checking = true;
    try {
      const found = await whileBusy((aborted) => check(text, aborted));
      if (signal.aborted) return;
      if (found?.severity !== 'error') return settle({ kind: 'answer', value: text });
      box.validationMessage = toMessage(found);
    } catch (error) {
      fail(error);
    } finally {
      checking = false;
    }
  });
  box.show();
  // What is filled in is judged at once; an empty box is not scolded before anything was typed.
  if (box.value !== '') judge(box.value);
  return reply;
}

function toMessage(verdict: Verdict | undefined): InputBoxValidationMessage | undefined {
  // A message can carry Cloudflare's words, and VS Code makes commands out of [x](command:…) here too.
  return verdict && { message: verdict.message.replaceAll('](', ']\u200a('), severity: SEVERITIES[verdict.severity] };
}
