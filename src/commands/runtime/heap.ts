import { setFlagsFromString } from 'node:v8'

/** Keeps the heap of a long read small: V8 would let garbage grow to a hundred megabytes before collecting it, although only a
 *  few pages are in use. Costs no measurable time; docs/performance.md has the numbers. Older versions of V8 do not know the
 *  flags and would complain on stderr. */
export function keepHeapSmall(): void {
  if (Number.parseInt(process.versions.v8, 10) < 13) return
  setFlagsFromString('--semi-space-growth-factor=1')
  setFlagsFromString('--heap-growing-percent=20')
}
