import { users } from './auth/accounts.ts'

/** What the program prints when it serves: its address, and a config with which the connector reads from it as a manager. */
export function readyLine(url: string): string {
  const [[username, { password }] = ['', { password: '' }]] = Object.entries(users)
  const credentials = { auth_type: 'password', username, password }
  return `${JSON.stringify({ url, config: { base_url: url, credentials } })}\n`
}
