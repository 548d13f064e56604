import { createHash, createSign, generateKeyPairSync, randomBytes } from 'node:crypto'
import type { PasskeyAnswer } from '../core/index.ts'

interface Options {
  challenge: string
  rpId?: string
  rp?: { id?: string }
}

interface Doing {
  origin?: string
  /** false: the person was there, but neither finger nor PIN proved it was him */
  verified?: boolean
}

/** An authenticator in a browser (WebAuthn level 3, ES256, attestation none), for tests without one. */
export function testPasskey(origin = 'http://portal.test') {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const id = randomBytes(32)
  let counter = 0

  const clientData = (type: string, { challenge }: Options, { origin: page = origin }: Doing) =>
    Buffer.from(JSON.stringify({ type, challenge, origin: page, crossOrigin: false }))
  const authData = (rpId: string, flags: number, rest = Buffer.alloc(0)) => {
    const count = Buffer.alloc(4)
    count.writeUInt32BE(++counter)
    return Buffer.concat([createHash('sha256').update(rpId).digest(), Buffer.from([flags]), count, rest])
  }
  const flagsOf = ({ verified = true }: Doing) => (verified ? 0x05 : 0x01)

  return {
    /** Sets the counter, as a copied key would. */
    turnBack() {
      counter = 0
    },
    create(options: Options, doing: Doing = {}): PasskeyAnswer {
      const { x, y } = publicKey.export({ format: 'jwk' })
      const key = Buffer.concat([
        Buffer.from('a5010203262001215820', 'hex'),
        Buffer.from(x!, 'base64url'),
        Buffer.from('225820', 'hex'),
        Buffer.from(y!, 'base64url'),
      ])
      const attested = Buffer.concat([Buffer.alloc(16), Buffer.from([0, id.length]), id, key])
      const data = authData(options.rp?.id ?? 'portal.test', flagsOf(doing) | 0x40, attested)
      const length = Buffer.alloc(2)
      length.writeUInt16BE(data.length)
      const attestationObject = Buffer.concat([
        Buffer.from('a363666d74646e6f6e656761747453746d74a0686175746844617461', 'hex'),
        Buffer.from([0x59]),
        length,
        data,
      ])
      return answer({
        clientDataJSON: clientData('webauthn.create', options, doing).toString('base64url'),
        attestationObject: attestationObject.toString('base64url'),
        transports: ['internal'],
      })
    },
    get(options: Options, doing: Doing = {}): PasskeyAnswer {
      const client = clientData('webauthn.get', options, doing)
      const data = authData(options.rpId ?? 'portal.test', flagsOf(doing))
      const signed = Buffer.concat([data, createHash('sha256').update(client).digest()])
      return answer({
        clientDataJSON: client.toString('base64url'),
        authenticatorData: data.toString('base64url'),
        signature: createSign('sha256').update(signed).sign(privateKey).toString('base64url'),
      })
    },
  }

  function answer(response: PasskeyAnswer['response']): PasskeyAnswer {
    const name = id.toString('base64url')
    return { id: name, rawId: name, type: 'public-key', clientExtensionResults: {}, response }
  }
}
