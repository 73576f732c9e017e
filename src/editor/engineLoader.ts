import type { Engine, EngineParts } from '../engine';
import type { Platform } from './platform';

/** Loads the second bundle when something is first done, so that opening a window costs nothing. */
export function createEngineLoader(platform: Platform, parts: EngineParts): () => Engine {
  let engine: Engine | undefined;
  return () => {
    engine ??= platform.loadEngine().createEngine(parts);
    return engine;
  };
}
