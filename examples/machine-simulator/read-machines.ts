import { readFile } from 'node:fs/promises'
import { parseCsv } from 'hucre/csv'
import { readXlsx } from 'hucre/xlsx'

/** By what a machine is known, and signs in. */
export interface Signing {
  serial: string
  deviceId: string
  token: string
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/**
 * The machines of a table: the workbook a list of machines is handed out with, or a CSV. In each line the first cell is the serial number, the one that is a
 * UUID the id, and `token` the column after it by its title, or the cell after the id. Throws where there are none.
 */
export async function readMachines(file: string): Promise<Signing[]> {
  const content = await readFile(file).catch((error: Error) => {
    throw new Error(`--machines ${file}: it cannot be read (${error.message}); name the file with the machines' tokens`)
  })
  if (/\.zip$/i.test(file)) throw new Error(`--machines ${file}: unpack it first, and name the workbook (.xlsx) in it`)
  const rows = /\.xlsx$/i.test(file) ? await rowsOfWorkbook(content) : parseCsv(content.toString('utf8'))
  const texts = rows.map(row => row.map(cell => String(cell ?? '').trim()))
  const titles = texts.find(row => !row.some(cell => uuid.test(cell))) ?? []
  const tokenAt = titles.findIndex(title => /^(token|令牌)/i.test(title))
  const machines: Signing[] = []
  for (const row of texts) {
    const idAt = row.findIndex(cell => uuid.test(cell))
    if (idAt < 0) continue
    const [serial = '', token = ''] = [row[0], row[tokenAt < 0 ? idAt + 1 : tokenAt]]
    if (token === '')
      throw new Error(
        `--machines ${file}: ${serial} has no token; hand the list out with tokens, or make one on the machine's page`,
      )
    machines.push({ serial, deviceId: row[idAt]!.toLowerCase(), token })
  }
  if (machines.length === 0)
    throw new Error(
      `--machines ${file}: no line has the id of a machine; each needs serial number, id and token, as in SN0001,0199…,…`,
    )
  return machines
}

const rowsOfWorkbook = async (content: Buffer): Promise<readonly (readonly unknown[])[]> =>
  (await readXlsx(content)).sheets[0]?.rows ?? []
