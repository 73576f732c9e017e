const LOCKS = set(
  'package-lock.json npm-shrinkwrap.json pnpm-lock.yaml composer.lock Cargo.lock Gemfile.lock go.sum go.work.sum',
);
const ENDINGS = /(?:\.lock|\.lockb|\.lock\.json|-lock\.json|\.min\.\w+|\.map|\.snap|\.bundle\.js|\.chunk\.js)$/i;

/** Whether a file is made by a program and full of digests, by its path: lockfiles, minified bundles, source maps, snapshots. */
export function isGenerated(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return LOCKS.has(name) || ENDINGS.test(name);
}

function set(words: string): ReadonlySet<string> {
  return new Set(words.split(' '));
}
