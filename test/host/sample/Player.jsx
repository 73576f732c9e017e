import { Stream } from '@cloudflare/stream-react';

export function OnboardingPlayer({ onEnded }) {
  // The tour is private. Put the cursor into src and run "Stream Signer: Sign a Video…": a token takes the place of the id.
  return (
    <figure>
      <Stream src="1b6f0d2a4c8e47d39a5b7c6e8f901234" controls responsive onEnded={onEnded} />
      <figcaption>Onboarding tour, 3 minutes</figcaption>
    </figure>
  );
}
