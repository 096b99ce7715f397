const PROBES = /^\/(health|metrics)(?=[/?]|$)/;

/** Whether a machine asks how the service does, every few seconds: nobody wants to read about that when all is well. */
export function isProbe(url: string): boolean {
  return PROBES.test(url);
}
