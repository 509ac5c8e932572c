/** Loaded before a service (`node --import`): on SIGUSR2 the process' clock jumps by CLOCK_JUMP_MS. */
const RealDate = Date;
const jumpMs = Number(process.env.CLOCK_JUMP_MS);
let offsetMs = 0;

globalThis.Date = new Proxy(RealDate, {
  construct(target, given: unknown[], as) {
    return Reflect.construct(target, given.length === 0 ? [RealDate.now() + offsetMs] : given, as) as object;
  },
  get(target, key, receiver) {
    return key === 'now' ? () => RealDate.now() + offsetMs : Reflect.get(target, key, receiver);
  },
});

process.on('SIGUSR2', () => {
  offsetMs = jumpMs;
});
