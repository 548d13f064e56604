import { writeXlsx } from 'hucre/xlsx'
import { expect, test } from './portal-fixture.ts'

test('sales brings the customers from Excel: declares, sees what becomes of each row, decides a duplicate, writes, and the machine is at its company', async ({
  visit,
}) => {
  const sales = await visit({ as: 'sales' })
  const mark = `鲁班${Date.now() % 1_000_000}`
  const file = await writeXlsx({
    sheets: [
      {
        name: '公司',
        rows: [
          ['公司名称', '税号', '地址'],
          [`常州${mark}机械有限公司`, '91350100M000100Y44', '常武中路 18 号'],
          [`常州市${mark}机械`, '', ''],
        ],
      },
      {
        name: '联系人',
        rows: [
          ['公司', '姓名', '手机'],
          [`常州${mark}机械有限公司`, '王磊', '1.38E+10'],
          [`常州${mark}机械有限公司`, '李工', 13800138000],
        ],
      },
      {
        name: '机器',
        rows: [
          ['机号', '型号', '公司', '交付日期'],
          [`00${mark}`, 'VMC-850', `常州${mark}机械有限公司`, '2021/3/5'],
        ],
      },
    ],
  })
  await sales.goto('/console/companies')
  await sales.getByRole('link', { name: '导入客户名单' }).click()
  await sales.getByRole('button', { name: '上传并检查' }).click()
  await expect(sales.getByText('请先确认可以使用这些信息。')).toBeVisible()
  await expect(sales.getByText('请选择文件。')).toBeVisible()
  await sales.getByLabel('工作簿（.xlsx）').setInputFiles({ name: `${mark}.xlsx`, mimeType: '', buffer: Buffer.from(file) })
  await sales.getByLabel(/我声明/).check()
  await sales.getByRole('button', { name: '上传并检查' }).click()

  await expect(sales).toHaveURL(/\/console\/companies\/import\/[\w-]{36}/)
  await expect(sales.getByText('还没有写入任何内容')).toBeVisible()
  await expect(sales.getByText(`可能与 常州${mark}机械有限公司（此文件中） 相同`)).toBeVisible()
  await expect(sales.getByRole('button', { name: '写入' })).toBeDisabled()
  await sales.getByRole('button', { name: /^相同，合并/ }).click()
  await expect(sales.getByRole('button', { name: '写入' })).toBeEnabled()
  await sales.getByRole('combobox', { name: '结果' }).selectOption('错误')
  await expect(sales.getByText(/1\.38E\+10.*数字已丢失/)).toBeVisible()

  await sales.getByRole('button', { name: '写入' }).click()
  await expect(sales.getByText('已写入').first()).toBeVisible()
  await expect(sales.getByRole('link', { name: '下载结果（.xlsx）' })).toBeVisible()
  await sales.goto(`/console/companies?q=${encodeURIComponent(mark)}`)
  await sales.getByRole('row').nth(1).getByRole('link').click()
  await expect(sales.getByText('李工')).toBeVisible()
  await expect(sales.getByRole('cell', { name: `00${mark}` })).toBeVisible()
  await expect(sales.getByText('常武中路 18 号')).toBeVisible()
})
