import { bearerToken } from '../../auth/guard.ts'
import { requestedPage, requestedWindow } from '../../request.ts'
import { refuse } from '../../response.ts'
import { DAY_MS } from '../../world/ground/time.ts'
import { type Fault, type FaultRow, wholeIn } from '../fault.ts'

/** Faults by which the API refuses what it usually accepts. */
export const limitFaults: readonly FaultRow[] = [
  {
    says: 'cap-pages:N',
    does: 'pages after the Nth get a 400',
    make: argument => {
      const last = wholeIn(argument, 10)
      return {
        intercept: request =>
          requestedPage(request.query) > last ? refuse(400, `page must not exceed ${last}`) : undefined,
      }
    },
  },
  {
    says: 'max-window-days:N',
    does: 'a time window of more than N days gets a 400',
    make: argument => {
      const longest = wholeIn(argument, 31)
      return {
        intercept: (request, world) => {
          const { from, to = world.now() } = requestedWindow(request.query)
          const tooLong = from !== undefined && to - from > longest * DAY_MS
          return tooLong ? refuse(400, `the time range must not exceed ${longest} days`) : undefined
        },
      }
    },
  },
  {
    says: 'retention-days:N',
    does: 'a time window that starts more than N days ago gets a 400',
    make: argument => {
      const kept = wholeIn(argument, 365)
      return {
        intercept: (request, world) => {
          const { from = Infinity } = requestedWindow(request.query)
          const tooOld = from < world.now() - kept * DAY_MS
          return tooOld ? refuse(400, `data is kept for ${kept} days`) : undefined
        },
      }
    },
  },
  {
    says: 'strict-params',
    does: 'unknown query parameters get a 400',
    make: () => ({
      intercept: ({ query, route }) => {
        const unknown = route && [...query.keys()].find(name => !route.parameters.includes(name))
        return unknown === undefined ? undefined : refuse(400, `unknown parameter ${unknown}`)
      },
    }),
  },
  { says: 'token-dies:K', does: 'a bearer token is refused (401) after K requests', make: mortalTokens },
  {
    says: 'no-static-pair',
    does: 'the X-Auth headers are refused (401)',
    make: () => ({
      intercept: request => (request.headers['x-auth-access-id'] === undefined ? undefined : refuse(401)),
    }),
  },
]

function mortalTokens(argument: string): Fault {
  const uses = wholeIn(argument, 10)
  const used = new Map<string, number>()
  return {
    intercept: request => {
      const token = bearerToken(request)
      const times = (used.get(token) ?? 0) + 1
      used.set(token, times)
      return token !== '' && times > uses ? refuse(401) : undefined
    },
  }
}
