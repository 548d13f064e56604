/** What the test provider uses of oidc-provider, which comes without types. */
declare module 'oidc-provider' {
  import type { IncomingMessage, ServerResponse } from 'node:http'

  interface Grant {
    addOIDCScope(scope: string): void
    save(): Promise<string>
  }
  export class Provider {
    constructor(
      issuer: string,
      configuration: {
        clients: Record<string, unknown>[]
        cookies: { keys: string[] }
        claims: Record<string, string[]>
        conformIdTokenClaims: boolean
        features: Record<string, { enabled: boolean }>
        interactions: { url(context: unknown, interaction: { uid: string }): string }
        findAccount(context: unknown, sub: string): { accountId: string; claims(): { sub: string } & Record<string, unknown> }
      },
    )
    Grant: {
      new (of: { accountId: string; clientId: string }): Grant
      find(id: string): Promise<Grant | undefined>
    }
    use(middleware: (context: { body: unknown }, next: () => Promise<void>) => Promise<void>): void
    on(event: 'server_error', listener: (context: unknown, error: Error) => void): void
    callback(): (request: IncomingMessage, response: ServerResponse) => void
    interactionDetails(
      request: IncomingMessage,
      response: ServerResponse,
    ): Promise<{ params: Record<string, unknown>; grantId?: string }>
    interactionFinished(
      request: IncomingMessage,
      response: ServerResponse,
      result: unknown,
      options: { mergeWithLastSubmission: boolean },
    ): Promise<void>
  }
}
