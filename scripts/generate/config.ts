import { readFile } from 'node:fs/promises'
import { compile } from 'json-schema-to-typescript'

const SPEC = 'src/config/spec.json'

/** The TypeScript type of the connector's config, from the spec that users see. */
export async function generateConfigType(): Promise<{ path: string; text: string }> {
  const spec = JSON.parse(await readFile(new URL(`../../${SPEC}`, import.meta.url), 'utf8'))
  const text = await compile(closed(spec.connectionSpecification), 'Config', {
    bannerComment: `// Generated from ${SPEC} by npm run generate. Do not edit.`,
    style: { semi: false, singleQuote: true, printWidth: 110 },
  })
  return { path: 'src/config/config.generated.ts', text }
}

/** The schema with every object closed and without titles, so that a misspelt field does not compile. */
function closed(schema: unknown): never {
  const visit = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(visit)
    if (typeof node !== 'object' || node === null) return node
    const entries = Object.entries(node).filter(
      ([key, value]) => key !== 'title' || typeof value !== 'string',
    )
    const copy = Object.fromEntries(entries.map(([key, value]) => [key, visit(value)]))
    return 'properties' in copy ? { ...copy, additionalProperties: false } : copy
  }
  return visit(schema) as never
}
