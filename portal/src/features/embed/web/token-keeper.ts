/** The token of one element. */
export interface TokenKeeper {
  /** The one it has, or the first it is given. */
  current(): Promise<string>
  /** Another than the one that was refused. */
  renew(refused: string): Promise<string>
  /** The site gives one without being asked: what is asked next takes it. Answers whether something was refused before, which it may open. */
  give(token: string): boolean
  /** The portal has refused something, or has nothing for the one it has. */
  refused(): void
}

/** Asks for a token when there is none, or the last was refused; whoever wants one meanwhile waits for the same. */
export function keepToken(ask: () => Promise<string>): TokenKeeper {
  let token: string | null = null
  let asked: Promise<string> | null = null
  let refused = false
  const askOnce = () => {
    asked ??= ask()
      .then(
        given => {
          token = given
          return given
        },
        (error: unknown) => {
          refused = true
          throw error
        },
      )
      .finally(() => {
        asked = null
      })
    return asked
  }
  return {
    current: () => (token === null ? askOnce() : Promise.resolve(token)),
    renew(refused) {
      if (token !== null && token !== refused) return Promise.resolve(token)
      token = null
      return askOnce()
    },
    give(given) {
      const opens = refused
      token = given
      refused = false
      return opens
    },
    refused() {
      refused = true
    },
  }
}

/** The site has given no token. */
export class TokenMissing extends Error {}

/** Asks the site's own server for a token: it knows who is signed in there, and has the key. deviceId: null where all machines are shown */
export async function fetchToken(address: string, deviceId: string | null): Promise<string> {
  const answer = await fetch(new URL(address, document.baseURI), {
    ...{ method: 'POST', credentials: 'same-origin', cache: 'no-store' },
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ device: deviceId }),
  })
  const { token } = answer.ok ? await answer.json() : {}
  if (typeof token !== 'string') throw new TokenMissing(`${address} answers ${answer.status} without a token`)
  return token
}
