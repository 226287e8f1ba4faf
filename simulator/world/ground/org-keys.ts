/** The keys of the account's sub-accounts, oldest first: the account is a partner's. */
export const ORG_KEYS: readonly string[] = ['north', 'south', 'sandbox-2']
