/** The ways to sign in that this connector knows, as the config names them. */
export type Credentials =
  | { readonly auth_type: 'access_token'; readonly access_id: string; readonly access_token: string }
  | (TokenCredentials & { readonly org_key?: string })

type TokenCredentials =
  | { readonly auth_type: 'bearer'; readonly bearer_token: string }
  | {
      readonly auth_type: 'password'
      readonly username: string
      readonly password: string
      readonly client_id?: string
    }
  | { readonly auth_type: 'client_credentials'; readonly client_id: string; readonly client_secret: string }
  | {
      readonly auth_type: 'refresh_token'
      readonly refresh_token: string
      readonly client_id: string
      readonly client_secret?: string
    }

/** Told what a sign-in brings, before any request uses it. */
export interface OnSignIn {
  /** A token that must never be shown. */
  onSecret(secret: string): void
  /** The refresh token was used up, and this one takes its place: resolves when it is safely kept. */
  onRotated(refreshToken: string): Promise<void>
}
