import type { Fact } from '../../src/survey/facts/fact.ts'
import { FACTS } from '../../src/survey/facts.ts'

const INTRO = `# Facts

<!-- Generated from src/survey/facts.ts by npm run generate. Do not edit. -->

What the connector takes for true of the API, since nobody who wrote it had a live account. \`survey\` measures each fact on
an account in at most 120 requests, sign-ins and redirects included, and prints which hold; no value of any record is in what
it writes ([its format](survey.schema.json)), and no word of an error but codes. Where not even one answer comes, it ends with
the reason. A sync says so once in its log when it notices that one does not hold, and goes on.

    npx source-babelforce survey --config config.json --out survey.json
    npm run --silent simulator -- --facts survey.json      # becomes that account

| fact | what is assumed | where it comes from | if it is false, the connector | fault of the simulator |
|---|---|---|---|---|
`

/** docs/facts.md: every fact, from the table in code. */
export async function generateFactDocs(): Promise<{ path: string; text: string }> {
  const rows = FACTS.map(rowOf)
  return { path: 'docs/facts.md', text: `${INTRO}${rows.join('\n')}\n` }
}

function rowOf({ id, says, source, otherwise, fault, only }: Fact): string {
  const world = only === undefined ? '' : ` (${only} world)`
  const shown = fault === undefined ? 'none' : `\`${fault}\`${world}`
  return `| \`${id}\` | ${[says, source, otherwise, shown].join(' | ')} |`
}
