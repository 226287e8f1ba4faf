import { JSONPathEnvironment, jsonpath } from 'json-p3'

const { expressions, functions } = jsonpath
const strictMatch = new functions.Match({ throwErrors: true })

/** By the standard, an unsupported pattern matches nothing: records would be lost silently. */
export function refusePattern({ name, args }: InstanceType<typeof expressions.FunctionExtension>): void {
  const pattern = args[1]
  if (!(name === 'match' || name === 'search') || !(pattern instanceof expressions.StringLiteral)) return
  try {
    strictMatch.call('', pattern.value)
  } catch {
    throw new Error(
      `is not a JSONPath that can be used: ${name}() does not support the pattern "${pattern.value}"; write [0-9] for \\d, ` +
        '[A-Za-z0-9_] for \\w, and no look-arounds',
    )
  }
}

/** The library's match() treats null and numbers as text; by the standard only text matches. */
export function createEnvironment(maxRecursionDepth: number): JSONPathEnvironment {
  const created = new JSONPathEnvironment({ maxRecursionDepth })
  for (const [name, test] of Object.entries({
    match: new functions.Match(),
    search: new functions.Search(),
  })) {
    const call = (text: unknown, pattern: unknown) =>
      typeof text === 'string' && typeof pattern === 'string' && test.call(text, pattern)
    created.functionRegister.set(name, { argTypes: test.argTypes, returnType: test.returnType, call })
  }
  return created
}
