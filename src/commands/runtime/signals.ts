const EXIT_CODES = { SIGTERM: 143, SIGINT: 130 } as const

type Signal = keyof typeof EXIT_CODES

/** How long a stop may take before the process ends anyway; the platform allows more. */
export const STOP_WITHIN_MS = 4000

/** What came from outside while a command ran. */
export interface Signals {
  /** The exit code of the signal that came, if one did. */
  code(): number | undefined
  /** Raises the signal again that came, if one did, without handling it: whoever watches the process sees that it was stopped, and
   *  did not fail. The first process of a container is still alive after it. */
  raise(): void
}

/** Stops a command on SIGTERM and SIGINT. */
export function onSignals(stopping: AbortController): Signals {
  let came: Signal | undefined
  const raise = () => {
    if (came === undefined) return
    process.removeAllListeners(came)
    process.kill(process.pid, came)
  }
  for (const signal of Object.keys(EXIT_CODES) as Signal[]) {
    process.on(signal, () => {
      came = signal
      stopping.abort()
      setTimeout(() => {
        raise()
        process.exit(EXIT_CODES[signal])
      }, STOP_WITHIN_MS).unref()
    })
  }
  return { raise, code: () => (came === undefined ? undefined : EXIT_CODES[came]) }
}
