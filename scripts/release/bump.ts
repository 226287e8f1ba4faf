import { HEADING, LABEL, MENTIONS, ROW, TAG, type Texts, versionsIn } from './versions.ts'

/** What the newest changelog entry says instead of a date until it is released. */
const OPEN = 'unreleased'

/** The texts of the next release, of this version and day. Throws, with all reasons, where anything does not fit: then
 *  nothing may be written. */
export function bump(texts: Texts, version: string, day: string): Texts {
  const reasons = objections(texts, version)
  if (reasons.length > 0) throw new Error(reasons.join('\n'))
  const { package: before } = versionsIn(texts)
  const mentions = MENTIONS.map(path => [path, texts[path].replaceAll(before, version)])
  const lock = JSON.parse(texts['package-lock.json'])
  lock.version = version
  lock.packages[''].version = version
  return {
    ...texts,
    ...Object.fromEntries(mentions),
    'package.json': texts['package.json'].replace(/("version": ")[^"]*"/, `$1${version}"`),
    'package-lock.json': `${JSON.stringify(lock, undefined, 2)}\n`,
    'metadata.yaml': texts['metadata.yaml'].replace(TAG, `  dockerImageTag: ${version}`),
    Dockerfile: texts['Dockerfile'].replace(LABEL, `io.airbyte.version="${version}"`),
    'CHANGELOG.md': texts['CHANGELOG.md'].replace(HEADING, `## ${version} (${day})`),
    'docs/babelforce.md': texts['docs/babelforce.md'].replace(ROW, `| ${version} | ${day} |`),
  }
}

function objections(texts: Texts, version: string): string[] {
  if (!/^\d+\.\d+\.\d+$/.test(version))
    return [`A version is three numbers such as 1.2.3; it is "${version}".`]
  const { changelog, docs, ...code } = versionsIn(texts)
  const disagreeing = Object.entries(code).filter(([, one]) => one !== code.package)
  return [
    ...disagreeing.map(
      ([place, one]) => `${place} says ${one || 'nothing'}, package.json says ${code.package}.`,
    ),
    ...(isLower(version, code.package)
      ? [`${version} is lower than ${code.package}, which package.json says.`]
      : []),
    ...open('CHANGELOG.md', HEADING.exec(texts['CHANGELOG.md']), changelog, version),
    ...open('docs/babelforce.md', ROW.exec(texts['docs/babelforce.md']), docs, version),
  ]
}

/** A changelog must have an entry on top that waits for this release. */
function open(file: string, entry: RegExpExecArray | null, found: string, version: string): string[] {
  if (entry?.[2]?.trim() !== OPEN) {
    return [`The newest entry of ${file} is not "${OPEN}": write what is new in ${version} above it.`]
  }
  return found === version
    ? []
    : [`The ${OPEN} entry of ${file} is for ${found}, the release for ${version}.`]
}

function isLower(one: string, other: string): boolean {
  const [a = [], b = []] = [one, other].map(version => version.split('.').map(Number))
  const at = a.findIndex((part, index) => part !== b[index])
  return at >= 0 && (a[at] ?? 0) < (b[at] ?? 0)
}
