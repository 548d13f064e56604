import { openSite } from '../../examples/embed/site.ts'
import { barriers } from './accessible.ts'
import { type FailingMachine, runFailingMachine } from './failing-machine.ts'
import { customerPassword, newCustomer } from './new-customer.ts'
import { expect, type Page, test } from './portal-fixture.ts'
import { soldMachine } from './sold-machine.ts'

test.describe.configure({ timeout: 180_000 })

let machine: FailingMachine | undefined
const sites: Awaited<ReturnType<typeof openSite>>[] = []
test.afterEach(async () => {
  await machine?.stop()
  for (const site of sites.splice(0)) await site.close()
})

test('the intranet of a customer shows his machine live, in nobody else’s page, and not after he has sold it', async ({
  page: owner,
  browser,
  visit,
  mailTo,
  baseURL,
}) => {
  const { id, serial, token, label, url } = await soldMachine(await visit({ as: 'service' }), await visit({ as: 'admin' }))
  await newCustomer({ page: owner, mailTo }, 'intranet')
  await owner.goto(label)
  await owner.getByRole('button', { name: '确认认领' }).click()
  await expect(owner.getByRole('heading', { level: 1, name: `VM-850 ${serial}` })).toBeVisible()
  machine = await runFailingMachine({ url, deviceId: id, token })
  const key = await makeKey(owner)

  const open = async () => {
    const site = await openSite({ portal: baseURL!, key: key.key })
    sites.push(site)
    return site.url
  }
  const intranet = await (await browser.newContext({ colorScheme: 'light' })).newPage()
  const heard: string[] = []
  intranet.on('console', message => heard.push(...(message.type() === 'error' ? [message.text()] : [])))
  intranet.on('pageerror', error => heard.push(error.message))
  await intranet.goto(await open())
  const listed = intranet.locator('fettle-machines')
  await listed.getByRole('link', { name: serial }).click()
  const shown = intranet.locator('fettle-machine')
  await expect(shown.getByRole('heading', { name: `VM-850 ${serial}` })).toBeVisible()
  const vibration = shown.locator('[data-metric="spindle_vibration"]')
  await expect(vibration).toContainText('mm/s', { timeout: 30_000 })
  await expect(vibration).not.toHaveText((await vibration.textContent())!, { timeout: 30_000 }) // by itself
  expect(await barriers(intranet)).toEqual([])
  const look = (view: string) => shown.getByRole('navigation', { name: '查看内容' }).getByRole('link', { name: view }).click()
  await look('报警')
  await expect(shown.getByRole('table', { name: '报警' }).or(shown.getByText('没有报警'))).toBeVisible()
  await look('健康')
  await expect(shown.getByText('此内容随服务包开放')).toBeVisible()
  await look('测量值')
  await expect(shown.getByRole('listitem').filter({ hasText: '主轴振动' }).locator('canvas')).toBeVisible()
  expect(await barriers(intranet)).toEqual([])
  await look('振动')
  await expect(shown.getByText('还没有振动记录').or(shown.getByLabel('记录')).first()).toBeVisible()
  await look('概况')
  await intranet.emulateMedia({ colorScheme: 'dark' })
  expect(await barriers(intranet, 'colours')).toEqual([])
  await intranet.setViewportSize({ width: 340, height: 800 })
  expect(await shown.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0)
  expect(heard, 'under its strict policy nothing is missing').toEqual([])

  const given = await intranet.evaluate(
    async device => (await (await fetch('/machine-token', { method: 'POST', body: JSON.stringify({ device }) })).json()).token,
    id,
  )
  const elsewhere = await (await browser.newContext()).newPage()
  await elsewhere.goto(await open())
  await elsewhere.evaluate(
    ([device, token]) => {
      const stolen = document.createElement('fettle-machine')
      stolen.setAttribute('device', device!)
      stolen.setAttribute('token', token!)
      document.querySelector('main')!.replaceChildren(stolen)
    },
    [id, given],
  )
  const refused = '此页面暂时无权显示机器'
  await expect(elsewhere.getByText(refused)).toBeVisible()

  const buyer = await visit()
  await newCustomer({ page: buyer, mailTo }, 'buyer')
  await owner.goto(`/account/machines/${id}/nameplate`)
  await owner.getByRole('button', { name: '转让这台机器' }).click()
  await owner.getByRole('dialog').getByRole('button', { name: '生成转让码' }).click()
  const handed = new URL((await owner.locator('[data-claim-address]').textContent())!).pathname
  await buyer.goto(handed)
  await buyer.getByRole('button', { name: '确认接受' }).click()
  await expect(shown.getByText('这里不再显示这台机器')).toBeVisible()
  await expect(shown.getByText(serial)).toHaveCount(0)
  await expect(listed.getByText('没有可显示的机器')).toBeVisible()

  await owner.request.delete(`/api/v1/me/api-keys/${key.id}`, { headers: { origin: new URL(baseURL!).origin } })
  await intranet.reload()
  await expect(listed.getByText(refused)).toBeVisible()
})

/** An API key of whoever is signed in on the page, for machines. */
async function makeKey(page: Page): Promise<{ id: string; key: string }> {
  const headers = { origin: new URL(page.url()).origin }
  const data = { name: '内网', scopes: ['device.read-own'] }
  const { confirmation } = await (await page.request.post('/api/v1/me/api-keys', { headers, data })).json()
  const proof = { method: 'password', password: customerPassword }
  const given = await page.request.post('/api/v1/auth/confirmations', {
    headers,
    data: { request: confirmation.request, proof, reason: '内网显示机器状态' },
  })
  const confirmed = { ...headers, confirmation: (await given.json()).token }
  return (await page.request.post('/api/v1/me/api-keys', { headers: confirmed, data })).json()
}
