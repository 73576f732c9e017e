/** How often a property is tried: a sample by default, the full count when `FC_RUNS` says so. */
export const RUNS = Number(process.env.FC_RUNS ?? 200);
