import { Stream } from '@cloudflare/stream-react';

export function OnboardingPlayer({ onEnded }) {
  // The tour is private. Select the id in src, run "Stream Signer: Sign a Video…" and choose Result → Token.
  return (
    <figure>
      <Stream src="1b6f0d2a4c8e47d39a5b7c6e8f901234" controls responsive onEnded={onEnded} />
      <figcaption>Onboarding tour, 3 minutes</figcaption>
    </figure>
  );
}
