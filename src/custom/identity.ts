import { defined } from '../optional.ts'
import type { CustomStreamConfig } from './config.ts'

/** What makes a custom stream another one when it changes, by the config's names: which records it has, and what tells them
 *  apart. Headers, lookups and how pages are asked for are no part of it. */
export function identityOf(stream: CustomStreamConfig): Readonly<Record<string, string>> {
  const { url, method = 'GET', body, data_path, primary_key = [], cursor_field, parent } = stream
  return defined({
    url,
    method,
    body,
    data_path,
    primary_key: primary_key.length === 0 ? undefined : JSON.stringify(primary_key),
    cursor_field,
    parent,
  })
}
