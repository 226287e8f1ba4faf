const EXIT_CODES = { SIGTERM: 143, SIGINT: 130 } as const

type Signal = keyof typeof EXIT_CODES

const SIGNALS = Object.keys(EXIT_CODES) as readonly Signal[]

/** How long a stop may take before the process ends anyway; the platform allows more. */
export const STOP_WITHIN_MS = 4000

/** Stops a command on SIGTERM and SIGINT. Returns a function for the exit code of the signal that came, if one did. */
export function onSignals(stopping: AbortController): () => number | undefined {
  let code: number | undefined
  for (const signal of SIGNALS) {
    process.on(signal, () => {
      code = EXIT_CODES[signal]
      stopping.abort()
      setTimeout(() => exit(EXIT_CODES[signal]), STOP_WITHIN_MS).unref()
    })
  }
  return () => code
}

/** Ends the process. Where a signal has stopped it, that signal is raised once more, so that whoever watches the process sees a stop
 *  and not a failure; the first process of a container outlives it, and ends with the signal's exit code. */
export function exit(code: number): never {
  const signal = SIGNALS.find(one => EXIT_CODES[one] === code)
  if (signal !== undefined) {
    process.removeAllListeners(signal)
    process.kill(process.pid, signal)
  }
  return process.exit(code)
}
