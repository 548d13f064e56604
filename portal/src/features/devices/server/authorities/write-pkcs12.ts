import 'reflect-metadata' // what the library needs to be there before it
import { randomBytes } from 'node:crypto'
import { AuthenticatedSafe, CertBag, Certificate, PFX, PKCS8ShroudedKeyBag, PrivateKeyInfo, SafeBag, SafeContents } from 'pkijs'

/** A certificate with its key and whoever signed it in one file (RFC 7292, DER), and the password that opens it. */
interface Pkcs12 {
  content: Buffer
  password: string
}

/** RFC 7292, appendix D */
const [keyBag, certificateBag] = ['1.2.840.113549.1.12.10.1.2', '1.2.840.113549.1.12.10.1.3']
/** The password has 100 random bits, which nobody tries through: more rounds would only cost time for thousands of machines. */
const rounds = 2048

/** Puts PEM into PKCS #12: AES-256 and SHA-256, which OpenSSL 1.1, Java 8u301, Windows Server 2019 and younger read. */
export async function writePkcs12({
  certificate,
  key,
  authority,
}: {
  certificate: string
  key: string
  authority: string
}): Promise<Pkcs12> {
  const password = newPassword()
  const secret = new TextEncoder().encode(password).buffer
  const shrouded = new PKCS8ShroudedKeyBag({ parsedValue: PrivateKeyInfo.fromBER(der(key)) })
  await shrouded.makeInternalValues({
    password: secret,
    contentEncryptionAlgorithm: { name: 'AES-CBC', length: 256, iv: randomBytes(16) },
    hmacHashAlgorithm: 'SHA-256',
    iterationCount: rounds,
  })
  const safeBags = [
    new SafeBag({ bagId: keyBag, bagValue: shrouded }),
    ...[certificate, authority].map(
      pem =>
        new SafeBag({ bagId: certificateBag, bagValue: new CertBag({ parsedValue: Certificate.fromBER(der(pem)) as never }) }),
    ),
  ]
  const safe = new AuthenticatedSafe({
    parsedValue: { safeContents: [{ privacyMode: 0, value: new SafeContents({ safeBags }) }] },
  })
  await safe.makeInternalValues({ safeContents: [{}] })
  const file = new PFX({ parsedValue: { integrityMode: 0, authenticatedSafe: safe } })
  await file.makeInternalValues({
    password: secret,
    iterations: rounds,
    pbkdf2HashAlgorithm: 'SHA-256',
    hmacHashAlgorithm: 'SHA-256',
  })
  return { content: Buffer.from(file.toSchema().toBER()), password }
}

/** Without signs that are read as others. */
const signs = 'abcdefghjkmnpqrstuvwxyz23456789-'

/** 20 signs of 32. */
const newPassword = () => Array.from(randomBytes(20), byte => signs[byte & 31]).join('')

const der = (pem: string) => new Uint8Array(Buffer.from(pem.replaceAll(/-----[^-]+-----|\s/g, ''), 'base64')).buffer
