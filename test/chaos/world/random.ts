export { seeded } from '../../support/random.ts';

/** The seed of this run: fixed unless `pnpm chaos` gives another one, which it prints. */
export const seed = Number(process.env.CHAOS_SEED ?? 20_261_124);
