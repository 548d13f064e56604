// FETTLE_URL=https://portal.example.com FETTLE_KEY=fettle_… node examples/embed.ts: another site that shows machines. See examples/embed/README.md.
import { openSite } from './embed/site.ts'

const { FETTLE_URL, FETTLE_KEY, PORT = '4100' } = process.env
if (!FETTLE_URL || !FETTLE_KEY)
  throw new Error('Set FETTLE_URL to the address of the portal and FETTLE_KEY to an API key that may see machines')
const { url } = await openSite({ portal: FETTLE_URL, key: FETTLE_KEY, port: Number(PORT) })
console.log(`The site is at ${url}`)
