import manifest from '../../../package.json' with { type: 'json' }

/** The connector's version, as in package.json. */
export const VERSION: string = manifest.version

/** How the connector names itself to the hosts that it asks. */
export const USER_AGENT = `source-babelforce/${VERSION}`
