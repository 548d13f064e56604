import { expect } from 'vitest'
import type { Api } from '#platform/core'
import { writeWorkbook } from '#platform/server'
import { checkCustomers, declaration, getImport, type ImportView, writeImport } from '../core/index.ts'

/** Rows below the headings of each sheet; a sheet without rows is left out. */
export interface Customers {
  companies?: string[][]
  contacts?: string[][]
  machines?: string[][]
}

const headings = {
  companies: ['公司', ['公司名称', '统一社会信用代码', '地址', '电话', '邮箱', '备注']],
  contacts: ['联系人', ['公司', '姓名', '职务', '电话', '邮箱', '备注']],
  machines: ['机器', ['出厂编号', '型号', '公司', '交付日期', '质保至', '配置代码', '安装地点']],
} as const

/** A workbook of customers. */
export const customerWorkbook = (customers: Customers): Promise<Buffer> =>
  writeWorkbook(
    (['companies', 'contacts', 'machines'] as const).flatMap(kind => {
      const [name, head] = headings[kind]
      return customers[kind] ? [{ name, widths: head.map(() => 20), rows: [[...head], ...customers[kind]] }] : []
    }),
  )

/** Uploads a workbook as a browser does. */
export async function check(api: Api, content: Buffer, name = '客户.xlsx'): Promise<ImportView> {
  return api.call(checkCustomers, {
    query: { declaration: declaration.version },
    body: { name, content: new Blob([new Uint8Array(content)]) },
  })
}

/** Has a checked import written and waits until it is, or waits for a person again. */
export async function write(api: Api, { id, revision }: ImportView): Promise<ImportView> {
  await api.call(writeImport, { params: { importId: id }, ifMatch: `"${revision}"` })
  const seen = () => api.call(getImport, { params: { importId: id } })
  await expect.poll(async () => (await seen()).status, { timeout: 20_000 }).not.toBe('writing')
  return seen()
}
