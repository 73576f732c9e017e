import * as l10n from '@vscode/l10n';
import type { ANIMATION_OPTIONS, OptionProblem, PLAYER_OPTIONS } from '../../stream/delivery/urlOptions';
import { durationText } from '../times';

/** An option that can be set for a result. */
export type UrlOption = keyof typeof PLAYER_OPTIONS | keyof typeof ANIMATION_OPTIONS;

/** Why a text is no value for an option of a URL, and what to type instead. */
export function urlOptionSentence(problem: OptionProblem): string {
  switch (problem.code) {
    case 'empty':
      return l10n.t('Type a value, or leave the field empty to leave it to Cloudflare.');
    case 'notOffered':
      return l10n.t('This can be only one of: {0}.', problem.values.join(', '));
    case 'noTime':
      return l10n.t('This is not a time. Examples: 90 (seconds), 1m30s, 1h12m27s.');
    case 'timeRange':
      return l10n.t('Type a time of at most {0}.', durationText(problem.most));
    case 'noWholeNumber':
      return l10n.t('Type a whole number.');
    case 'noNumber':
      return l10n.t('Type a number, for example 1.8.');
    case 'range':
      return l10n.t('Type a number from {0} to {1}.', problem.least, problem.most);
    case 'aboveZero':
      return l10n.t('Type a number above 0 and at most {0}.', problem.most);
    case 'noColour':
      return l10n.t('This is not a CSS colour. Examples: #f6821f, orange, hsl(120 80% 95%), transparent.');
    case 'noLanguage':
      return l10n.t('This is not a language code. Examples: en, de, pt-BR.');
    case 'noAddress':
      return l10n.t('Type a whole address that begins with https://.');
    case 'fileCharacters':
      return l10n.t('A file name may have only letters A-Z, digits, "-" and "_"; Cloudflare appends the extension.');
    case 'tooLong':
      return l10n.t('This is too long: at most {0} characters.', problem.most);
  }
}

export function optionText(name: UrlOption): string {
  switch (name) {
    case 'autoplay':
      return l10n.t('Start by itself');
    case 'muted':
      return l10n.t('Muted');
    case 'loop':
      return l10n.t('Loop');
    case 'controls':
      return l10n.t('Controls');
    case 'preload':
      return l10n.t('Preload');
    case 'startTime':
      return l10n.t('Start at');
    case 'defaultTextTrack':
      return l10n.t('Captions');
    case 'primaryColor':
      return l10n.t('Main colour');
    case 'letterboxColor':
      return l10n.t('Colour beside the picture');
    case 'poster':
      return l10n.t('Poster');
    case 'ad-url':
      return l10n.t('Advertisement');
    case 'dvrEnabled':
      return l10n.t('DVR');
    case 'time':
      return l10n.t('Moment');
    case 'height':
      return l10n.t('Height');
    case 'width':
      return l10n.t('Width');
    case 'fit':
      return l10n.t('Fit');
    case 'duration':
      return l10n.t('Length of the animation');
    case 'fps':
      return l10n.t('Frames per second of the animation');
  }
}

/** What the value is, for the empty field. */
export function optionHint(name: UrlOption): string {
  switch (name) {
    case 'preload':
      return l10n.t('How much should the browser load before someone plays?');
    case 'fit':
      return l10n.t('What if width and height have another shape than the video?');
    case 'startTime':
    case 'time':
      return l10n.t('A time in the video, e.g. 90 or 1m30s');
    case 'poster':
      return l10n.t('A time in the video, e.g. 1m30s, or the address of a picture');
    case 'defaultTextTrack':
      return l10n.t('Language of the captions that are on at first, e.g. en or pt-BR');
    case 'primaryColor':
    case 'letterboxColor':
      return l10n.t('A CSS colour, e.g. #f6821f');
    case 'ad-url':
      return l10n.t('Address of a VAST tag');
    case 'height':
    case 'width':
      return l10n.t('Pixels, e.g. 360; Cloudflare’s default is 640');
    case 'duration':
      return l10n.t('Seconds, e.g. 4; Cloudflare’s default is 5');
    case 'fps':
      return l10n.t('A whole number; Cloudflare’s default is 8');
    default:
      return optionText(name);
  }
}
