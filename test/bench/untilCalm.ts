const CALM_MILLISECONDS = 4;
const CALM_TRIPS = 25;
const MAX_TRIPS = 5000;

/**
 * A window that has just opened is busy with itself, and what is measured then is that. Waits until trips between the
 * extension host and the window are quick, many in a row.
 */
export async function untilCalm(makeTrip: (trip: number) => Thenable<unknown>): Promise<void> {
  for (let calm = 0, trips = 0; calm < CALM_TRIPS && trips < MAX_TRIPS; trips++) {
    const before = performance.now();
    await makeTrip(trips);
    calm = performance.now() - before < CALM_MILLISECONDS ? calm + 1 : 0;
  }
}
