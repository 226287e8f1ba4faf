import { ACCOUNT_FACTS } from './facts/account.ts'
import { LIST_FACTS } from './facts/lists.ts'

/** Every fact, in the order in which a survey reports them. */
export const FACTS = [...LIST_FACTS, ...ACCOUNT_FACTS]

/** The id of a fact. */
export type FactId = (typeof FACTS)[number]['id']
