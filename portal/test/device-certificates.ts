import { X509Certificate } from 'node:crypto'
import { generate } from 'selfsigned'

export interface Certificate {
  cert: string
  key: string
  /** SHA-256, 64 hexadecimal digits */
  fingerprint: string
}

export interface Authority extends Certificate {
  /** name: the common name; uri: an alternative one */
  issue(name: string, uri?: string): Promise<Certificate>
}

const common = { algorithm: 'sha256', keyType: 'ec', curve: 'P-256' } as const

/** An authority of its own, as a small one of the manufacturer's is. */
export async function newAuthority(name: string): Promise<Authority> {
  const own = await generate([{ name: 'commonName', value: name }], {
    ...common,
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  })
  const ca = { key: own.private, cert: own.cert }
  return {
    ...withFingerprint(own),
    async issue(commonName, uri) {
      const altNames = [
        { type: 2 as const, value: 'localhost' },
        { type: 7 as const, ip: '127.0.0.1' },
        ...(uri ? [{ type: 6 as const, value: uri }] : []),
      ]
      return withFingerprint(
        await generate([{ name: 'commonName', value: commonName }], {
          ...common,
          ca,
          extensions: [
            { name: 'basicConstraints', cA: false },
            { name: 'subjectAltName', altNames },
          ],
        }),
      )
    },
  }
}

function withFingerprint({ cert, private: key }: { cert: string; private: string }): Certificate {
  return { cert, key, fingerprint: new X509Certificate(cert).fingerprint256.replaceAll(':', '').toLowerCase() }
}
