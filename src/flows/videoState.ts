import * as l10n from '@vscode/l10n';

/** What keeps a video from being played, in words; nothing for one that is ready. */
export function videoStateText(state: string): readonly string[] {
  switch (state) {
    case '':
    case 'ready':
      return [];
    case 'pendingupload':
      return [l10n.t('not uploaded yet')];
    case 'downloading':
    case 'queued':
    case 'inprogress':
      return [l10n.t('still being processed')];
    case 'live-inprogress':
      return [l10n.t('live now')];
    case 'error':
      return [l10n.t('processing failed')];
    default:
      return [state];
  }
}
