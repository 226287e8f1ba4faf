import { createSecrets, type Secrets } from '../../config/secrets.ts'
import { proxySecrets } from '../../http/wire/proxy.ts'

/** The secrets of a run. Those in the environment's proxy settings are known from the start. */
export function createRunSecrets(): Secrets {
  const secrets = createSecrets()
  for (const secret of proxySecrets(process.env)) secrets.add(secret)
  return secrets
}
