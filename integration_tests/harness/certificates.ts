import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Identity } from './hostile.ts'

const OPENSSL = 'openssl'

/** Why tests that need certificates are skipped; false where they are not. */
export const NO_OPENSSL: string | false =
  spawnSync(OPENSSL, ['version']).status === 0 ? false : 'openssl is not installed'

/** A certificate authority of the test's own, for as long as the test runs. */
export interface Authority extends Disposable {
  /** The file that NODE_EXTRA_CA_CERTS can name. */
  readonly file: string
  /** A key with a certificate for this name, e.g. IP:127.0.0.1 or DNS:example.com. */
  issue(name: string): Identity
}

const CURVE = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']

/** Makes an authority in a folder of its own. */
export function createAuthority(): Authority {
  const folder = mkdtempSync(join(tmpdir(), 'source-babelforce-ca-'))
  const openssl = (...args: string[]) => execFileSync(OPENSSL, args, { cwd: folder, stdio: 'pipe' })
  openssl(
    'req',
    '-x509',
    ...CURVE,
    '-keyout',
    'ca.key',
    '-out',
    'ca.pem',
    '-days',
    '2',
    '-subj',
    '/CN=Test CA',
  )
  return {
    file: join(folder, 'ca.pem'),
    issue(name) {
      writeFileSync(join(folder, 'names'), `subjectAltName=${name}\n`)
      openssl('req', ...CURVE, '-keyout', 'own.key', '-out', 'own.csr', '-subj', '/CN=Test')
      const signed = [
        '-CA',
        'ca.pem',
        '-CAkey',
        'ca.key',
        '-CAcreateserial',
        '-days',
        '2',
        '-extfile',
        'names',
      ]
      openssl('x509', '-req', '-in', 'own.csr', ...signed, '-out', 'own.pem')
      const read = (file: string) => readFileSync(join(folder, file), 'utf8')
      return { key: read('own.key'), cert: read('own.pem') }
    },
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  }
}
