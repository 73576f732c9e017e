/** How long a video plays (seconds), as players write it: `0:07`, `3:12`, `1:02:03`. */
export function playLength(duration: number): string {
  const whole = Math.floor(duration);
  const [hours, minutes, seconds] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const two = (number: number) => String(number).padStart(2, '0');
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds)}` : `${minutes}:${two(seconds)}`;
}
