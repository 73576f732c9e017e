import * as l10n from '@vscode/l10n';
import type { FormGroup, ResultForm, UrlOfForm } from '../../stream/delivery/resultForms';

export function formText(form: ResultForm | UrlOfForm['form']): string {
  switch (form) {
    case 'token':
      return l10n.t('Token');
    case 'hls':
      return l10n.t('HLS URL');
    case 'llhls':
      return l10n.t('Low-latency HLS URL');
    case 'dvr':
      return l10n.t('HLS URL with DVR');
    case 'dash':
      return l10n.t('DASH URL');
    case 'whep':
      return l10n.t('WebRTC (WHEP) URL');
    case 'iframe':
      return l10n.t('Player (iframe) URL');
    case 'watch':
      return l10n.t('Watch page');
    case 'thumbnail':
      return l10n.t('Thumbnail (JPEG) URL');
    case 'animation':
      return l10n.t('Animated thumbnail (GIF) URL');
    case 'mp4':
      return l10n.t('MP4 download URL');
    case 'm4a':
      return l10n.t('M4A (sound only) download URL');
    case 'iframeCode':
      return l10n.t('HTML with an iframe');
    case 'reactCode':
      return l10n.t('React <Stream>');
    case 'elementCode':
      return l10n.t('HTML <stream> element');
    case 'lifecycle':
      return l10n.t('Live status URL');
  }
}

/** What to know before choosing a form; nothing for most. */
export function formNote(form: ResultForm, downloadable: boolean): string | undefined {
  switch (form) {
    case 'llhls':
    case 'dvr':
      return l10n.t('for live inputs, beta');
    case 'whep':
      return l10n.t('for live inputs; tokens made by Cloudflare’s API do not open it');
    case 'mp4':
    case 'm4a':
      return downloadable
        ? l10n.t('once a download was made for the video')
        : l10n.t('opens only with "Downloads" allowed');
    case 'elementCode':
      return l10n.t('legacy');
    default:
      return undefined;
  }
}

export function groupText(group: FormGroup): string {
  switch (group) {
    case 'playback':
      return l10n.t('Playback');
    case 'player':
      return l10n.t('Player');
    case 'images':
      return l10n.t('Images');
    case 'downloads':
      return l10n.t('Downloads');
    case 'code':
      return l10n.t('Code');
  }
}

export function needsCodeNote(): string {
  return l10n.t('needs the customer code');
}

export function needsCodeSentence(): string {
  return l10n.t(
    'This exists only on your own host, customer-<code>.cloudflarestream.com, and the code is not known yet. Pick a video from the list once, which tells the code, or use "Set Customer Code…".',
  );
}
