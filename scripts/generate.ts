import { readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { generateProtocolTypes } from '@airbyte-protocol/types/generate'
import { ACCEPTANCE_FIXTURES } from './generate/acceptance.ts'
import { generateConfigType } from './generate/config.ts'
import { generateFactDocs } from './generate/facts.ts'
import { generateStreamDocs } from './generate/streams.ts'
import { generateConfigValidator, generateProtocolValidators } from './generate/validators.ts'

/** Writes every generated file; with --check it writes nothing, and fails when one is stale. */
const root = new URL('../', import.meta.url)
const check = process.argv.includes('--check')
const stale: string[] = []

const GENERATORS = [
  generateProtocolTypes,
  generateConfigType,
  generateConfigValidator,
  generateProtocolValidators,
  generateStreamDocs,
  generateFactDocs,
  ...ACCEPTANCE_FIXTURES,
]

for (const generate of GENERATORS) {
  const { path, text } = await generate()
  const file = fileURLToPath(new URL(path, root))
  const current = await readFile(file, 'utf8').catch(() => undefined)
  if (current === text) continue
  stale.push(path)
  if (!check) await writeFile(file, text)
}

if (stale.length > 0) process.stderr.write(`${check ? 'stale' : 'written'}: ${stale.join(', ')}\n`)
if (check && stale.length > 0) {
  process.stderr.write('Run npm run generate, and commit what it writes.\n')
  process.exitCode = 1
}
